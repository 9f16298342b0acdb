/** @odoo-module **/

/**
 * How long it still takes, in the roundness of a person's guess.
 * Nothing is imported here: Node tests it.
 */

/** `{unit, count}`: "seconds" up to a minute, in fives; then "minutes"; then "hours". */
export function timeLeft(seconds) {
    if (!seconds || seconds < 0) {
        return null;
    }
    if (seconds < 60) {
        return { unit: "seconds", count: Math.max(5, Math.ceil(seconds / 5) * 5) };
    }
    if (seconds < 3600) {
        return { unit: "minutes", count: Math.ceil(seconds / 60) };
    }
    return { unit: "hours", count: Math.round(seconds / 360) / 10 };
}

/** Rows a second: whole when many, one decimal when few. */
export function speedText(speed, decimalPoint = ".") {
    if (!speed) {
        return "";
    }
    return speed >= 10 ? String(Math.round(speed)) : speed.toFixed(1).replace(".", decimalPoint);
}
