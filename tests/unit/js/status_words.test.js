import assert from "node:assert/strict";
import { test } from "node:test";

import {
  attentionCount,
  fingerprint,
  lights,
  nextStep,
} from "../../../kkt_adapter/app/static/js/status_words.js";

const QUIET = {
  total_capacity: 200,
  current_queued: 0,
  percent_full: 0,
  level: "ok",
  message: null,
  network_status: "online",
  breaker: { state: "CLOSED", opens_total: 0, retry_in_s: 0 },
  oldest_unsent_age_s: null,
  days_to_block: null,
  dlq: 0,
  parked: 0,
  refused: 0,
  waiting_print: 0,
  print_lane: { state: "idle", message: null, receipt_id: null },
  register: {
    state: "ready",
    fn: "9999078900012345",
    last_fd: 7,
    message: null,
    memory_percent: 12.4,
  },
  shift: { state: "opened", number: 3, opened_at: null, age_s: 3600, warning: null },
  last_sync_at: null,
};

function light(id, change = {}) {
  return lights({ ...QUIET, ...change }).find((one) => one.id === id);
}

function sentence(change) {
  return nextStep({ ...QUIET, ...change });
}

test("a quiet till is green everywhere and may sell", () => {
  assert.deepEqual([...new Set(lights(QUIET).map(({ tone }) => tone))], ["ok"]);
  assert.deepEqual(nextStep(QUIET), {
    tone: "ok",
    text: "Всё в порядке: можно продавать.",
    tab: null,
  });
});

test("the buffer warns at the adapter's level, not at one of its own", () => {
  assert.equal(light("buffer", { level: "warning", current_queued: 160 }).tone, "warn");
  assert.equal(light("buffer", { level: "full", current_queued: 200 }).tone, "bad");
  assert.equal(light("buffer", { current_queued: 12 }).value, "12 / 200");
});

test("an open breaker counts down to its next try", () => {
  const open = light("breaker", { breaker: { state: "OPEN", retry_in_s: 42 } });
  assert.deepEqual([open.value, open.detail, open.tone], ["РАЗОМКНУТ", "проба через 42 с", "bad"]);
  assert.equal(light("breaker", { breaker: { state: "HALF_OPEN" } }).value, "ПРОВЕРКА");
});

test("a shift shows its age and what is left of 24 hours", () => {
  const shift = { ...QUIET.shift, age_s: 23 * 3600 };
  assert.deepEqual(
    [light("shift", { shift }).value, light("shift", { shift }).detail],
    ["№ 3 · 23 ч 00 мин", "ещё 1 ч 00 мин"],
  );
  assert.equal(light("shift", { shift }).tone, "warn");
  assert.equal(light("shift", { shift: { ...shift, state: "expired" } }).tone, "bad");
});

test("a register that never answered leaves no light broken", () => {
  const register = {
    state: "offline",
    fn: null,
    last_fd: null,
    memory_percent: null,
    message: null,
  };
  const shift = { state: "unknown", number: null, opened_at: null, age_s: null, warning: null };
  const shown = lights({ ...QUIET, register, shift });
  for (const { value, detail } of shown) assert.doesNotMatch(value + detail, /null|NaN|undefined/);
});

test("the fiscal storage warns five days before the block", () => {
  assert.equal(light("fn", { days_to_block: 20.5 }).tone, "ok");
  assert.equal(light("fn", { days_to_block: 4.2 }).tone, "warn");
  assert.equal(light("fn", { days_to_block: 0 }).tone, "bad");
});

test("an undecided receipt is said before anything else", () => {
  const { tone, tab } = sentence({ parked: 1, dlq: 3, level: "full", message: "Буфер полон." });
  assert.deepEqual([tone, tab], ["bad", "attention"]);
});

test("the words of the adapter are said as they are", () => {
  assert.equal(sentence({ level: "full", message: "Буфер полон." }).text, "Буфер полон.");
  const print_lane = { state: "waiting", message: "Вставьте ленту." };
  assert.equal(sentence({ print_lane }).text, "Вставьте ленту.");
});

test("without a network the cashier is told to go on selling", () => {
  assert.match(sentence({ network_status: "offline" }).text, /Продавайте дальше/);
});

test("what waits for a person is counted over the three lists", () => {
  assert.equal(attentionCount({ ...QUIET, parked: 1, refused: 2, dlq: 4 }), 7);
});

test("lists are looked at again when the till has done something", () => {
  const printed = { ...QUIET, register: { ...QUIET.register, last_fd: 8 } };
  assert.notEqual(fingerprint(QUIET), fingerprint(printed));
  const older = { ...QUIET, shift: { ...QUIET.shift, age_s: 3602 } };
  assert.equal(fingerprint(QUIET), fingerprint(older));
});
