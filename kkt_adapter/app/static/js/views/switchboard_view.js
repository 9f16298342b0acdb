// «Обрывы»: every plug that can be pulled in training, and the proof that nothing was lost.

import { rub } from "../money.js";
import { counted } from "../russian.js";
import { reconcile, reconcileWords } from "../reconcile.js";
import { Simulator } from "../simulator.js";
import { FaultsView } from "./faults_view.js";
import { h, replace } from "./dom.js";

const HOUR_S = 3600;
const JUMPS = [
  ["+23 ч", 23 * HOUR_S],
  ["+25 ч", 25 * HOUR_S],
  ["+30 дней", 30 * 24 * HOUR_S],
];
const DOCUMENT = {
  registration: "Регистрация",
  open_shift: "Открытие смены",
  close_shift: "Закрытие смены",
  sale: "Продажа",
  refund: "Возврат",
  correction: "Коррекция",
};
const PAGE = 100;
const COMPARED_AT_MOST = 2000;
const SHOWN = 50;

export class SwitchboardView {
  constructor(till) {
    this.till = till;
    this.register = new Simulator(till.api, "register");
    this.ofd = new Simulator(till.api, "ofd");
    this.faults = [
      new FaultsView(till, this.register, "register", "Регистратор"),
      new FaultsView(till, this.ofd, "ofd", "ОФД"),
    ];
    this.check = h("p", { class: "check", role: "status", "data-check": "" });
    this.clock = h("span", { class: "hint" });
    this.registerJournal = h("div", { class: "journal" });
    this.ofdJournal = h("div", { class: "journal" });
    document.getElementById("panel-faults").append(
      this.check,
      h("div", { class: "toolbar" }, till.syncButton()),
      h(
        "div",
        { class: "sides switches" },
        this.faults.map((side) => side.element),
      ),
      this.#clockBlock(),
      h("div", { class: "sides" }, this.registerJournal, this.ofdJournal),
    );
  }

  async refresh() {
    await Promise.all([
      ...this.faults.map((side) => side.refresh()),
      this.#refreshClock(),
      this.#refreshJournals(),
    ]);
  }

  #clockBlock() {
    const jumps = JUMPS.map(([text, seconds]) =>
      h("button", { class: "btn", onclick: () => this.#jump(seconds) }, text),
    );
    return h(
      "section",
      { class: "block" },
      h("h2", {}, "Часы регистратора"),
      h(
        "div",
        { class: "actions start" },
        jumps,
        h("button", { class: "btn", onclick: () => this.#resetClock() }, "Сброс"),
        this.clock,
      ),
    );
  }

  #jump(seconds) {
    return this.till.attempt(
      async () => this.register.setClockOffset((await this.register.clockOffset()) + seconds),
      "Часы регистратора переведены.",
    );
  }

  #resetClock() {
    return this.till.attempt(
      () => this.register.setClockOffset(0),
      "Часы регистратора идут точно.",
    );
  }

  async #refreshClock() {
    try {
      const hours = Math.round((await this.register.clockOffset()) / HOUR_S);
      this.clock.textContent = hours
        ? `Идут вперёд на ${counted(hours, "час", "часа", "часов")}`
        : "Идут точно";
    } catch (error) {
      this.clock.textContent = error.message;
    }
  }

  async #refreshJournals() {
    try {
      const [receipts, register, ofd] = await Promise.all([
        this.#receipts(),
        this.register.journal(),
        this.ofd.journal(),
      ]);
      const result = reconcile(receipts, register, ofd);
      this.check.className = `check ${result.tone}`;
      const words = reconcileWords(result);
      if (this.check.textContent !== words) this.check.textContent = words;
      replace(this.registerJournal, journal("Журнал регистратора", register));
      replace(this.ofdJournal, journal("Журнал ОФД", ofd));
    } catch (error) {
      this.check.className = "check";
      this.check.textContent = `Сверка не удалась. ${error.message}`;
    }
  }

  async #receipts() {
    const all = [];
    let cursor = null;
    do {
      const page = await this.till.api.get("/v1/kkt/receipts", { limit: PAGE, cursor });
      all.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor && all.length < COMPARED_AT_MOST);
    return all;
  }
}

function journal(title, documents) {
  const rows = documents.slice(-SHOWN).reverse().map(documentRow);
  return [
    h("h2", {}, `${title} (${documents.length})`),
    rows.length
      ? h(
          "table",
          {},
          h("thead", {}, h("tr", {}, ["ФД", "Документ", "Сумма"].map(heading))),
          h("tbody", {}, rows),
        )
      : h("p", { class: "empty" }, "Документов ещё нет."),
  ];
}

function heading(text) {
  return h("th", { scope: "col" }, text);
}

function documentRow({ fd, type, total }) {
  const fiscalReceipt = type === "sale" || type === "refund" || type === "correction";
  const sum = fiscalReceipt ? rub(total) : "—";
  return h(
    "tr",
    {},
    h("td", {}, String(fd)),
    h("td", {}, DOCUMENT[type] ?? type),
    h("td", {}, sum),
  );
}
