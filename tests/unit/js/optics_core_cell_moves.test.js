import assert from "node:assert/strict";
import { test } from "node:test";

import { cellAfter } from "../../../addons/optics_core/static/src/eye_table/cell_moves.js";

const ROWS = [
  ["od_sph", "od_cyl", "od_axis"],
  ["os_sph", "os_cyl", "os_axis"],
];

test("arrows stay in the column and stop at its ends", () => {
  assert.equal(cellAfter(ROWS, "od_cyl", "ArrowDown"), "os_cyl");
  assert.equal(cellAfter(ROWS, "os_cyl", "ArrowUp"), "od_cyl");
  assert.equal(cellAfter(ROWS, "os_cyl", "ArrowDown"), undefined);
  assert.equal(cellAfter(ROWS, "od_cyl", "ArrowUp"), undefined);
});

test("Enter goes down the column and then to the top of the next", () => {
  assert.equal(cellAfter(ROWS, "od_sph", "Enter"), "os_sph");
  assert.equal(cellAfter(ROWS, "os_sph", "Enter"), "od_cyl");
  assert.equal(cellAfter(ROWS, "os_axis", "Enter"), undefined);
});

test("other keys and cells of other tables lead nowhere", () => {
  assert.equal(cellAfter(ROWS, "od_sph", "ArrowRight"), undefined);
  assert.equal(cellAfter(ROWS, "pd", "Enter"), undefined);
});
