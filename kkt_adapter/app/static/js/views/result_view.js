// What became of the receipt just sent. It stays on the screen until the next one is begun.

import { kopecks, rub } from "../money.js";
import { paper } from "../paper.js";
import { outcome } from "../receipt_words.js";
import { h, replace } from "./dom.js";
import { paperActions, receiptPaper } from "./paper_view.js";

export class ResultView {
  constructor(till, onNext) {
    this.till = till;
    this.onNext = onNext;
    this.receiptId = null;
    this.element = h("div", { class: "result", hidden: true, "aria-live": "polite" });
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

  showWaiting(text) {
    this.receiptId = null;
    this.element.hidden = false;
    replace(
      this.element,
      h(
        "div",
        { class: "verdict warn" },
        h("h2", {}, "Ждём ответа на чек"),
        h("p", {}, text),
        h("p", {}, "Повторяется тот же чек с тем же ключом: второго не будет."),
        h("button", { class: "btn", onclick: () => this.till.retryNow() }, "Повторить сейчас"),
      ),
    );
  }

  async refresh() {
    const { receiptId } = this;
    if (!receiptId) return;
    try {
      const receipt = await this.till.api.get(`/v1/kkt/receipts/${encodeURIComponent(receiptId)}`);
      const now = JSON.stringify([receipt.print_state, receipt.print_error, receipt.fiscal_doc]);
      if (now === this.shown || receiptId !== this.receiptId) return;
      const sheet = await receiptPaper(this.till.api, receipt);
      this.shown = now;
      replace(this.element, this.#verdict(receipt, sheet), sheet);
    } catch (error) {
      // The receipt itself is answered; only its picture is missing and comes with the next look.
      if (this.shown === null) replace(this.element, this.#bare(error));
    }
  }

  #verdict(receipt, sheet) {
    const { tone, title, text } = outcome(receipt);
    return h(
      "div",
      { class: `verdict ${tone}`, "data-print-state": receipt.print_state },
      h(
        "div",
        { class: "verdict-head" },
        h("h2", {}, title),
        h("p", { class: "verdict-sum" }, rub(kopecks(receipt.total))),
      ),
      h("p", {}, text),
      h(
        "div",
        { class: "actions start" },
        this.#next(),
        paperActions(this.till, sheet, paper(receipt)),
      ),
    );
  }

  #bare(error) {
    return h(
      "div",
      { class: "verdict warn" },
      h("h2", {}, "Чек принят и сохранён"),
      h("p", {}, error.message),
      this.#next(),
    );
  }

  #next() {
    const attributes = { class: "btn primary sell", "data-key": "next", onclick: this.onNext };
    return h("button", attributes, "Новый чек");
  }
}
