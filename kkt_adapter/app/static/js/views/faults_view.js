// The switches of one simulator.

import { choice, h, replace, replaceWithProblem } from "./dom.js";

const COUNTS = [
  [null, "Пока не сниму"],
  [1, "1 раз"],
  [3, "3 раза"],
  [10, "10 раз"],
];

export class FaultsView {
  constructor(till, simulator, side, title) {
    this.till = till;
    this.simulator = simulator;
    this.switches = new Map();
    this.list = h("ul", { class: "faults" });
    this.error = h("div", {});
    this.count = choice(`Сколько раз: ${title}`, COUNTS, null, () => {});
    this.element = h(
      "section",
      { class: "block", "data-side": side },
      h(
        "div",
        { class: "toolbar" },
        h("h2", {}, title),
        h("button", { class: "btn", onclick: () => this.#clear() }, "Снять все"),
      ),
      this.error,
      this.count.element,
      this.list,
    );
  }

  async refresh() {
    try {
      const { active, known } = await this.simulator.faults();
      replace(this.error);
      for (const fault of known) this.#switch(fault).show(active);
    } catch (error) {
      replaceWithProblem(this.error, error);
    }
  }

  #switch(fault) {
    if (!this.switches.has(fault.fault)) {
      const made = new Switch(fault, (isOn) => this.#set(fault.fault, isOn ? 0 : this.count.value));
      this.switches.set(fault.fault, made);
      this.list.append(made.element);
    }
    return this.switches.get(fault.fault);
  }

  #set(fault, count) {
    return this.till.attempt(() => this.simulator.setFault(fault, count));
  }

  #clear() {
    return this.till.attempt(() => this.simulator.clearFaults());
  }
}

class Switch {
  constructor({ fault, title, description }, press) {
    this.name = fault;
    this.isOn = false;
    this.left = h("span", { class: "switch-left" });
    this.button = h(
      "button",
      {
        class: "switch",
        "data-fault": fault,
        "aria-pressed": "false",
        title: description,
        onclick: () => press(this.isOn),
      },
      h("span", {}, title),
      this.left,
    );
    this.element = h("li", { class: "fault" }, this.button);
  }

  show(active) {
    const found = active.find(({ fault }) => fault === this.name);
    this.isOn = found !== undefined;
    this.button.setAttribute("aria-pressed", String(this.isOn));
    this.left.textContent = found ? leftWords(found.count) : "";
  }
}

function leftWords(count) {
  return count ? `ещё ${count}` : "включён";
}
