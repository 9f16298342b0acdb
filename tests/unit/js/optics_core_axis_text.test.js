import assert from "node:assert/strict";
import { test } from "node:test";

import {
  axisText,
  readAxis,
} from "../../../addons/optics_core/static/src/measured_value/axis_text.js";

test("an axis shows three digits, a missing one nothing", () => {
  assert.equal(axisText(5), "005");
  assert.equal(axisText(20), "020");
  assert.equal(axisText(180), "180");
  assert.equal(axisText(false), "");
});

test("whole degrees are read, with or without the degree sign", () => {
  assert.deepEqual(readAxis("020"), { value: 20 });
  assert.deepEqual(readAxis(" 90° "), { value: 90 });
  assert.deepEqual(readAxis("0"), { value: 0 });
  assert.deepEqual(readAxis(""), { value: false });
});

test("fractions, signs and words are not an axis", () => {
  for (const typed of ["20.5", "-20", "+20", "x20", "1800", "°"]) {
    assert.deepEqual(readAxis(typed), {}, typed);
  }
});
