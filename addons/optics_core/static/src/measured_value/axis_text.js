/** @odoo-module **/

/** An axis as three digits without sign. Nothing is imported here: Node tests it. */

export function axisText(value) {
    if (value === false || value === null || value === undefined) {
        return "";
    }
    return String(value).padStart(3, "0");
}

/** What was typed as `{ value }`, or `{}` if it is not a whole number; its range is the server's. */
export function readAxis(text) {
    const typed = text.trim();
    if (typed === "") {
        return { value: false };
    }
    const [, digits] = typed.match(/^(\d{1,3})°?$/) || [];
    return digits ? { value: Number(digits) } : {};
}
