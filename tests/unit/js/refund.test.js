import assert from "node:assert/strict";
import { test } from "node:test";

import { refundRequest } from "../../../kkt_adapter/app/static/js/refund.js";

function receipt(lines, tags = {}) {
  return { receipt_id: "r1", document: { 1059: lines, ...tags } };
}

test("a refund repeats lines, VAT and payments of its receipt", () => {
  const line = { 1030: "Оправа", 1079: 490050, 1023: "1", 1043: 490050, 1199: 6, 1212: 1, 1214: 4 };
  const body = refundRequest(receipt([line], { 1031: 90050, 1081: 400000 }), "POS-001");
  assert.deepEqual(body, {
    pos_id: "POS-001",
    type: "refund",
    items: [
      {
        product_id: "LINE-1",
        name: "Оправа",
        qty: 1,
        price: 4900.5,
        vat: "none",
        subject: 1,
        payment_method: 4,
      },
    ],
    payments: [
      { method: "cash", amount: 900.5 },
      { method: "card", amount: 4000 },
    ],
    original: { receipt_id: "r1" },
  });
});

test("a line whose sum is a kopeck beside its price is refunded to the kopeck", () => {
  for (const amount of [29999, 30000, 30001]) {
    const line = { 1030: "Салфетка", 1079: 10000, 1023: "3", 1043: amount, 1199: 6 };
    const [item] = refundRequest(receipt([line]), "POS-001").items;
    const sum = Math.round(item.price * 100) * item.qty - Math.round((item.discount ?? 0) * 100);
    assert.equal(sum, amount);
  }
});
