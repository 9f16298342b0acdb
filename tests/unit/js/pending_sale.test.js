import assert from "node:assert/strict";
import { test } from "node:test";

import { PendingSale, uuid4 } from "../../../kkt_adapter/app/static/js/pending_sale.js";

function storage(initial = {}) {
  const items = new Map(Object.entries(initial));
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => items.set(name, value),
    removeItem: (name) => items.delete(name),
  };
}

function keys() {
  let count = 0;
  return () => `key-${(count += 1)}`;
}

test("a second click gets the key of the first", () => {
  const pending = new PendingSale(storage(), keys());
  const first = pending.begin({ type: "sale" });
  assert.deepEqual(pending.begin({ type: "sale" }), first);
});

test("another sale waits while one has no answer", () => {
  const pending = new PendingSale(storage(), keys());
  pending.begin({ type: "sale", items: ["a"] });
  assert.deepEqual(pending.begin({ type: "sale", items: ["b"] }).body.items, ["a"]);
});

test("a reload finds the unanswered sale with its key and body", () => {
  const kept = storage();
  const record = new PendingSale(kept, keys()).begin({ type: "sale" });
  assert.deepEqual(new PendingSale(kept, keys()).current(), record);
});

test("an answered sale makes room for the next, with a new key", () => {
  const pending = new PendingSale(storage(), keys());
  pending.answered(pending.begin({ type: "sale" }).key);
  assert.equal(pending.current(), null);
  assert.equal(pending.begin({ type: "sale" }).key, "key-2");
});

test("a late answer to an older key does not forget the newer sale", () => {
  const pending = new PendingSale(storage(), keys());
  const { key } = pending.begin({ type: "sale" });
  pending.answered("some-older-key");
  assert.equal(pending.current().key, key);
});

test("unreadable storage does not lock the till", () => {
  const pending = new PendingSale(storage({ "optics.pending-sale": "{broken" }), keys());
  assert.equal(pending.current(), null);
  assert.equal(pending.begin({ type: "sale" }).key, "key-1");
});

test("a key is a random UUID of version 4", () => {
  const key = uuid4((bytes) => bytes.fill(0xff));
  assert.equal(key, "ffffffff-ffff-4fff-bfff-ffffffffffff");
});
