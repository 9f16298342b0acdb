// Lines on the counter with their − and + buttons.

import { rub } from "../money.js";
import { empty, h, replace } from "./dom.js";

export class BasketView {
  constructor(setQuantity) {
    this.setQuantity = setQuantity;
    this.count = 0;
    this.element = h("ul", { class: "basket", "aria-label": "Корзина" });
  }

  show(lines) {
    const rows = lines.map((line) => this.#row(line));
    replace(this.element, rows.length ? rows : h("li", {}, empty("Выберите товар из списка.")));
    // A product just added is shown; otherwise the list stays where the cashier scrolled it.
    if (lines.length > this.count) {
      this.element.lastElementChild.scrollIntoView({ block: "nearest" });
    }
    this.count = lines.length;
  }

  #row({ product_id: id, name, qty, amount, discount }) {
    const step = (text, next, label) =>
      h(
        "button",
        {
          class: "step",
          "aria-label": `${label}: ${name}`,
          "data-key": `${text}${id}`,
          onclick: () => this.setQuantity(id, next),
        },
        text,
      );
    return h(
      "li",
      { class: "basket-line", "data-product": id },
      h("span", { class: "basket-name" }, name),
      h(
        "span",
        { class: "basket-sum" },
        h("strong", {}, rub(amount)),
        discount > 0 ? h("small", {}, `скидка ${rub(discount)}`) : null,
      ),
      h(
        "span",
        { class: "stepper" },
        step("−", qty - 1, qty === 1 ? "Убрать" : "Меньше"),
        h("span", { class: "qty", "aria-label": "Количество" }, String(qty)),
        step("+", qty + 1, "Больше"),
      ),
    );
  }
}
