/** @odoo-module **/

/** Sentences of the tours about lab orders. */

/** What a keyboard-wedge scanner types: the number and Enter, with no field in focus. */
export function scan(number) {
    return {
        content: `scan ${number}`,
        trigger: ".o_optics_scan",
        run() {
            document.activeElement?.blur();
            for (const key of [...number, "Enter"]) {
                document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            }
        },
    };
}

export function choose(mode) {
    return { content: `mode ${mode}`, trigger: `.o_optics_scan [data-mode=${mode}]` };
}

export function answered(verdict, words = "") {
    return {
        content: `the screen says ${verdict} ${words}`,
        trigger: `.o_optics_scan_${verdict}:contains(${words})`,
        isCheck: true,
    };
}

/** On a narrow screen the states fold into a drop-down that shows the current one. */
export function isIn(label) {
    return {
        content: `the job is ${label}`,
        trigger: [".o_arrow_button_current", ".dropdown-toggle"]
            .map((part) => `.o_statusbar_status ${part}:contains(${label}):visible`)
            .join(", "),
        isCheck: true,
    };
}

export function press(transition) {
    return {
        content: `press ${transition}`,
        trigger: `.o_form_statusbar button[name=action_perform]:contains(${transition})`,
    };
}
