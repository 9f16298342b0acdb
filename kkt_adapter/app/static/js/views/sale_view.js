// The demo sale: catalogue, basket, payment, and what became of the receipt.

import * as basket from "../basket.js";
import { rub } from "../money.js";
import { BasketView } from "./basket_view.js";
import { CatalogueView } from "./catalogue_view.js";
import { ResultView } from "./result_view.js";
import { choice, h } from "./dom.js";

const METHODS = [
  ["cash", "Наличные"],
  ["card", "Карта"],
  ["sbp", "СБП"],
  ["split", "Частями"],
];
const DISCOUNTS = [
  [0, "Без скидки"],
  [5, "5 %"],
  [10, "10 %"],
  [15, "15 %"],
];

export class SaleView {
  constructor(till) {
    this.till = till;
    this.basket = basket.EMPTY;
    this.sending = false;
    this.refusal = null;
    this.catalogue = new CatalogueView(till, (product) =>
      this.#change(basket.add(this.basket, product)),
    );
    this.lines = new BasketView((id, qty) =>
      this.#change(basket.setQuantity(this.basket, id, qty)),
    );
    this.discount = choice("Скидка на чек", DISCOUNTS, 0, (percent) =>
      this.#change(basket.withDiscount(this.basket, percent)),
    );
    this.method = choice("Способ оплаты", METHODS, "card", () => this.#show());
    this.cash = h("input", { id: "cash", inputmode: "decimal", autocomplete: "off" });
    this.cash.addEventListener("input", () => this.#show());
    this.cashLabel = h("label", { for: "cash" });
    this.cashRow = h("div", { class: "field" }, this.cashLabel, this.cash);
    this.contact = h("input", { id: "contact", autocomplete: "off", inputmode: "email" });
    this.contact.addEventListener("input", () => this.#show());
    this.extras = h("summary", {});
    this.note = h("p", { class: "pay-note", role: "status" });
    this.total = h("output", { class: "total" });
    this.button = h("button", { class: "btn primary sell", onclick: () => this.#sell() });
    this.form = this.#layout();
    this.result = new ResultView(till, () => this.#next());
    document.getElementById("panel-sale").append(this.form, this.result.element);
    this.#show();
  }

  /** The receipt is on its way: nothing on the counter can change until it is answered. */
  showSending(isSending) {
    this.sending = isSending;
    this.form.inert = isSending;
    this.#show();
  }

  showWaiting(text) {
    this.result.showWaiting(text);
    this.form.hidden = true;
  }

  showResult(receiptId) {
    this.form.hidden = true;
    return this.result.open(receiptId);
  }

  showRefusal(error) {
    this.result.close();
    this.form.hidden = false;
    this.refusal = error.message;
    this.#show();
  }

  refresh() {
    this.catalogue.refreshIfEmpty();
    this.#show();
    return this.result.refresh();
  }

  #layout() {
    return h(
      "div",
      { class: "sale" },
      this.catalogue.element,
      h(
        "div",
        { class: "counter" },
        h(
          "div",
          { class: "counter-scroll" },
          this.lines.element,
          h(
            "details",
            { class: "extras" },
            this.extras,
            h(
              "div",
              { class: "extras-body" },
              this.discount.element,
              h(
                "div",
                { class: "field" },
                h("label", { for: "contact" }, "E-mail или телефон покупателя"),
                this.contact,
              ),
            ),
          ),
        ),
        h(
          "div",
          { class: "checkout" },
          this.method.element,
          this.cashRow,
          this.note,
          h("div", { class: "sum" }, this.total, this.button),
        ),
      ),
    );
  }

  #change(next) {
    this.basket = next;
    this.refusal = null;
    this.#show();
  }

  #show() {
    const sum = basket.total(this.basket);
    const method = this.method.value;
    const takesCash = method === "cash" || method === "split";
    const isEmpty = this.basket.lines.length === 0;
    this.paid = basket.pay(sum, method, takesCash ? this.cash.value : "");
    this.lines.show(basket.priced(this.basket));
    this.cashRow.hidden = !takesCash;
    this.cashLabel.textContent = method === "split" ? "Из них наличными, ₽" : "Получено, ₽";
    this.extras.textContent = this.#extrasWords();
    this.note.textContent = this.refusal ?? (isEmpty ? "" : payWords(this.paid));
    this.note.classList.toggle("bad", Boolean(this.refusal));
    this.total.textContent = rub(sum);
    this.button.disabled =
      isEmpty || Boolean(this.paid.problem) || this.sending || !this.till.session;
    this.button.textContent = this.sending ? "Пробиваем…" : "Пробить чек";
  }

  #extrasWords() {
    const { discountPercent } = this.basket;
    const contact = this.contact.value.trim();
    const chosen = [discountPercent && `скидка ${discountPercent} %`, contact].filter(Boolean);
    return chosen.length ? `Чек: ${chosen.join(", ")}` : "Скидка, электронный чек";
  }

  async #sell() {
    const sold = await this.till.fiscalise(
      basket.saleRequest({
        basket: this.basket,
        posId: this.till.session.pos_id,
        paid: this.paid,
        contact: this.contact.value,
      }),
    );
    if (sold) this.#clear();
  }

  #clear() {
    this.basket = basket.EMPTY;
    this.discount.set(0);
    this.method.set("card");
    this.cash.value = "";
    this.contact.value = "";
    this.extras.parentElement.open = false;
    this.#show();
  }

  #next() {
    this.result.close();
    this.form.hidden = false;
    this.catalogue.focus();
  }
}

function payWords({ problem, change, card }) {
  if (problem) return problem;
  if (change !== undefined) return `Сдача ${rub(change)}`;
  return card === undefined ? "" : `Картой ${rub(card)}`;
}
