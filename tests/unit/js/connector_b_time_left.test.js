import assert from "node:assert/strict";
import { test } from "node:test";

import {
  speedText,
  timeLeft,
} from "../../../addons/connector_b/static/src/import_progress/time_left.js";

test("the time left is as round as a person's guess", () => {
  assert.deepEqual(timeLeft(1), { unit: "seconds", count: 5 });
  assert.deepEqual(timeLeft(42), { unit: "seconds", count: 45 });
  assert.deepEqual(timeLeft(61), { unit: "minutes", count: 2 });
  assert.deepEqual(timeLeft(5400), { unit: "hours", count: 1.5 });
});

test("nobody knows is said by saying nothing", () => {
  assert.equal(timeLeft(0), null);
  assert.equal(timeLeft(undefined), null);
});

test("few rows a second have a decimal, many have none", () => {
  assert.equal(speedText(2.345, ","), "2,3");
  assert.equal(speedText(254.6), "255");
  assert.equal(speedText(0), "");
});
