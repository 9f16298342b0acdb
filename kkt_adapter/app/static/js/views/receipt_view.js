// One receipt: its paper, its history, and what can be done with it.

import { Unreachable } from "../api.js";
import { kopecks, rub } from "../money.js";
import { paper } from "../paper.js";
import { deliveryChip, eventWords, printChip } from "../receipt_words.js";
import { refundRequest } from "../refund.js";
import { moment } from "../russian.js";
import { ask } from "./dialog_view.js";
import { chip, h, problem, replace } from "./dom.js";
import { paperActions, receiptPaper } from "./paper_view.js";

export class ReceiptView {
  constructor(till, onClose) {
    this.till = till;
    this.onClose = onClose;
    this.receiptId = null;
    this.element = h("div", { class: "receipt", hidden: true });
  }

  get isOpen() {
    return this.receiptId !== null;
  }

  async open(receiptId) {
    this.receiptId = receiptId;
    this.shown = null;
    this.element.hidden = false;
    await this.refresh();
    this.element.querySelector("button")?.focus();
  }

  close() {
    this.receiptId = null;
    this.element.hidden = true;
  }

  async refresh() {
    const { receiptId } = this;
    try {
      const receipt = await this.till.api.get(`/v1/kkt/receipts/${encodeURIComponent(receiptId)}`);
      const now = JSON.stringify(receipt);
      if (now === this.shown || receiptId !== this.receiptId) return;
      const sheet = await receiptPaper(this.till.api, receipt);
      this.shown = now;
      replace(this.element, this.#toolbar(receipt, sheet), this.#body(receipt, sheet));
    } catch (error) {
      if (error instanceof Unreachable && this.shown) return;
      this.shown = null;
      replace(this.element, this.#back(), problem(error));
    }
  }

  #back() {
    return h("button", { class: "btn", "data-key": "back", onclick: this.onClose }, "← К списку");
  }

  #toolbar(receipt, sheet) {
    const refundable = receipt.type === "sale" && receipt.print_state === "printed";
    const refund = h("button", { class: "btn", onclick: () => this.#refund(receipt) }, "Возврат");
    return h(
      "div",
      { class: "toolbar start" },
      this.#back(),
      refundable ? refund : null,
      paperActions(this.till, sheet, paper(receipt)),
    );
  }

  #body(receipt, sheet) {
    return h(
      "div",
      { class: "receipt-body" },
      sheet,
      h(
        "div",
        { class: "history" },
        h("p", { class: "chips" }, chip(printChip(receipt)), chip(deliveryChip(receipt))),
        [receipt.print_error, receipt.last_error]
          .filter(Boolean)
          .map((text) => h("p", { class: "problem" }, text)),
        h("h3", {}, "История"),
        h("ol", { class: "events" }, receipt.events.map(eventItem)),
      ),
    );
  }

  async #refund(receipt) {
    try {
      await this.till.api.post("/v1/pos/refund", { receipt_id: receipt.receipt_id });
    } catch (error) {
      this.till.say(error.message, "bad");
      return;
    }
    const agreed = await ask({
      title: `Вернуть ${rub(kopecks(receipt.total))}?`,
      text: `Будет пробит чек возврата к чеку ФД ${receipt.fiscal_doc.fd}, теми же видами оплаты.`,
      confirm: "Пробить возврат",
      danger: true,
    });
    if (agreed) await this.till.fiscalise(refundRequest(receipt, this.till.session.pos_id));
  }
}

function eventItem(event) {
  const { title, note } = eventWords(event);
  return h(
    "li",
    {},
    h("span", { class: "event-title" }, title),
    h("time", {}, moment(event.timestamp)),
    note ? h("span", { class: "event-note" }, note) : null,
  );
}
