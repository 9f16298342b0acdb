import assert from "node:assert/strict";
import { test } from "node:test";

import {
  asksForPrice,
  gaps,
  isGuess,
  lookOfColumn,
  lookOfGuess,
  needsLocation,
  needsSupplier,
  offerOf,
  undecided,
  verdictOf,
} from "../../../addons/connector_b/static/src/import_wizard/mapping_verdict.js";

const column = (values = {}) => ({ target: "name", bad: 0, guess: false, ...values });
const screen = (values = {}) => ({
  failure: false,
  problems: [],
  columns: [column()],
  filled: ["name"],
  counts: { good: 5 },
  ...values,
});

test("a guess looks as sure as it is", () => {
  assert.deepEqual([0.99, 0.85, 0.7, 0.4].map(lookOfGuess), ["sure", "sure", "likely", "doubtful"]);
});

test("a column that refuses rows is red, whoever chose its meaning", () => {
  const guess = { target: "name" };
  assert.equal(lookOfColumn(column({ target: false })), "unused");
  assert.equal(lookOfColumn(column({ guess, bad: 1 })), "bad");
  assert.equal(lookOfColumn(column({ guess })), "guessed");
  assert.equal(lookOfColumn(column()), "chosen");
});

test("a guess that a person changed is none any more", () => {
  assert.equal(isGuess(column({ guess: { target: "name" } })), true);
  assert.equal(isGuess(column({ guess: { target: "brand" } })), false);
  assert.equal(isGuess(column({ target: false, guess: { target: "brand" } })), false);
});

const price = (confidence) =>
  column({ target: false, label: "Opt", guess: { target: "supplier_price", confidence } });

test("a guess that was not taken is offered where it is worth a click", () => {
  assert.equal(offerOf(price(0.52)).target, "supplier_price");
  assert.equal(offerOf(price(0.3)), null);
  assert.equal(offerOf({ ...price(0.52), target: "cost" }), null);
});

test("a column wants a decision while nothing else gives what it may mean", () => {
  const [opt, net] = [price(0.52), price(0.5)];
  assert.deepEqual(undecided(screen({ columns: [column(), opt, net] })), [opt, net]);
  assert.deepEqual(undecided(screen({ columns: [net], filled: ["supplier_price"] })), []);
});

test("a list without a price or a name says so, and which column may be it", () => {
  const opt = price(0.52);
  const columns = [column(), opt];
  assert.deepEqual(gaps("product", screen({ columns })), [{ kind: "price", offers: [opt] }]);
  assert.deepEqual(gaps("product", screen({ columns, filled: ["cost"] })), [
    { kind: "name", offers: [] },
  ]);
  assert.deepEqual(gaps("product", screen({ filled: ["name", "list_price"] })), []);
  assert.deepEqual(gaps("frame", screen({ filled: ["frame_model", "cost"] })), []);
  assert.deepEqual(gaps("lens", screen({ filled: [], grid: {} })), []);
});

test("before a check without prices a person is asked, unless the list counts stock", () => {
  const filled = ["name", "quantity"];
  assert.equal(asksForPrice("product", screen()), true);
  assert.equal(asksForPrice("product", screen({ filled })), false);
  assert.equal(asksForPrice("product", screen({ filled, columns: [price(0.52)] })), true);
  assert.equal(asksForPrice("product", screen({ filled: ["name", "cost"] })), false);
});

test("a supplier's prices and codes want a supplier", () => {
  assert.equal(needsSupplier(["supplier_price"]), true);
  assert.equal(needsSupplier(["name", "list_price"]), false);
});

test("quantities want a place, unless the file says where", () => {
  assert.equal(needsLocation(["quantity"]), true);
  assert.equal(needsLocation(["quantity", "location"]), false);
  assert.equal(needsLocation(["name"]), false);
});

test("a file is checked when nothing about the mapping is wrong", () => {
  assert.equal(verdictOf(screen()), "ready");
  assert.equal(verdictOf(screen({ failure: {} })), "unreadable");
  assert.equal(verdictOf(screen({ problems: [{ refuses: true }] })), "wrong");
  assert.equal(verdictOf(screen({ problems: [{ refuses: false }] })), "ready");
  assert.equal(verdictOf(screen({ columns: [column({ target: false })] })), "empty");
  assert.equal(verdictOf(screen({ counts: { good: 0, refused: 2 } })), "nothing_good");
  assert.equal(verdictOf(screen({ counts: { good: 0, refused: 0, skipped: 0 } })), "no_rows");
  const grid = { columns: [column({ target: false })], counts: { good: 0 }, grid: {} };
  assert.equal(verdictOf(screen(grid)), "ready");
  const filled = ["supplier_price", "quantity"];
  assert.equal(verdictOf(screen({ filled })), "no_supplier");
  assert.equal(verdictOf(screen({ filled }), { partner: [1, "A"] }), "no_location");
  assert.equal(verdictOf(screen({ filled }), { partner: [1, "A"], location: 8 }), "ready");
});
