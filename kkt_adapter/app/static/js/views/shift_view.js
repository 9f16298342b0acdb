// The shift: its state, opening, X and Z reports.

import { reportPaper } from "../report_paper.js";
import { age, moment } from "../russian.js";
import { ask } from "./dialog_view.js";
import { h, replace } from "./dom.js";
import { paperActions, paperElement } from "./paper_view.js";

const STATE = {
  opened: "Смена открыта",
  closed: "Смена закрыта",
  expired: "Смена длится больше 24 часов",
};

export class ShiftView {
  constructor(till) {
    this.till = till;
    this.title = h("h2", {});
    this.facts = h("p", { class: "hint" });
    this.openButton = h("button", { class: "btn", onclick: () => this.#open() }, "Открыть смену");
    this.xButton = h("button", { class: "btn", onclick: () => this.#x() }, "X-отчёт");
    this.zButton = h("button", { class: "btn danger", onclick: () => this.#z() }, "Z-отчёт");
    this.drive = h("dl", { class: "facts" });
    this.report = h("div", { class: "report" });
    document
      .getElementById("panel-shift")
      .append(
        h(
          "section",
          { class: "block" },
          this.title,
          this.facts,
          h("div", { class: "actions start" }, this.openButton, this.xButton, this.zButton),
        ),
        this.report,
        h("section", { class: "block" }, h("h2", {}, "Фискальный накопитель"), this.drive),
      );
  }

  show({ shift, register, days_to_block: days }) {
    replace(this.drive, driveFacts(register, days).flatMap(fact));
    const open = shift.state === "opened" || shift.state === "expired";
    this.title.textContent = STATE[shift.state] ?? "Состояние смены неизвестно";
    this.facts.textContent = open
      ? `Смена № ${shift.number}, открыта ${moment(shift.opened_at)}, длится ${age(shift.age_s)}. ` +
        "Через 24 часа после открытия регистратор перестанет печатать чеки."
      : "Смена откроется сама вместе с первым чеком.";
    this.openButton.disabled = shift.state !== "closed";
    this.xButton.disabled = !open;
    this.zButton.disabled = !open;
  }

  #open() {
    return this.till.attempt(() => this.till.api.post("/v1/kkt/shift/open", {}), "Смена открыта.");
  }

  async #x() {
    const report = await this.till.attempt(() => this.till.api.post("/v1/kkt/shift/x-report", {}));
    if (report) this.#showReport(report);
  }

  async #z() {
    const agreed = await ask({
      title: "Закрыть смену?",
      text: "Регистратор напечатает Z-отчёт. Следующий чек откроет новую смену.",
      confirm: "Снять Z-отчёт",
      danger: true,
    });
    if (!agreed) return;
    const report = await this.till.attempt(() => this.till.api.post("/v1/kkt/shift/close", {}));
    if (report) this.#showReport(report);
  }

  #showReport(report) {
    const lines = reportPaper(report);
    const sheet = paperElement(lines);
    const actions = h("div", { class: "actions start" }, paperActions(this.till, sheet, lines));
    this.report.replaceChildren(sheet, actions);
    this.report.scrollIntoView({ block: "nearest" });
  }
}

function driveFacts({ fn, last_fd: fd, memory_percent: memory, documents_left: left }, days) {
  return [
    ["Номер ФН", fn],
    ["Последний ФД", fd],
    ["Память занята", memory === null ? null : `${memory} %`],
    ["Осталось документов", left],
    ["До блокировки без ОФД", days === null ? "всё доставлено" : `${Math.floor(days)} дн`],
  ];
}

function fact([name, value]) {
  return [h("dt", {}, name), h("dd", {}, String(value ?? "нет данных"))];
}
