/** @odoo-module **/

/**
 * How the preview shows numbers and rows: what stands out, what moves up or down.
 * Nothing is imported here: Node tests it.
 */

/** Tiles in the order of a person's interest; "tone" is how much they should worry. */
export const TILES = [
    { which: "created", tone: "success", icon: "fa-plus-circle" },
    { which: "changed", tone: "info", icon: "fa-pencil" },
    { which: "unchanged", tone: "muted", icon: "fa-check" },
    { which: "attention", tone: "warning", icon: "fa-exclamation-triangle" },
    { which: "refused", tone: "danger", icon: "fa-ban" },
    { which: "missing", tone: "muted", icon: "fa-eye-slash" },
];

/** A tile with nothing in it worries nobody. */
export function toneOf({ tone }, count) {
    return count ? tone : "none";
}

/** "+25.0 %", "−3.1 %"; "" where a row has no price to compare: the server sends 0 then. */
export function shiftText(percent, decimalPoint = ".") {
    if (!percent) {
        return "";
    }
    const text = Math.abs(percent).toFixed(1).replace(".", decimalPoint);
    return `${percent > 0 ? "+" : "−"}${text} %`;
}

/** In whole per cent; nothing where there is none, which the server sends as 0. */
export function marginText(percent) {
    if (!percent) {
        return "";
    }
    return `${percent < 0 ? "−" : ""}${Math.abs(percent).toFixed(0)} %`;
}

/** Whether a change goes up or down, where both sides are numbers. */
export function directionOf({ old, new: now }) {
    const numbers = [old, now].map(readNumber);
    if (numbers.some((number) => number === null) || numbers[0] === numbers[1]) {
        return "other";
    }
    return numbers[1] > numbers[0] ? "up" : "down";
}

function readNumber(value) {
    if (typeof value === "number") {
        return value;
    }
    if (typeof value !== "string" || !/^-?[\d\s  ]+([.,]\d+)?$/.test(value.trim())) {
        return null;
    }
    return Number(value.replace(/[\s  ]/g, "").replace(",", "."));
}

/** A value of a change as a person reads it. */
export function valueText(value, words) {
    if (value === true) {
        return words.yes;
    }
    if (value === false) {
        return words.no;
    }
    if (value === null || value === undefined || value === "") {
        return "";
    }
    return typeof value === "number" ? String(Number(value.toFixed(4))) : String(value);
}

/** What a person may do about a row: accept, take back, leave to a manager, or nothing. */
export function decisionOf(row, { is_draft: isDraft, may_pass_floor: mayPassFloor }) {
    if (!row.attention || !isDraft || row.state !== "pending") {
        return "none";
    }
    if (row.below_floor && !mayPassFloor) {
        return "manager";
    }
    return row.accepted ? "accepted" : "open";
}
