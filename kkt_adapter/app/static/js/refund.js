// A refund repeats the original receipt line by line: stored document → body of the request.

import { PAYMENTS, VAT } from "./ffd_words.js";
import { roubles } from "./money.js";

export function refundRequest(receipt, posId) {
  const document = receipt.document;
  return {
    pos_id: posId,
    type: "refund",
    items: [document["1059"]].flat().map(item),
    payments: PAYMENTS.filter(([tag]) => document[tag]).map(([tag, , method]) => ({
      method,
      amount: roubles(document[tag]),
    })),
    ...(document["1008"] && { customer: contact(document["1008"]) }),
    original: { receipt_id: receipt.receipt_id },
  };
}

function item(line, index) {
  const qty = Number(line["1023"]);
  const amount = line["1043"];
  // The stored price may be a kopeck off the line's sum; a discount can only lower, so the price
  // goes up a kopeck first where it has to.
  const price = Math.round(line["1079"] * qty) < amount ? line["1079"] + 1 : line["1079"];
  const discount = Math.round(price * qty) - amount;
  return {
    product_id: `LINE-${index + 1}`,
    name: line["1030"],
    qty,
    price: roubles(price),
    ...(discount > 0 && { discount: roubles(discount) }),
    ...(VAT[line["1199"]] && { vat: VAT[line["1199"]][0] }),
    ...(line["1212"] !== undefined && { subject: line["1212"] }),
    ...(line["1214"] !== undefined && { payment_method: line["1214"] }),
    ...(line["2108"] !== undefined && { unit: line["2108"] }),
  };
}

function contact(text) {
  return text.includes("@") ? { email: text } : { phone: text };
}
