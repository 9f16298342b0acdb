import assert from "node:assert/strict";
import { test } from "node:test";

import {
  isGuess,
  lacking,
  lookOfColumn,
  lookOfGuess,
  needsLocation,
  needsSupplier,
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

test("a new product wants a name and a price, a frame its model", () => {
  assert.deepEqual(lacking("product", ["name", "cost"]), []);
  assert.deepEqual(lacking("product", ["barcode"]), [
    ["name"],
    ["list_price", "cost", "supplier_price", "quantity"],
  ]);
  assert.deepEqual(lacking("frame", ["frame_model", "cost"]), []);
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
  assert.equal(verdictOf(screen({ counts: { good: 0 } })), "nothing_good");
  const grid = { columns: [column({ target: false })], counts: { good: 0 }, grid: {} };
  assert.equal(verdictOf(screen(grid)), "ready");
  const filled = ["supplier_price", "quantity"];
  assert.equal(verdictOf(screen({ filled })), "no_supplier");
  assert.equal(verdictOf(screen({ filled }), { partner: [1, "A"] }), "no_location");
  assert.equal(verdictOf(screen({ filled }), { partner: [1, "A"], location: 8 }), "ready");
});
