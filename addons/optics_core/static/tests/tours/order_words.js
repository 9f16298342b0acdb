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

export function isIn(state) {
    return {
        content: `the job is ${state}`,
        trigger: `.o_statusbar_status button.o_arrow_button_current[data-value=${state}]`,
        isCheck: true,
    };
}

export function press(transition) {
    return {
        content: `press ${transition}`,
        trigger: `.o_form_statusbar button[name=action_perform]:contains(${transition})`,
    };
}
