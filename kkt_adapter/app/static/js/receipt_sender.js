// Sends the pending receipt until there is an answer: always the same key, always the same body.

import { ApiError } from "./api.js";
import { nextDelay } from "./poll.js";

const NO_VERDICT = new Set([401, 403, 408, 425, 429]);
const NOT_ACCEPTED = new Set(["buffer_full", "storage_full", "storage_failed"]);

/**
 * What an error of POST /v1/kkt/receipt says about this key:
 * "answer" (the first result is in it), "refused" (nothing was stored) or "unknown" (ask again).
 */
export function verdict(error) {
  if (!(error instanceof ApiError)) return "unknown";
  if (error.code === "duplicate_request") return "answer";
  if (NOT_ACCEPTED.has(error.code)) return "refused";
  const client = error.status >= 400 && error.status < 500;
  return client && !NO_VERDICT.has(error.status) ? "refused" : "unknown";
}

/**
 * Resolves with { receipt_id, status, ... } or rejects with the ApiError of a refusal.
 * `onWait(error, delay)` hears of every attempt that brought no verdict; `wait(ms)` may be cut short.
 */
export async function send(record, { api, pending, wait, onWait }) {
  for (let failures = 0; ; failures += 1) {
    try {
      const answer = await api.post("/v1/kkt/receipt", record.body, { key: record.key });
      pending.answered(record.key);
      return answer;
    } catch (error) {
      const kind = verdict(error);
      if (kind !== "unknown") pending.answered(record.key);
      if (kind === "answer") return error.body;
      if (kind === "refused") throw error;
      const delay = nextDelay(failures);
      onWait(error, delay);
      await wait(delay);
    }
  }
}
