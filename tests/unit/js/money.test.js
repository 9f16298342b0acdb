import assert from "node:assert/strict";
import { test } from "node:test";

import { kopecks, plain, roubles, rub } from "../../../kkt_adapter/app/static/js/money.js";

test("what a cashier types is read as kopecks", () => {
  assert.equal(kopecks("1 234,5"), 123450);
  assert.equal(kopecks("1234.50"), 123450);
  assert.equal(kopecks("1\u202f234,50\u202f₽"), 123450);
  assert.equal(kopecks(1000), 100000);
  assert.equal(kopecks("0.07"), 7);
});

test("what is not an amount of money is not guessed", () => {
  for (const text of ["", "abc", "1.234", "1,2,3", "1e3", null, undefined]) {
    assert.equal(kopecks(text), null, String(text));
  }
});

test("money on the screen has spaces that never break a line", () => {
  assert.equal(rub(123456789), "1\u202f234\u202f567,89\u202f₽");
  assert.equal(rub(5), "0,05\u202f₽");
  assert.equal(rub(-100000), "−1\u202f000,00\u202f₽");
});

test("money on paper has a point and two decimals", () => {
  assert.equal(plain(100), "1.00");
  assert.equal(plain(-7), "-0.07");
});

test("roubles of a request are the shortest exact decimal", () => {
  assert.equal(JSON.stringify(roubles(1010)), "10.1");
  assert.equal(JSON.stringify(roubles(29)), "0.29");
});
