import assert from "node:assert/strict";
import { test } from "node:test";

import {
  decimalText,
  readDecimal,
} from "../../../addons/optics_core/static/src/measured_value/decimal_text.js";

const DIOPTRE = { sign: true };

test("what was not measured shows nothing, a measured zero shows zero", () => {
  assert.equal(decimalText(false, DIOPTRE), "");
  assert.equal(decimalText(null, DIOPTRE), "");
  assert.equal(decimalText(0, DIOPTRE), "0.00");
  assert.equal(decimalText(-0, DIOPTRE), "0.00");
});

test("a dioptre always shows its sign and two decimals", () => {
  assert.equal(decimalText(1.25, DIOPTRE), "+1.25");
  assert.equal(decimalText(-20, DIOPTRE), "-20.00");
});

test("an eighth is cut to two digits, not rounded", () => {
  assert.equal(decimalText(2.125, DIOPTRE), "+2.12");
  assert.equal(decimalText(-0.375, DIOPTRE), "-0.37");
  assert.equal(decimalText(-0.875, DIOPTRE), "-0.87");
});

test("a float's dust changes no digit", () => {
  assert.equal(decimalText(0.1 + 0.2, { places: 1 }), "0.3");
  assert.equal(decimalText(1.15, DIOPTRE), "+1.15");
  assert.equal(decimalText(62.5, { places: 1 }), "62.5");
  assert.equal(decimalText(13, { places: 0 }), "13");
});

test("comma, dot and every minus sign are read", () => {
  for (const typed of ["-2.25", "-2,25", "−2.25", "–2,25", " - 2.25 "]) {
    assert.deepEqual(readDecimal(typed), { value: -2.25 }, typed);
  }
  assert.deepEqual(readDecimal("+1"), { value: 1 });
  assert.deepEqual(readDecimal(",5"), { value: 0.5 });
  assert.deepEqual(readDecimal("3."), { value: 3 });
});

test("nothing typed is nothing, zero typed is zero", () => {
  assert.deepEqual(readDecimal("  "), { value: false });
  assert.deepEqual(readDecimal("0"), { value: 0 });
  assert.ok(Object.is(readDecimal("-0").value, 0), "there is no minus zero");
});

test("what is not one number is left to somebody else", () => {
  for (const typed of ["-2.00 -1.00 x 20", "200-", "1.2.3", "1e3", "--1", "plano", "-", "."]) {
    assert.deepEqual(readDecimal(typed), {}, typed);
  }
});

test("what is shown is read back as the same value", () => {
  for (let quarter = -180; quarter <= 180; quarter++) {
    const value = quarter / 4;
    assert.equal(readDecimal(decimalText(value, DIOPTRE)).value, value);
  }
});
