import assert from "node:assert/strict";
import { test } from "node:test";

import {
  PLOT,
  areasAt,
  bounds,
  corners,
  layers,
  powerAt,
  scales,
  shapes,
  ticks,
} from "../../../addons/optics_core/static/src/availability/graph.js";

const area = (values = {}) => ({
  id: 0,
  source: "stock",
  diameter: 70,
  sph: [-6, 4],
  cyl: [-2, 0],
  step: 0.25,
  ...values,
});

test("a row of minus cylinders is a rectangle", () => {
  assert.deepEqual(corners(area()), [
    [-6, 0],
    [4, 0],
    [4, -2],
    [-6, -2],
  ]);
});

test("a row of plus cylinders is drawn slanted, in minus", () => {
  // +1.00 +2.00 is +3.00 -2.00.
  assert.deepEqual(corners(area({ sph: [0, 1], cyl: [0, 2] })), [
    [0, 0],
    [1, 0],
    [3, -2],
    [2, -2],
  ]);
});

test("the picture reaches beyond every area and holds plano", () => {
  assert.deepEqual(bounds([area({ sph: [-6, -2] })]), { sph: [-7, 1], cyl: [-3, 0] });
  assert.deepEqual(bounds([area({ sph: [1, 2], cyl: [0, 0] })]), { sph: [-1, 3], cyl: [-2, 0] });
});

test("scales lead there and back", () => {
  const { x, y, sphAt, cylAt } = scales(bounds([area()]));
  assert.ok(Math.abs(sphAt(x(-2.25)) + 2.25) < 1e-9);
  assert.ok(Math.abs(cylAt(y(-1.5)) + 1.5) < 1e-9);
  assert.ok(x(-6) > PLOT.left && x(4) < PLOT.right);
  assert.equal(y(0), PLOT.top);
});

test("marks are whole dioptres and not too many", () => {
  assert.deepEqual(ticks([-3, 2]), [-3, -2, -1, 0, 1, 2]);
  assert.ok(ticks([-20, 20], 10).length <= 11);
  assert.ok(ticks([-20, 20], 10).includes(0));
});

test("the mouse points at quarters and at nothing outside", () => {
  const bounded = bounds([area()]);
  const { x, y } = scales(bounded);
  assert.deepEqual(powerAt(bounded, x(-2.3), y(-1.1)), { sph: -2.25, cyl: -1 });
  assert.equal(powerAt(bounded, PLOT.left - 40, y(-1)), null);
});

test("a power is found in the areas that make it", () => {
  const minus = area();
  const plus = area({ id: 1, sph: [0, 4], cyl: [0, 2] });
  const coarse = area({ id: 2, step: 0.5 });
  const found = (sph, cyl) => areasAt([minus, plus, coarse], { sph, cyl }).map(({ id }) => id);
  assert.deepEqual(found(-2, -1), [0, 2]);
  assert.deepEqual(found(-2.25, -1), [0]);
  assert.deepEqual(found(3, -1.75), [0, 1]);
  assert.deepEqual(found(1, -1.75), [0]);
  assert.deepEqual(found(1, 0), [0, 1, 2]);
  assert.deepEqual(found(8, 0), []);
});

test("layers are stock before made, small blanks first", () => {
  const areas = [
    area({ source: "rx", diameter: 65 }),
    area({ diameter: 70 }),
    area({ diameter: 65 }),
    area({ diameter: 65, sph: [5, 6] }),
  ];
  assert.deepEqual(
    layers(areas).map(({ key }) => key),
    ["stock-65", "stock-70", "rx-65"],
  );
});

test("hidden layers are not drawn and small areas lie on top", () => {
  const areas = [area({ id: 1, sph: [0, 1] }), area({ id: 2 }), area({ id: 3, source: "rx" })];
  const drawn = shapes(areas, new Set(["stock-70"]), bounds(areas));
  assert.deepEqual(
    drawn.map(({ id }) => id),
    [2, 1],
  );
  assert.equal(drawn[0].points.split(" ").length, 4);
});
