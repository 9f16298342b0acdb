import assert from "node:assert/strict";
import { test } from "node:test";

import {
  composeFormula,
  ENDINGS,
  readFactor,
  readFormula,
} from "../../../addons/connector_b/static/src/import_wizard/price_formula.js";

const parts = (values = {}) => ({ base: "cost", rate: false, factor: "", ending: "", ...values });

test("a price is a price times how much, ending how", () => {
  assert.equal(composeFormula(parts()), "cost");
  assert.equal(composeFormula(parts({ factor: "1.6" })), "cost * 1.6");
  assert.equal(
    composeFormula(parts({ rate: true, factor: "1.6", ending: "0.90" })),
    "round_to(cost * rate * 1.6, 0.90)",
  );
  assert.equal(composeFormula(parts({ factor: "2", ending: "0" })), "round(cost * 2)");
});

test("without a price to begin with there is no formula", () => {
  assert.equal(composeFormula(parts({ base: "", factor: "2" })), "");
});

test("every formula made of parts is read back into them", () => {
  for (const ending of ENDINGS) {
    for (const rate of [false, true]) {
      for (const factor of ["", "1.6", "2"]) {
        const whole = parts({ ending, rate, factor });
        assert.deepEqual(readFormula(composeFormula(whole)), whole, composeFormula(whole));
      }
    }
  }
});

test("no formula is the price as it stands in the file", () => {
  assert.deepEqual(readFormula(""), parts({ base: "" }));
  assert.deepEqual(readFormula(undefined), parts({ base: "" }));
});

test("a formula of a person's own is left to that person", () => {
  for (const formula of [
    "cost * 1.6 + 100",
    "round_to(cost * 2, 0.55)",
    "max(cost, 100)",
    "round_up_to(cost, 90)",
    "rate * 2",
    "cost * 1.6 if cost < 1000 else cost * 1.4",
  ]) {
    assert.equal(readFormula(formula), null, formula);
  }
});

test("a factor may be a markup in per cent", () => {
  assert.equal(readFactor("1,6"), "1.6");
  assert.equal(readFactor("60 %"), "1.6");
  assert.equal(readFactor("+33%"), "1.33");
  assert.equal(readFactor(""), "");
  for (const typed of ["0", "-1", "два", "1.2.3"]) {
    assert.equal(readFactor(typed), null, typed);
  }
});
