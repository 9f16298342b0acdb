/** @odoo-module **/

/**
 * A dioptre or a millimetre as people write and read it. Nothing is imported here: Node tests it.
 *
 * An absent value is `false`, as Odoo sends it; 0 is a measured zero.
 */

const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/;

/** The text of a value: always with its sign when `sign` is asked for, except for zero. */
export function decimalText(value, { places = 2, sign = false } = {}) {
    if (value === false || value === null || value === undefined) {
        return "";
    }
    // Thousandths first, so that an eighth is cut (2.125 -> 2.12), never rounded up.
    const thousandths = Math.round(Math.abs(value) * 1000);
    const cut = Math.floor(thousandths / 10 ** (3 - places));
    const whole = Math.floor(cut / 10 ** places);
    const decimals = String(cut % 10 ** places).padStart(places, "0");
    const digits = places ? `${whole}.${decimals}` : String(whole);
    if (thousandths === 0) {
        return digits;
    }
    return (value < 0 ? "-" : sign ? "+" : "") + digits;
}

/**
 * What was typed as `{ value }`, or `{}` if it is not one number.
 *
 * Comma or dot, any of the minus signs of keyboards and of paper. That 0.12 of a dioptre stands for
 * 0.125 is the server's to know.
 */
export function readDecimal(text) {
    const typed = text
        .trim()
        .replace(/[−–—]/g, "-")
        .replace(/^([+-])\s+/, "$1");
    if (typed === "") {
        return { value: false };
    }
    if (!NUMBER.test(typed)) {
        return {};
    }
    // "+ 0" takes the minus off a zero.
    return { value: Number(typed.replace(",", ".")) + 0 };
}
