import assert from "node:assert/strict";
import { test } from "node:test";

import {
  EMPTY,
  add,
  pay,
  priced,
  saleRequest,
  setQuantity,
  total,
  withDiscount,
} from "../../../kkt_adapter/app/static/js/basket.js";

const LENS = { product_id: "LENS-1", name: "Линза", price: "1000.00", vat: "none" };
const CASE = { product_id: "CASE-1", name: "Футляр", price: "333.33", vat: "vat22" };

test("the same product twice is one line of two", () => {
  const basket = add(add(EMPTY, LENS), LENS);
  assert.equal(basket.lines.length, 1);
  assert.equal(basket.lines[0].qty, 2);
  assert.equal(total(basket), 200000);
});

test("a quantity of zero takes the line away", () => {
  assert.deepEqual(setQuantity(add(EMPTY, LENS), "LENS-1", 0).lines, []);
});

test("a discount is spread over the lines in whole kopecks", () => {
  const basket = withDiscount(add(add(EMPTY, LENS), CASE), 10);
  assert.deepEqual(
    priced(basket).map(({ discount, amount }) => [discount, amount]),
    [
      [10000, 90000],
      [3333, 30000],
    ],
  );
  assert.equal(total(basket), 120000);
});

test("cash received gives change, and too little is a problem", () => {
  assert.equal(pay(120000, "cash", "1500").change, 30000);
  assert.match(pay(120000, "cash", "1000").problem, /меньше/);
  assert.match(pay(120000, "cash", "сто").problem, /непонятно/);
  assert.equal(pay(120000, "cash", "").problem, null);
});

test("a split leaves the rest to the card and adds up to the total", () => {
  const { payments, problem } = pay(120000, "split", "500,50");
  assert.equal(problem, null);
  assert.deepEqual(payments, [
    { method: "cash", amount: 50050 },
    { method: "card", amount: 69950 },
  ]);
});

test("a split without a real part in cash is a problem", () => {
  for (const typed of ["", "0", "1200", "1300"]) {
    assert.match(pay(120000, "split", typed).problem, /наличными/);
  }
});

test("the request carries what the customer saw on the screen", () => {
  const basket = withDiscount(add(add(EMPTY, LENS), CASE), 10);
  const paid = pay(total(basket), "cash", "2000");
  const body = saleRequest({ basket, posId: "POS-001", paid, contact: " +7 (999) 123-45-67 " });
  assert.deepEqual(body, {
    pos_id: "POS-001",
    type: "sale",
    items: [
      { product_id: "LENS-1", name: "Линза", qty: 1, price: 1000, discount: 100, vat: "none" },
      {
        product_id: "CASE-1",
        name: "Футляр",
        qty: 1,
        price: 333.33,
        discount: 33.33,
        vat: "vat22",
      },
    ],
    payments: [{ method: "cash", amount: 1200 }],
    cash_received: 2000,
    customer: { phone: "+79991234567" },
  });
});
