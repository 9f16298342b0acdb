import assert from "node:assert/strict";
import { test } from "node:test";

import {
  SECTION,
  sectionPath,
  thickerEye,
} from "../../../addons/optics_core/static/src/fit_answer/lens_section.js";
import {
  blankText,
  isChosen,
  offerKey,
  sorted,
  thickest,
  thicknessText,
} from "../../../addons/optics_core/static/src/fit_answer/offers.js";

const eye = (values = {}) => ({ range_id: 1, diameter: 70, centre: 1.5, edge: 4, ...values });
const offer = (values = {}) => ({
  lens_id: 1,
  source: "stock",
  price: 1000,
  ready_on: "2024-03-10",
  index: 1.5,
  eyes: { od: eye(), os: eye() },
  ...values,
});
const prices = (offers) => offers.map(({ price }) => price);

test("offers are sorted by what matters to the customer", () => {
  const dear = offer({ price: 3000, ready_on: "2024-03-05", eyes: { od: eye({ edge: 2 }) } });
  const cheap = offer({ price: 1000 });
  assert.deepEqual(prices(sorted([dear, cheap], "price")), [1000, 3000]);
  assert.deepEqual(prices(sorted([cheap, dear], "ready")), [3000, 1000]);
  assert.deepEqual(prices(sorted([cheap, dear], "thickness")), [3000, 1000]);
});

test("equal days leave the cheaper one first", () => {
  assert.deepEqual(prices(sorted([offer({ price: 2 }), offer({ price: 1 })], "ready")), [1, 2]);
});

test("a lens of unknown thickness is not the thinnest", () => {
  const unknown = offer({ price: 1, eyes: { od: eye({ centre: null, edge: null }) } });
  assert.deepEqual(prices(sorted([unknown, offer({ price: 2 })], "thickness")), [2, 1]);
  assert.equal(thickest(unknown.eyes), Infinity);
});

test("an offer is chosen when the rows of all its eyes are", () => {
  const pair = offer({ eyes: { od: eye({ range_id: 1 }), os: eye({ range_id: 2 }) } });
  assert.ok(isChosen(pair, { od: 1, os: 2 }));
  assert.ok(!isChosen(pair, { od: 1, os: 3 }));
  assert.ok(isChosen(offer({ eyes: { os: eye({ range_id: 2 }) } }), { od: undefined, os: 2 }));
});

test("the same lens from stock and made are two lines", () => {
  assert.notEqual(offerKey(offer()), offerKey(offer({ source: "rx" })));
});

test("blanks and thickness are one number where the eyes are alike", () => {
  assert.equal(blankText({ od: eye(), os: eye() }), "Ø70");
  assert.equal(blankText({ od: eye(), os: eye({ diameter: 65 }) }), "Ø70 / Ø65");
  assert.equal(thicknessText({ od: eye(), os: eye() }), "4.0");
  assert.equal(thicknessText({ od: eye(), os: eye({ centre: 5, edge: 1 }) }), "4.0 / 5.0");
  assert.equal(thicknessText({ od: eye({ centre: null, edge: null }) }), "");
});

test("a minus lens is drawn thick at the rim, a plus lens in the middle", () => {
  const numbers = (path) => path.match(/-?[\d.]+/g).map(Number);
  const minus = numbers(sectionPath({ centre: 1.5, edge: 6 }));
  const plus = numbers(sectionPath({ centre: 6, edge: 1 }));
  // M rim top Q control middle rim bottom L back bottom ...
  const rimOf = (path) => path[6] - path[0];
  assert.ok(rimOf(minus) > rimOf(plus));
  assert.equal(minus[1], SECTION.top);
});

test("the thicker eye is the one drawn", () => {
  const thick = eye({ edge: 7 });
  assert.equal(thickerEye({ od: eye(), os: thick }), thick);
  assert.equal(thickerEye({ os: thick }), thick);
});
