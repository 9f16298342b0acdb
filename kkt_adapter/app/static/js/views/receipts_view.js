// The list of receipts, newest first.

import { kopecks, rub } from "../money.js";
import { TYPE, deliveryChip, printChip } from "../receipt_words.js";
import { moment } from "../russian.js";
import { ReceiptView } from "./receipt_view.js";
import { chip, choice, empty, h, replace, replaceWithProblem } from "./dom.js";

const PAGE = 20;
const FILTERS = [
  ["all", "Все"],
  ["undelivered", "Не доставлены"],
  ["errors", "Ошибки"],
];
const QUERIES = {
  all: [{}],
  undelivered: [{ status: "pending" }, { status: "syncing" }],
  errors: [{ status: "failed" }, { print_state: "parked" }, { print_state: "refused" }],
};
const EMPTY = {
  all: "Чеков ещё нет. Пробейте первый.",
  undelivered: "Все чеки доставлены в ОФД.",
  errors: "Ошибок нет.",
};

export class ReceiptsView {
  constructor(till) {
    this.till = till;
    this.pages = 1;
    this.filter = choice("Показать чеки", FILTERS, "all", () => {
      this.pages = 1;
      this.refresh();
    });
    this.list = h("ul", { class: "rows", "aria-label": "Чеки" });
    this.more = h(
      "button",
      { class: "btn wide", hidden: true, onclick: () => this.#next() },
      "Ещё",
    );
    this.overview = h(
      "div",
      { class: "overview" },
      h("div", { class: "toolbar" }, this.filter.element, till.syncButton()),
      this.list,
      this.more,
    );
    this.receipt = new ReceiptView(till, () => this.close());
    this.element = document.getElementById("panel-receipts");
    this.element.append(this.overview, this.receipt.element);
  }

  async open(receiptId) {
    this.overview.hidden = true;
    await this.receipt.open(receiptId);
  }

  close() {
    this.receipt.close();
    this.overview.hidden = false;
    this.refresh();
  }

  async refresh() {
    if (this.receipt.isOpen) return this.receipt.refresh();
    try {
      const { items, hasMore } = await this.#load(this.filter.value);
      this.more.hidden = !hasMore;
      const rows = items.map((receipt) => this.#row(receipt));
      replace(this.list, rows.length ? rows : h("li", {}, empty(EMPTY[this.filter.value])));
    } catch (error) {
      replaceWithProblem(this.list, error);
    }
  }

  #next() {
    this.pages += 1;
    this.refresh();
  }

  /** A filter may need several queries; their answers are one list, newest first. */
  async #load(filter) {
    const parts = await Promise.all(QUERIES[filter].map((query) => this.#loadPages(query)));
    const items = new Map(parts.flatMap((part) => part.items).map((one) => [one.receipt_id, one]));
    return {
      items: [...items.values()].sort((one, other) =>
        other.receipt_id.localeCompare(one.receipt_id),
      ),
      hasMore: parts.some((part) => part.hasMore),
    };
  }

  async #loadPages(query) {
    const items = [];
    let cursor = null;
    for (let page = 0; page < this.pages; page += 1) {
      const answer = await this.till.api.get("/v1/kkt/receipts", { ...query, limit: PAGE, cursor });
      items.push(...answer.items);
      cursor = answer.next_cursor;
      if (!cursor) break;
    }
    return { items, hasMore: Boolean(cursor) };
  }

  #row(receipt) {
    return h(
      "li",
      {},
      receiptRow(receipt, () => this.open(receipt.receipt_id)),
    );
  }
}

export function receiptRow(receipt, onclick) {
  const number = receipt.fiscal_doc ? `ФД ${receipt.fiscal_doc.fd}` : "без номера";
  return h(
    "button",
    { class: "row", onclick, "data-key": receipt.receipt_id, "data-receipt": receipt.receipt_id },
    h(
      "span",
      { class: "row-line" },
      h("span", { class: "row-title" }, `${TYPE[receipt.type] ?? receipt.type} · ${number}`),
      h("strong", {}, rub(kopecks(receipt.total))),
    ),
    h(
      "span",
      { class: "row-line" },
      h("span", { class: "row-note" }, moment(receipt.created_at)),
      h("span", { class: "chips" }, chip(printChip(receipt)), chip(deliveryChip(receipt))),
    ),
  );
}
