// Lights of the header and the sentence under them.

import { attentionCount, lights, nextStep } from "../status_words.js";
import { h } from "./dom.js";

export class HeaderView {
  constructor(till) {
    this.till = till;
    this.lights = document.getElementById("lights");
    this.step = document.getElementById("next-step");
    this.cells = new Map();
  }

  showSession({ pos_id: posId, mode }) {
    document.getElementById("pos-id").textContent = posId;
    document.title = `Касса ${posId}`;
    const badge = document.getElementById("mode");
    badge.textContent = mode === "training" ? "Учебный режим" : "Рабочий режим";
    badge.classList.toggle("training", mode === "training");
    badge.hidden = false;
  }

  show(status) {
    for (const light of lights(status)) this.#cell(light.id).show(light);
    this.#showStep(nextStep(status));
    const count = attentionCount(status);
    const counter = document.getElementById("attention-count");
    counter.textContent = count;
    counter.hidden = count === 0;
  }

  #cell(id) {
    if (!this.cells.has(id)) {
      const cell = new Light(id);
      this.cells.set(id, cell);
      this.lights.append(cell.element);
    }
    return this.cells.get(id);
  }

  #showStep({ tone, text, tab }) {
    // The same sentence is not announced again every two seconds.
    if (this.step.dataset.text === text) return;
    this.step.dataset.text = text;
    this.step.className = `next-step ${tone}`;
    const open = tab
      ? h(
          "button",
          { class: "btn", "data-goto": tab, onclick: () => this.till.show(tab) },
          "Открыть",
        )
      : "";
    this.step.replaceChildren(h("span", {}, text), open);
  }
}

class Light {
  constructor(id) {
    this.label = h("span", { class: "light-label" });
    this.value = h("strong", { class: "light-value" });
    this.detail = h("span", { class: "light-detail" });
    this.bar = id === "buffer" ? h("meter", { "aria-label": "Заполнение буфера", min: 0 }) : null;
    this.element = h(
      "li",
      { class: "light", "data-light": id },
      this.label,
      this.value,
      this.bar,
      this.detail,
    );
  }

  show({ label, value, detail, tone, title, used, capacity }) {
    this.element.dataset.tone = tone;
    this.element.title = title ?? "";
    this.label.textContent = label;
    this.value.textContent = value;
    this.detail.textContent = detail;
    if (!this.bar) return;
    this.bar.max = capacity;
    // Green below 80 %, amber up to the last place, red when it is full.
    this.bar.low = capacity * 0.8;
    this.bar.high = capacity - 0.5;
    this.bar.optimum = 0;
    this.bar.value = used;
  }
}
