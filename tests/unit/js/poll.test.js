import assert from "node:assert/strict";
import { test } from "node:test";

import { Poller, nextDelay } from "../../../kkt_adapter/app/static/js/poll.js";

function timers() {
  const set = [];
  return {
    set,
    setTimer: (callback, ms) => set.push({ callback, ms }),
    clearTimer: () => {},
  };
}

test("the pause doubles with every failure and stays at fifteen seconds", () => {
  assert.deepEqual([0, 1, 2, 3, 10].map(nextDelay), [2000, 4000, 8000, 15000, 15000]);
});

test("a failure slows down, a success goes back to two seconds", async () => {
  const clock = timers();
  const outcomes = [new Error("нет"), new Error("нет"), null];
  const poller = new Poller(async () => {
    const outcome = outcomes.shift();
    if (outcome) throw outcome;
  }, clock);
  await poller.resume();
  await poller.soon();
  await poller.soon();
  assert.deepEqual(
    clock.set.map(({ ms }) => ms),
    [4000, 8000, 2000],
  );
});

test("a paused page asks nothing more", async () => {
  const clock = timers();
  const poller = new Poller(async () => poller.pause(), clock);
  await poller.resume();
  assert.deepEqual(clock.set, []);
});

test("requests never run side by side", async () => {
  let running = 0;
  let most = 0;
  const poller = new Poller(async () => {
    running += 1;
    most = Math.max(most, running);
    await null;
    running -= 1;
  }, timers());
  await Promise.all([poller.resume(), poller.soon(), poller.soon()]);
  assert.equal(most, 1);
});
