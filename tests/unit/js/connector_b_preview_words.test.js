import assert from "node:assert/strict";
import { test } from "node:test";

import {
  decisionOf,
  directionOf,
  marginText,
  shiftText,
  TILES,
  toneOf,
  valueText,
} from "../../../addons/connector_b/static/src/import_preview/preview_words.js";

const row = (values = {}) => ({
  attention: true,
  state: "pending",
  accepted: false,
  below_floor: false,
  ...values,
});
const draft = { is_draft: true, may_pass_floor: false };

test("an empty tile worries nobody", () => {
  const [refused] = TILES.filter(({ which }) => which === "refused");
  assert.equal(toneOf(refused, 3), "danger");
  assert.equal(toneOf(refused, 0), "none");
});

test("a price shift has its sign, and none where there is nothing to compare", () => {
  assert.equal(shiftText(25), "+25.0 %");
  assert.equal(shiftText(-3.14, ","), "−3,1 %");
  assert.equal(shiftText(0), "");
  assert.equal(shiftText(null), "");
});

test("a margin is told in whole per cent", () => {
  assert.equal(marginText(37.4), "37 %");
  assert.equal(marginText(-5), "−5 %");
  assert.equal(marginText(0), "");
});

test("numbers go up or down, texts just change", () => {
  assert.equal(directionOf({ old: 100, new: 120 }), "up");
  assert.equal(directionOf({ old: "1 250,50", new: "980" }), "down");
  assert.equal(directionOf({ old: 100, new: 100 }), "other");
  assert.equal(directionOf({ old: null, new: 120 }), "other");
  assert.equal(directionOf({ old: "red", new: "blue" }), "other");
});

test("values are shown as people read them", () => {
  const words = { yes: "да", no: "нет" };
  assert.equal(valueText(true, words), "да");
  assert.equal(valueText(false, words), "нет");
  assert.equal(valueText(null, words), "");
  assert.equal(valueText(0, words), "0");
  assert.equal(valueText(1999.9000000001, words), "1999.9");
  assert.equal(valueText("хаки", words), "хаки");
});

test("a price that stands out is accepted once, and only while nothing is imported", () => {
  assert.equal(decisionOf(row(), draft), "open");
  assert.equal(decisionOf(row({ accepted: true }), draft), "accepted");
  assert.equal(decisionOf(row({ attention: false }), draft), "none");
  assert.equal(decisionOf(row({ state: "skipped" }), draft), "none");
  assert.equal(decisionOf(row(), { is_draft: false, may_pass_floor: true }), "none");
});

test("a margin below the floor is a manager's to accept", () => {
  assert.equal(decisionOf(row({ below_floor: true }), draft), "manager");
  assert.equal(
    decisionOf(row({ below_floor: true }), { is_draft: true, may_pass_floor: true }),
    "open",
  );
});
