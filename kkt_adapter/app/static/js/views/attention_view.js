// What waits for a person: parked receipts, refused receipts, and what the OFD did not take.

import { kopecks, rub } from "../money.js";
import { TYPE } from "../receipt_words.js";
import { moment } from "../russian.js";
import { ask, byAndReason } from "./dialog_view.js";
import { empty, h, replace, replaceWithProblem } from "./dom.js";

const FD = {
  name: "fd",
  label: "Номер ФД с бумажного чека",
  required: true,
  inputmode: "numeric",
  pattern: "[0-9]{1,10}",
};
const SIGN = {
  name: "fiscal_sign",
  label: "ФП с бумажного чека",
  required: true,
  inputmode: "numeric",
  pattern: "[0-9]{1,10}",
};

export class AttentionView {
  constructor(till) {
    this.till = till;
    this.element = document.getElementById("panel-attention");
    this.body = h("div", {});
    this.element.append(this.body);
  }

  async refresh() {
    const { api } = this.till;
    try {
      const [parked, refused, dlq] = await Promise.all([
        api.get("/v1/kkt/receipts", { print_state: "parked", limit: 50 }),
        api.get("/v1/kkt/receipts", { print_state: "refused", limit: 50 }),
        api.get("/v1/kkt/dlq", { resolved: "false" }),
      ]);
      replace(
        this.body,
        section(
          "Напечатан или нет?",
          "Регистратор не смог ответить. Посмотрите на бумажную ленту.",
          parked.items.map((receipt) => this.#parked(receipt)),
          "Все чеки выяснены.",
        ),
        section(
          "Регистратор отказал",
          "Эти чеки не напечатаны. Устраните причину и повторите или отзовите.",
          refused.items.map((receipt) => this.#refused(receipt)),
          "Отказов нет.",
        ),
        section(
          "ОФД не принял",
          "Чеки напечатаны, но оператор отклонил их содержание.",
          dlq.items.map((entry) => this.#dead(entry)),
          "Отклонённых чеков нет.",
        ),
      );
    } catch (error) {
      replaceWithProblem(this.body, error);
    }
  }

  #parked(receipt) {
    return this.#card(receipt, receipt.print_error, [
      this.#button("Напечатан", receipt.receipt_id, () =>
        this.#resolve(receipt, "printed", {
          title: "Чек напечатан",
          text: "Спишите номер ФД и ФП с бумажного чека.",
          fields: [FD, SIGN],
          confirm: "Записать",
        }),
      ),
      this.#button("Не напечатан", receipt.receipt_id, () =>
        this.#resolve(receipt, "not_printed", {
          title: "Чек не напечатан?",
          text: "Он будет напечатан заново. Если бумага всё же вышла, получится второй чек.",
          confirm: "Печатать заново",
          danger: true,
        }),
      ),
    ]);
  }

  #refused(receipt) {
    return this.#card(receipt, receipt.print_error, [
      this.#button("Повторить", receipt.receipt_id, () =>
        this.#resolve(receipt, "not_printed", {
          title: "Повторить печать?",
          confirm: "Повторить",
        }),
      ),
      this.#button("Отозвать", receipt.receipt_id, () =>
        this.#resolve(receipt, "withdrawn", {
          title: "Отозвать чек?",
          text: "Он не будет напечатан. Деньги покупателю нужно вернуть или пробить новый чек.",
          confirm: "Отозвать",
          danger: true,
        }),
      ),
    ]);
  }

  #dead(entry) {
    const path = `/v1/kkt/dlq/${encodeURIComponent(entry.id)}`;
    const receipt = { ...entry, created_at: entry.failed_at, fiscal_doc: { fd: entry.fd } };
    return this.#card(receipt, entry.last_error ?? entry.reason, [
      this.#button("Отправить снова", entry.id, () =>
        this.#decide(
          `${path}/requeue`,
          {},
          { title: "Отправить чек в ОФД снова?", confirm: "Отправить" },
        ),
      ),
      this.#button("Закрыть вручную", entry.id, () =>
        this.#decide(
          `${path}/resolve`,
          {},
          {
            title: "Закрыть вручную?",
            text: "Чек останется недоставленным. Закрывайте, только если вопрос с ОФД решён иначе.",
            confirm: "Закрыть",
            danger: true,
          },
        ),
      ),
    ]);
  }

  #card(receipt, words, buttons) {
    const number = receipt.fiscal_doc ? `ФД ${receipt.fiscal_doc.fd}` : "без номера";
    return h(
      "li",
      { class: "case", "data-receipt": receipt.receipt_id },
      h(
        "div",
        { class: "case-head" },
        h("span", {}, `${TYPE[receipt.type] ?? "Чек"} · ${number}`),
        h("strong", {}, rub(kopecks(receipt.total))),
      ),
      h("p", { class: "row-note" }, moment(receipt.created_at)),
      words ? h("p", { class: "problem" }, words) : null,
      h(
        "div",
        { class: "actions start" },
        buttons,
        h(
          "button",
          { class: "btn", onclick: () => this.till.openReceipt(receipt.receipt_id) },
          "Показать чек",
        ),
      ),
    );
  }

  #button(text, id, onclick) {
    return h("button", { class: "btn primary", "data-key": `${text} ${id}`, onclick }, text);
  }

  #resolve(receipt, outcome, question) {
    const path = `/v1/kkt/receipts/${encodeURIComponent(receipt.receipt_id)}/resolve`;
    return this.#decide(path, { outcome }, question);
  }

  async #decide(path, body, question) {
    const { till } = this;
    const fields = [...(question.fields ?? []), ...byAndReason(till.memory)];
    const answer = await ask({ ...question, fields });
    if (!answer) return;
    till.memory.setItem("optics.by", answer.by);
    const fd = answer.fd ? { fd: Number(answer.fd) } : {};
    await till.attempt(
      () => till.api.post(path, { ...body, ...answer, ...fd }, { admin: true }),
      "Решение записано.",
    );
  }
}

function section(title, text, cards, nothing) {
  return h(
    "section",
    { class: "block" },
    h("h2", {}, cards.length ? `${title} (${cards.length})` : title),
    cards.length ? h("p", { class: "hint" }, text) : null,
    cards.length ? h("ul", { class: "cases" }, cards) : empty(nothing),
  );
}
