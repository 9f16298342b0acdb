// Asks again and again: every two seconds while all is well, rarer while nothing answers.

const PERIOD_MS = 2000;
const LONGEST_MS = 15000;

/** The pause before the next request after so many failures in a row. */
export function nextDelay(failures) {
  return Math.min(PERIOD_MS * 2 ** failures, LONGEST_MS);
}

/**
 * `task()` is awaited before the next pause starts, so requests never pile up.
 * A rejected task counts as a failure; the task itself tells the screen about it.
 */
export class Poller {
  constructor(task, { setTimer = setTimeout, clearTimer = clearTimeout } = {}) {
    this.task = task;
    this.setTimer = (callback, ms) => setTimer(callback, ms);
    this.clearTimer = (timer) => clearTimer(timer);
    this.failures = 0;
    this.timer = null;
    this.paused = true;
    this.running = null;
  }

  resume() {
    this.paused = false;
    return this.soon();
  }

  pause() {
    this.paused = true;
    this.clearTimer(this.timer);
  }

  /** Asks now, or right after the request under way: its answer may be older than the caller. */
  async soon() {
    this.clearTimer(this.timer);
    if (this.running) await this.running;
    this.clearTimer(this.timer);
    this.running ??= this.#once();
    return this.running;
  }

  async #once() {
    try {
      await this.task();
      this.failures = 0;
    } catch {
      this.failures += 1;
    }
    this.running = null;
    if (!this.paused) {
      this.timer = this.setTimer(() => this.soon(), nextDelay(this.failures));
    }
  }
}
