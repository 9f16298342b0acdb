import assert from "node:assert/strict";
import { test } from "node:test";

import {
  DIAL,
  SCALE,
  cylinderEnd,
  drawing,
  onScale,
  scaleBounds,
  ticks,
} from "../../../addons/optics_core/static/src/change_picture/drawing.js";

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

test("the scale holds both values with room beside them", () => {
  for (const [before, after] of [
    [-2, -3.25],
    [4, 4],
    [-0.25, 0.5],
    [-20, -12.75],
  ]) {
    const { low, high } = scaleBounds(before, after);
    assert.ok(low <= Math.min(before, after) - 0.5);
    assert.ok(high >= Math.max(before, after) + 0.5);
    assert.ok(high - low >= 2);
  }
});

test("more minus stands to the left", () => {
  const bounds = scaleBounds(-3, -1);
  assert.ok(onScale(-3, bounds) < onScale(-1, bounds));
  near(onScale(bounds.low, bounds), SCALE.left);
  near(onScale(bounds.high, bounds), SCALE.right);
});

test("marks are whole dioptres, never a crowd, and there is no minus zero", () => {
  assert.deepEqual(ticks({ low: -1, high: 1 }), [-1, 0, 1]);
  assert.ok(Object.is(ticks({ low: -1, high: 1 })[1], 0));
  assert.ok(ticks({ low: -45, high: 45 }).length <= 9);
});

test("axes lie as the examiner sees them: 90 up, 180 left, 45 up and to the right", () => {
  const up = cylinderEnd({ cyl: -2, axis: 90 }, 2);
  near(up.x, DIAL.x);
  near(up.y, DIAL.y - DIAL.radius);
  const left = cylinderEnd({ cyl: -2, axis: 180 }, 2);
  near(left.x, DIAL.x - DIAL.radius);
  near(left.y, DIAL.y);
  const slanting = cylinderEnd({ cyl: -2, axis: 45 }, 2);
  assert.ok(slanting.x > DIAL.x && slanting.y < DIAL.y);
});

test("the line is as long as the cylinder is strong, and never leaves the dial", () => {
  const length = ({ x, y }) => Math.hypot(x - DIAL.x, y - DIAL.y);
  near(length(cylinderEnd({ cyl: -1, axis: 30 }, 2)), DIAL.radius / 2);
  near(length(cylinderEnd({ cyl: -5, axis: 30 }, 2)), DIAL.radius);
});

test("an eye without a cylinder has no line", () => {
  assert.equal(cylinderEnd({ cyl: 0, axis: null }, 1), null);
});

test("a drawing puts old and new on one scale and one dial", () => {
  const drawn = drawing({
    before: { spherical_equivalent: -2.5, cyl: -1, axis: 20 },
    after: { spherical_equivalent: -3, cyl: -0.5, axis: 10 },
  });
  assert.ok(drawn.after.x < drawn.before.x);
  assert.equal(drawn.longest, 1);
  assert.ok(drawn.marks.some(({ text }) => text === "-3"));
  assert.ok(drawn.marks.every(({ x }) => x >= SCALE.left && x <= SCALE.right));
  assert.notDeepEqual(drawn.before.cylinder, drawn.after.cylinder);
});

test("a weak cylinder does not fill the dial", () => {
  const drawn = drawing({
    before: { spherical_equivalent: 0, cyl: 0, axis: null },
    after: { spherical_equivalent: -0.125, cyl: -0.25, axis: 90 },
  });
  assert.equal(drawn.before.cylinder, null);
  near(drawn.after.cylinder.y, DIAL.y - DIAL.radius / 4);
});
