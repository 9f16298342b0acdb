// Questions to the person at the till, one at a time, in a modal dialog.

import { h } from "./dom.js";

let queue = Promise.resolve();

/**
 * ask({ title, text, fields, confirm, danger }) → { name: value } or null when cancelled.
 * A field: { name, label, type, required, value, pattern, hint, inputmode }.
 * Several questions at once wait for one another.
 */
export function ask(question) {
  const answer = queue.then(() => show(question));
  queue = answer;
  return answer;
}

/** Who decides and why: every decision about a receipt is recorded with both. */
export function byAndReason(storage) {
  return [
    { name: "by", label: "Кто решает", required: true, value: storage.getItem("optics.by") ?? "" },
    { name: "reason", label: "Почему", required: true },
  ];
}

function show({ title, text, fields = [], confirm = "Да", danger = false, mandatory = false }) {
  return new Promise((resolve) => {
    const form = h(
      "form",
      { method: "dialog" },
      h("h2", { id: "dialog-title" }, title),
      text ? h("p", {}, text) : null,
      fields.map(field),
      h(
        "div",
        { class: "actions" },
        mandatory
          ? null
          : h("button", { type: "button", class: "btn", onclick: () => dialog.close() }, "Отмена"),
        h("button", { class: danger ? "btn danger" : "btn primary", value: "ok" }, confirm),
      ),
    );
    const dialog = h("dialog", { "aria-labelledby": "dialog-title" }, form);
    if (mandatory) dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => {
      const values = Object.fromEntries(new FormData(form));
      dialog.remove();
      if (dialog.returnValue !== "ok") return resolve(null);
      resolve(
        Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()])),
      );
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function field({ name, label, type = "text", hint, ...attributes }) {
  return h(
    "label",
    { class: "field" },
    h("span", {}, label),
    h("input", { name, type, autocomplete: "off", ...attributes }),
    hint ? h("small", {}, hint) : null,
  );
}
