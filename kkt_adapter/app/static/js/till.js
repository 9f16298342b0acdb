// The page as a whole: one status, one receipt under way, and the views that show them.

import { Unreachable } from "./api.js";
import { Poller } from "./poll.js";
import { send } from "./receipt_sender.js";
import { fingerprint } from "./status_words.js";
import { h } from "./views/dom.js";

const SAY_MS = 4000;
// Lists are asked for again even when the status shows no change, only rarer.
const LISTS_EVERY_MS = 10000;

export class Till {
  /** `memory` lives as long as the browser tab, like the tokens. */
  constructor({ api, pending, memory }) {
    this.api = api;
    this.pending = pending;
    this.memory = memory;
    this.session = null;
    this.views = null;
    this.tab = "sale";
    this.poller = new Poller(() => this.#poll());
    this.seen = null;
    this.listsAt = 0;
    this.retryNow = () => {};
  }

  async start(views) {
    this.views = views;
    document.addEventListener("visibilitychange", () => this.#followVisibility());
    this.#followVisibility();
  }

  show(tab) {
    this.tab = tab;
    document.getElementById("toast").hidden = true;
    document.body.dataset.tab = tab;
    for (const button of document.querySelectorAll("[data-tab-button]")) {
      const isCurrent = button.dataset.tabButton === tab;
      if (isCurrent) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
    this.#refreshLists();
  }

  openReceipt(receiptId) {
    this.show("receipts");
    return this.views.receipts.open(receiptId);
  }

  say(text, tone = "ok") {
    const toast = document.getElementById("toast");
    toast.textContent = text;
    toast.className = `toast ${tone}`;
    toast.hidden = false;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => (toast.hidden = true), SAY_MS);
  }

  /** Does one thing, says how it went, and looks at the new state at once. */
  async attempt(action, done) {
    try {
      const answer = await action();
      if (done) this.say(done);
      return answer;
    } catch (error) {
      this.say(error.message, "bad");
      return null;
    } finally {
      this.#lookAtOnce();
    }
  }

  syncButton() {
    const start = () =>
      this.attempt(
        () => this.api.post("/v1/kkt/buffer/sync", { force: true }, { admin: true }),
        "Передача в ОФД началась.",
      );
    return h("button", { class: "btn", onclick: start }, "Синхронизировать сейчас");
  }

  /**
   * Sends one receipt to its answer. True when it is stored for good; false when it was refused,
   * or when an older receipt without an answer (of another tab, say) had to go first.
   */
  async fiscalise(body) {
    if (this.sending) return false;
    this.sending = true;
    const { sale } = this.views;
    const record = this.pending.begin(body);
    this.show("sale");
    sale.showSending(true);
    try {
      const answer = await send(record, {
        api: this.api,
        pending: this.pending,
        wait: (delay) => this.#waitForRetry(delay),
        onWait: (error) => sale.showWaiting(error.message),
      });
      await sale.showResult(answer.receipt_id);
      return record.body === body;
    } catch (error) {
      sale.showRefusal(error);
      return false;
    } finally {
      this.sending = false;
      sale.showSending(false);
      this.#lookAtOnce();
    }
  }

  /** After a reload: the receipt that was never answered goes first. */
  resumePending() {
    const record = this.pending.current();
    if (record) this.fiscalise(record.body);
  }

  #waitForRetry(delay) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delay);
      this.retryNow = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #followVisibility() {
    if (document.hidden) this.poller.pause();
    else this.poller.resume();
  }

  #lookAtOnce() {
    this.seen = null;
    this.poller.soon();
  }

  async #poll() {
    try {
      await this.#startSession();
      const status = await this.api.get("/v1/kkt/buffer/status");
      this.#showNotice(null);
      this.views.header.show(status);
      this.views.shift.show(status);
      const seen = fingerprint(status);
      if (seen !== this.seen || Date.now() - this.listsAt > LISTS_EVERY_MS) this.#refreshLists();
      this.seen = seen;
    } catch (error) {
      this.#showNotice(error);
      throw error;
    }
  }

  async #startSession() {
    if (this.session) return;
    this.session = await this.api.get("/v1/session");
    this.views.header.showSession(this.session);
    document.body.classList.toggle("training", this.session.mode === "training");
    this.resumePending();
  }

  #refreshLists() {
    this.listsAt = Date.now();
    this.views.sale.refresh();
    if (this.tab === "attention") this.views.attention.refresh();
    else if (this.tab === "faults") this.views.switchboard.refresh();
    else if (this.tab !== "shift") this.views.receipts.refresh();
  }

  #showNotice(error) {
    const notice = document.getElementById("notice");
    notice.hidden = error === null;
    document.body.classList.toggle("silent", error !== null);
    if (error === null) return;
    const text =
      error instanceof Unreachable
        ? "Адаптер не отвечает. Принятые чеки в безопасности: они записаны на диск кассы. " +
          "Страница подключится сама."
        : error.message;
    if (notice.textContent !== text) notice.textContent = text;
  }
}
