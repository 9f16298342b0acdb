import assert from "node:assert/strict";
import { test } from "node:test";

import {
  lookOf,
  remembered,
  scannedNumber,
} from "../../../addons/optics_core/static/src/scan/scan_feedback.js";

test("done looks and sounds unlike everything else", () => {
  const done = lookOf({ verdict: "done" });
  assert.equal(done.tone, "good");
  for (const verdict of ["refused", "unknown", "something new"]) {
    const look = lookOf({ verdict });
    assert.equal(look.tone, "bad", verdict);
    assert.notEqual(look.css, done.css, verdict);
    assert.notEqual(look.icon, done.icon, verdict);
  }
});

test("what scanners and keyboards add to a number is taken off", () => {
  for (const typed of ["26-000123", " 26-000123\n", "]C126-000123", "]С126-000123", "26–000123"]) {
    assert.equal(scannedNumber(typed), "26-000123", typed);
  }
  assert.equal(scannedNumber("  "), "");
});

test("the last answers are kept, the newest first", () => {
  let history = [];
  for (let number = 1; number <= 5; number++) {
    history = remembered(history, number, 3);
  }
  assert.deepEqual(history, [5, 4, 3]);
});
