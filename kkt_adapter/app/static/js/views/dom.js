// Building elements from data: text is always text, never markup.

import { Unreachable } from "../api.js";

/** h("button", { class: "btn", onclick: sell }, "Пробить чек") */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export function chip({ text, tone }) {
  return h("span", { class: `chip ${tone}` }, text);
}

export function empty(text) {
  return h("p", { class: "empty" }, text);
}

export function problem(error) {
  return h("p", { class: "problem", role: "alert" }, error.message);
}

/** Shows why a list is missing; while nobody answers the list stays and the notice says why. */
export function replaceWithProblem(container, error) {
  if (!(error instanceof Unreachable)) replace(container, problem(error));
}

/** Replaces the content, but the keyboard stays on the element with the same data-key. */
export function replace(container, ...children) {
  const key = container.contains(document.activeElement)
    ? document.activeElement.dataset.key
    : undefined;
  container.replaceChildren(...children.flat().filter(Boolean));
  if (key) container.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

/** A row of buttons of which one is pressed. Returns { element, value, set(value) }. */
export function choice(label, options, initial, onchange) {
  const buttons = options.map(([value, text]) =>
    h("button", { type: "button", class: "option", onclick: () => pick(value) }, text),
  );
  const control = {
    element: h("div", { class: "choice", role: "group", "aria-label": label }, buttons),
    value: initial,
    set(value) {
      control.value = value;
      options.forEach(([option], index) =>
        buttons[index].setAttribute("aria-pressed", String(option === value)),
      );
    },
  };
  function pick(value) {
    control.set(value);
    onchange(value);
  }
  control.set(initial);
  return control;
}
