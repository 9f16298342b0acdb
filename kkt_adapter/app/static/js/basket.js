// What lies on the counter: lines, discount, total, payments. Pure; a change returns a new basket.

import { kopecks, roubles } from "./money.js";

export const EMPTY = Object.freeze({ lines: Object.freeze([]), discountPercent: 0 });

export function add(basket, product) {
  const found = basket.lines.find((line) => line.product_id === product.product_id);
  if (found) return setQuantity(basket, product.product_id, found.qty + 1);
  const line = {
    product_id: product.product_id,
    name: product.name,
    price: kopecks(product.price),
    vat: product.vat,
    qty: 1,
  };
  return { ...basket, lines: [...basket.lines, line] };
}

/** A quantity of zero takes the line away. */
export function setQuantity(basket, productId, qty) {
  const lines = basket.lines
    .map((line) => (line.product_id === productId ? { ...line, qty } : line))
    .filter((line) => line.qty > 0);
  return { ...basket, lines };
}

export function withDiscount(basket, discountPercent) {
  return { ...basket, discountPercent };
}

/** The part of a kopeck that a percentage leaves over stays with the shop's price, never below it. */
export function priced(basket) {
  return basket.lines.map((line) => {
    const gross = line.price * line.qty;
    const discount = Math.floor((gross * basket.discountPercent) / 100);
    return { ...line, gross, discount, amount: gross - discount };
  });
}

export function total(basket) {
  return priced(basket).reduce((sum, line) => sum + line.amount, 0);
}

/**
 * How the total is paid. `cashText` is what the cashier typed: for cash the money received,
 * for a split the part in cash. Returns { payments, cashReceived, change, problem } in kopecks.
 */
export function pay(sum, method, cashText = "") {
  const typed = cashText.trim() === "" ? null : kopecks(cashText);
  if (cashText.trim() !== "" && (typed === null || typed < 0)) {
    return {
      payments: [],
      problem: "Сумма наличных написана непонятно: нужно, например, 1500,00.",
    };
  }
  if (method === "split") {
    if (typed === null || typed <= 0 || typed >= sum) {
      return {
        payments: [],
        problem: "Укажите, сколько наличными: больше нуля и меньше суммы чека. Остальное — картой.",
      };
    }
    const card = sum - typed;
    return { payments: [payment("cash", typed), payment("card", card)], card, problem: null };
  }
  if (method === "cash" && typed !== null) {
    if (typed < sum) return { payments: [], problem: "Получено меньше суммы чека." };
    const change = typed - sum;
    return { payments: [payment("cash", sum)], cashReceived: typed, change, problem: null };
  }
  return { payments: [payment(method, sum)], problem: null };
}

function payment(method, amount) {
  return { method, amount };
}

/** The e-mail or phone for the electronic receipt; undefined when nothing was typed. */
export function customer(contact) {
  const text = contact.trim();
  if (text === "") return undefined;
  return text.includes("@") ? { email: text } : { phone: text.replace(/[\s()-]/g, "") };
}

/** The body of POST /v1/kkt/receipt. */
export function saleRequest({ basket, posId, paid, contact }) {
  return {
    pos_id: posId,
    type: "sale",
    items: priced(basket).map((line) => ({
      product_id: line.product_id,
      name: line.name,
      qty: line.qty,
      price: roubles(line.price),
      ...(line.discount > 0 && { discount: roubles(line.discount) }),
      ...(line.vat && { vat: line.vat }),
    })),
    payments: paid.payments.map(({ method, amount }) => ({ method, amount: roubles(amount) })),
    ...(paid.cashReceived !== undefined && { cash_received: roubles(paid.cashReceived) }),
    ...(customer(contact) && { customer: customer(contact) }),
  };
}
