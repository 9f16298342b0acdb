import assert from "node:assert/strict";
import { test } from "node:test";

import { ApiError, Unreachable } from "../../../kkt_adapter/app/static/js/api.js";
import { send, verdict } from "../../../kkt_adapter/app/static/js/receipt_sender.js";

const RECORD = { key: "k1", body: { type: "sale" } };
const DONE = { status: "printed", receipt_id: "r1" };

/** Answers of the adapter, one after another; an Error is thrown. */
function scripted(...answers) {
  const sent = [];
  const waits = [];
  const forgotten = [];
  return {
    sent,
    waits,
    forgotten,
    api: {
      post: async (path, body, options) => {
        sent.push({ path, body, ...options });
        const answer = answers.shift();
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    pending: { answered: (key) => forgotten.push(key) },
    wait: async (delay) => waits.push(delay),
    onWait: () => {},
  };
}

test("a lost answer is asked for again with the same key and body", async () => {
  const till = scripted(new Unreachable(), new Unreachable(), DONE);
  assert.deepEqual(await send(RECORD, till), DONE);
  const call = { path: "/v1/kkt/receipt", body: RECORD.body, key: "k1" };
  assert.deepEqual(till.sent, [call, call, call]);
  assert.deepEqual(till.waits, [2000, 4000]);
  assert.deepEqual(till.forgotten, ["k1"]);
});

test("409 with the first result is the answer", async () => {
  const till = scripted(new ApiError(409, { code: "duplicate_request", ...DONE }));
  assert.equal((await send(RECORD, till)).receipt_id, "r1");
  assert.deepEqual(till.forgotten, ["k1"]);
});

test("a refusal ends it: nothing was stored under this key", async () => {
  const refusal = new ApiError(422, { code: "unlawful_receipt", message: "Суммы не сходятся." });
  const till = scripted(refusal);
  await assert.rejects(send(RECORD, till), refusal);
  assert.deepEqual(till.forgotten, ["k1"]);
});

test("while nothing is known the key is kept", async () => {
  const till = scripted(new ApiError(500, {}), new ApiError(401, {}), DONE);
  till.wait = async () => assert.deepEqual(till.forgotten, []);
  await send(RECORD, till);
});

test("only a full buffer or disk makes 503 a refusal", () => {
  assert.equal(verdict(new ApiError(503, { code: "buffer_full" })), "refused");
  assert.equal(verdict(new ApiError(503, { code: "storage_full" })), "refused");
  assert.equal(verdict(new ApiError(503, {})), "unknown");
  assert.equal(verdict(new ApiError(409, { code: "shift_expired" })), "refused");
  assert.equal(verdict(new ApiError(429, {})), "unknown");
});
