/** @odoo-module **/

/**
 * A retail price in the words of a shop: from which price, times how much, ending how. Written
 * as a formula of `rules/expression.py` and read back from one.
 * Nothing is imported here: Node tests it.
 */

/** Endings that shops use; "" leaves the price as computed. */
export const ENDINGS = ["", "0", "0.90", "9", "90"];

const NAME = "[a-z_]+";
const NUMBER = "\\d+(?:\\.\\d+)?";
const PRODUCT = new RegExp(`^(${NAME})( \\* rate)?(?: \\* (${NUMBER}))?$`);
const ENDED = new RegExp(`^round_to\\((.+), (${NUMBER})\\)$`);

/** `{base, rate, factor, ending}` as a formula; "" without a price to start from. */
export function composeFormula({ base, rate, factor, ending }) {
    if (!base) {
        return "";
    }
    const product = [base, rate && "rate", factor && factor !== "1" && factor]
        .filter(Boolean)
        .join(" * ");
    if (ending === "") {
        return product;
    }
    // Without kopecks: rounding, not an ending.
    return ending === "0" ? `round(${product})` : `round_to(${product}, ${ending})`;
}

/** The parts of a formula, or null where a person wrote one that has other parts. */
export function readFormula(formula) {
    const text = (formula || "").trim();
    if (!text) {
        return { base: "", rate: false, factor: "", ending: "" };
    }
    const ended = text.match(ENDED);
    const rounded = text.match(/^round\((.+)\)$/);
    const inner = ended ? ended[1] : rounded ? rounded[1] : text;
    const ending = ended ? ended[2] : rounded ? "0" : "";
    const parts = inner.match(PRODUCT);
    if (!parts || parts[1] === "rate") {
        return null;
    }
    if (!ENDINGS.includes(ending)) {
        return null;
    }
    return { base: parts[1], rate: Boolean(parts[2]), factor: parts[3] || "", ending };
}

/** "1,6" and "60 %" as people type them: "1.6" both; null is no factor above nothing. */
export function readFactor(typed) {
    const text = typed.trim().replace(/\s/g, "").replace(",", ".");
    if (text === "") {
        return "";
    }
    const percent = text.match(/^\+?(\d{1,4}(?:\.\d{1,4})?)%$/);
    if (percent) {
        return String(Number((1 + Number(percent[1]) / 100).toFixed(6)));
    }
    return /^\d{1,6}(\.\d{1,6})?$/.test(text) && Number(text) > 0 ? text : null;
}
