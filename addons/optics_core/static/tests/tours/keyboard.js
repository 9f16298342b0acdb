/** @odoo-module **/

import { getNextTabableElement, getPreviousTabableElement } from "@web/core/utils/ui";

/**
 * A keyboard for tours: what a person without a mouse does, key by key.
 *
 * Keys of a script move no focus in a browser; Tab is led here the way the browser would.
 */

/** Type over the element that has the focus. */
export function type(text) {
    const input = document.activeElement;
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

export function paste(text) {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }),
    );
}

/** Press "Enter", "Tab", "shift+Tab", "ArrowDown" or a combination such as "alt+s". */
export function press(keys) {
    const parts = keys.split("+");
    const key = parts.pop();
    const target = document.activeElement || document.body;
    const isUsed = !target.dispatchEvent(
        new KeyboardEvent("keydown", {
            key,
            altKey: parts.includes("alt"),
            shiftKey: parts.includes("shift"),
            bubbles: true,
            cancelable: true,
        }),
    );
    if (isUsed || parts.includes("alt")) {
        return;
    }
    // As a browser does for an input whose text was changed.
    target.dispatchEvent(new Event("change", { bubbles: true }));
    if (key === "Tab") {
        const next = parts.length ? getPreviousTabableElement() : getNextTabableElement();
        next?.focus();
    }
}

/** Press a key until the field of this name has the focus; a field out of reach is an error. */
export function go(keys, name) {
    for (let pressed = 0; pressed < 60; pressed++) {
        if (focusedField() === name) {
            return;
        }
        press(keys);
    }
    throw new Error(`${keys} does not lead to ${name}`);
}

export function focusedField() {
    return document.activeElement.closest(".o_field_widget")?.getAttribute("name");
}

/** Wait until the field of this name has the focus. */
export async function focusIn(name) {
    // Not by `:focus`: to jQuery nothing has it while the window of the browser does not.
    for (let waited = 0; focusedField() !== name; waited++) {
        if (waited > 100) {
            throw new Error(`the cursor stands in ${focusedField()}, not in ${name}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
