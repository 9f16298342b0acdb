import assert from "node:assert/strict";
import { test } from "node:test";

import { leftFromRight } from "../../../addons/optics_core/static/src/copy_eye/copied_eye.js";

const DATA = {
  od_sph: -2,
  os_sph: 1,
  od_axis: false,
  os_axis: 90,
  od_base_h: "in",
  os_base_h: false,
  od_pd: 31.5,
  os_pd: 30,
  od_acuity_corrected: 1,
  os_acuity_corrected: 0.5,
  od_cl_power: -2.25,
  os_cl_power: false,
};

test("the left eye gets the right one's values, the empty ones too", () => {
  const changes = leftFromRight(DATA, false);
  assert.equal(changes.os_sph, -2);
  assert.equal(changes.os_axis, false);
  assert.equal(changes.os_base_h, "in");
});

test("what is measured of each eye is not copied", () => {
  const changes = leftFromRight(DATA, false);
  assert.ok(!("os_pd" in changes));
  assert.ok(!("os_acuity_corrected" in changes));
});

test("glasses and contact lenses are never mixed", () => {
  assert.ok(!("os_cl_power" in leftFromRight(DATA, false)));
  assert.deepEqual(leftFromRight(DATA, true), { os_cl_power: -2.25 });
});
