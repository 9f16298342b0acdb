/** @odoo-module **/

/**
 * What the scanning screen makes of an answer. Nothing is imported here: Node tests it.
 */

const LOOKS = {
    done: { tone: "good", css: "text-bg-success", icon: "fa-check-circle" },
    refused: { tone: "bad", css: "text-bg-danger", icon: "fa-times-circle" },
    unknown: { tone: "bad", css: "text-bg-warning", icon: "fa-question-circle" },
};

/** Colour, sound and icon; an answer nobody foresaw is not a good one. */
export function lookOf(answer) {
    return LOOKS[answer.verdict] || LOOKS.refused;
}

/** What a scanner or a person typed, without what is not part of the number. */
export function scannedNumber(text) {
    // ]C1 is how some scanners announce Code 128; a long dash is how some keyboards type one.
    return text
        .trim()
        .replace(/^\](C|С)1/i, "")
        .replace(/[–—]/g, "-");
}

/** The last answers, the newest first. */
export function remembered(history, answer, limit = 12) {
    return [answer, ...history].slice(0, limit);
}
