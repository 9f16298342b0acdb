import assert from "node:assert/strict";
import { test } from "node:test";

import {
  axes,
  firstKept,
  levelText,
  lookOf,
  neighbour,
  readLevel,
  rectangle,
} from "../../../addons/optics_core/static/src/stock_matrix/matrix.js";

const cell = (sph, cyl, values = {}) => ({
  sph,
  cyl,
  on_hand: 0,
  expected: 0,
  min: 0,
  max: 0,
  to_order: 0,
  ...values,
});
// -1.00 has no cylinder of -0.50: a hole in the grid.
const CELLS = [cell(-1, 0), cell(0, 0), cell(0, -0.5), cell(1, 0), cell(1, -0.5)];

test("plus spheres are on top and no cylinder is on the left", () => {
  assert.deepEqual(axes(CELLS), { spheres: [1, 0, -1], cylinders: [0, -0.5] });
});

test("each state of a cell has its look", () => {
  assert.equal(lookOf(undefined), "absent");
  assert.equal(lookOf(cell(0, 0)), "none");
  assert.equal(lookOf(cell(0, 0, { on_hand: 1, expected: 1 })), "unplanned");
  assert.equal(lookOf(cell(0, 0, { min: 2, max: 6, to_order: 6 })), "short");
  assert.equal(lookOf(cell(0, 0, { min: 2, max: 6, expected: 6 })), "coming");
  assert.equal(lookOf(cell(0, 0, { min: 2, max: 6, on_hand: 3, expected: 3 })), "enough");
});

test("what is short is short even while some is coming", () => {
  assert.equal(lookOf(cell(0, 0, { min: 2, max: 6, expected: 1, to_order: 5 })), "short");
});

test("levels are typed as people write them", () => {
  for (const typed of ["2/6", "2 6", "2-6", " 2 / 6 "]) {
    assert.deepEqual(readLevel(typed), { min: 2, max: 6 }, typed);
  }
  assert.deepEqual(readLevel("4"), { min: 4, max: 4 });
  assert.deepEqual(readLevel(""), { min: 0, max: 0 });
  for (const typed of ["a", "2/", "2/6/8", "-2", "1.5"]) {
    assert.equal(readLevel(typed), null, typed);
  }
});

test("a level reads back as it is shown", () => {
  assert.deepEqual(readLevel(levelText({ min: 2, max: 6 })), { min: 2, max: 6 });
  assert.equal(levelText({ min: 0, max: 0 }), "");
});

test("a rectangle takes the cells that exist, whichever corner came first", () => {
  const powers = (cells) => cells.map(({ sph, cyl }) => [sph, cyl]);
  const all = rectangle(CELLS, { sph: 1, cyl: 0 }, { sph: -1, cyl: -0.5 });
  assert.equal(all.length, 5);
  assert.deepEqual(powers(rectangle(CELLS, { sph: 0, cyl: -0.5 }, { sph: 1, cyl: -0.5 })), [
    [0, -0.5],
    [1, -0.5],
  ]);
});

test("arrows step over holes and stop at the edge", () => {
  assert.deepEqual(neighbour(CELLS, { sph: 1, cyl: 0 }, "ArrowDown"), { sph: 0, cyl: 0 });
  assert.deepEqual(neighbour(CELLS, { sph: 0, cyl: -0.5 }, "ArrowDown"), { sph: 0, cyl: -0.5 });
  assert.deepEqual(neighbour(CELLS, { sph: 0, cyl: 0 }, "ArrowRight"), { sph: 0, cyl: -0.5 });
  assert.deepEqual(neighbour(CELLS, { sph: 1, cyl: 0 }, "ArrowUp"), { sph: 1, cyl: 0 });
});

test("the table begins where something is kept", () => {
  assert.equal(firstKept(CELLS), null);
  assert.equal(firstKept([...CELLS, cell(-2, 0, { max: 4 }), cell(-3, 0, { on_hand: 1 })]), -2);
});
