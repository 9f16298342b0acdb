import assert from "node:assert/strict";
import { test } from "node:test";

import { reconcile, reconcileWords } from "../../../kkt_adapter/app/static/js/reconcile.js";

const SYNCED = { receipt_id: "a", print_state: "printed", status: "synced" };
const PENDING = { receipt_id: "b", print_state: "printed", status: "pending" };
const A = { type: "sale", receipt_id: "a" };
const B = { type: "sale", receipt_id: "b" };
const SHIFT = { type: "open_shift", receipt_id: null };

test("three equal books are green", () => {
  const check = reconcile([SYNCED], [SHIFT, A], [A]);
  assert.equal(check.tone, "ok");
  assert.equal(
    reconcileWords(check),
    "Чеков в буфере 1 = в журнале регистратора 1 = у ОФД 1, повторов 0.",
  );
});

test("a receipt on its way to the OFD is not an error", () => {
  const check = reconcile([SYNCED, PENDING], [A, B], [A]);
  assert.equal(check.tone, "warn");
  assert.match(reconcileWords(check), /2 ≠ у ОФД 1, повторов 0\. Ещё в пути к ОФД: 1\./);
});

test("a receipt printed twice or delivered twice is found", () => {
  assert.deepEqual(
    [reconcile([SYNCED], [A, A], [A]), reconcile([SYNCED], [A], [A, A])].map((check) => [
      check.tone,
      check.repeats,
    ]),
    [
      ["bad", 1],
      ["bad", 1],
    ],
  );
});

test("a receipt that a journal does not know is found", () => {
  assert.equal(reconcile([SYNCED], [], [A]).lost, 1);
  assert.equal(reconcile([SYNCED], [A], []).lost, 1);
  assert.match(reconcileWords(reconcile([SYNCED], [A], [])), /НЕ НАЙДЕНО: 1/);
});
