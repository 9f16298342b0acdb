// Search and list of products; Enter takes the first hit, as a barcode scanner would.

import { vatWords } from "../ffd_words.js";
import { kopecks, rub } from "../money.js";
import { empty, h, problem, replace } from "./dom.js";

const LIMIT = 50;
const TYPING_PAUSE_MS = 200;

export class CatalogueView {
  constructor(till, onPick) {
    this.till = till;
    this.onPick = onPick;
    this.items = null;
    this.search = h("input", {
      type: "search",
      placeholder: "Поиск товара или штрихкод",
      "aria-label": "Поиск товара",
      autocomplete: "off",
    });
    this.search.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.refresh(), TYPING_PAUSE_MS);
    });
    this.search.addEventListener("keydown", (event) => event.key === "Enter" && this.#takeFirst());
    this.list = h("ul", { class: "products", "aria-label": "Товары" });
    this.element = h("div", { class: "catalogue" }, this.search, this.list);
  }

  focus() {
    this.search.focus();
  }

  refreshIfEmpty() {
    if (!this.items?.length) this.refresh();
  }

  async refresh() {
    const search = this.search.value.trim();
    try {
      const { items } = await this.till.api.get("/v1/kkt/catalogue", { search, limit: LIMIT });
      if (search !== this.search.value.trim()) return;
      this.items = items;
      const words = search ? "Ничего не найдено." : "Каталог пуст: он придёт из Odoo.";
      const rows = items.map((product) => this.#row(product));
      replace(this.list, rows.length ? rows : h("li", {}, empty(words)));
    } catch (error) {
      if (!this.items) replace(this.list, h("li", {}, problem(error)));
    }
  }

  async #takeFirst() {
    clearTimeout(this.timer);
    await this.refresh();
    if (!this.items?.length) return;
    this.onPick(this.items[0]);
    this.search.select();
  }

  #row(product) {
    return h(
      "li",
      {},
      h(
        "button",
        {
          class: "product",
          "data-key": product.product_id,
          "data-product": product.product_id,
          onclick: () => this.onPick(product),
        },
        h("span", { class: "product-name" }, product.name),
        h("strong", {}, rub(kopecks(product.price))),
        h("small", {}, vatWords(product.vat)),
      ),
    );
  }
}
