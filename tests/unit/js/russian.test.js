import assert from "node:assert/strict";
import { test } from "node:test";

import { age, counted, wallClock } from "../../../kkt_adapter/app/static/js/russian.js";

test("a noun agrees with its number", () => {
  const said = [1, 2, 5, 11, 12, 21, 104, 111].map((n) => counted(n, "чек", "чека", "чеков"));
  assert.deepEqual(said, [
    "1 чек",
    "2 чека",
    "5 чеков",
    "11 чеков",
    "12 чеков",
    "21 чек",
    "104 чека",
    "111 чеков",
  ]);
});

test("an age is told in its two largest units", () => {
  assert.equal(age(42), "42 с");
  assert.equal(age(125), "2 мин");
  assert.equal(age(3 * 3600 + 5 * 60 + 59), "3 ч 05 мин");
  assert.equal(age(50 * 3600), "2 дн 2 ч");
});

test("paper shows the register's wall clock, whatever zone the screen is in", () => {
  assert.equal(wallClock("2026-11-21T12:30:45+10:00"), "21.11.2026 12:30");
  assert.equal(wallClock(null), "");
});
