import assert from "node:assert/strict";
import { test } from "node:test";

import {
  legalTargets,
  stepOfDrop,
} from "../../../addons/optics_core/static/src/order_board/dragging.js";

const TABLE = [
  { state: "confirmed", action: "start", target: "in_production", asks: false },
  { state: "confirmed", action: "hold", target: "on_hold", asks: true },
  { state: "in_production", action: "finish", target: "ready", asks: false },
  { state: "on_hold", action: "resume", target: "previous", asks: false },
];
const card = (state, heldFrom = false) => ({ state, held_from: heldFrom });

test("a drop along the table is its step", () => {
  assert.equal(stepOfDrop(TABLE, card("confirmed"), "in_production").action, "start");
  assert.equal(stepOfDrop(TABLE, card("confirmed"), "on_hold").action, "hold");
});

test("a drop past a step, back or onto nothing is none", () => {
  assert.equal(stepOfDrop(TABLE, card("confirmed"), "ready"), undefined);
  assert.equal(stepOfDrop(TABLE, card("in_production"), "confirmed"), undefined);
  assert.equal(stepOfDrop(TABLE, card("cancelled"), "draft"), undefined);
});

test("a job on hold goes back where it came from and nowhere else", () => {
  const held = card("on_hold", "in_production");
  assert.equal(stepOfDrop(TABLE, held, "in_production").action, "resume");
  assert.equal(stepOfDrop(TABLE, held, "confirmed"), undefined);
  assert.deepEqual(legalTargets(TABLE, held), ["in_production"]);
});

test("columns that take the card are those of its steps", () => {
  assert.deepEqual(legalTargets(TABLE, card("confirmed")), ["in_production", "on_hold"]);
  assert.deepEqual(legalTargets(TABLE, card("delivered")), []);
});
