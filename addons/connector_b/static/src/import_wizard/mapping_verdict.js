/** @odoo-module **/

/**
 * What the mapping screen tells a person who has never seen it: how sure a guess is, what is
 * still to be done, whether the file can be checked.
 * Nothing is imported here: Node tests it.
 */

const SURE = 0.85;
const LIKELY = 0.6;

/** How a guess looks: people trust colours before numbers. */
export function lookOfGuess(confidence) {
    if (confidence >= SURE) {
        return "sure";
    }
    return confidence >= LIKELY ? "likely" : "doubtful";
}

/**
 * How a column stands: "unused" means nothing, "guessed" as the program took it, "chosen" as a
 * person did, "bad" where rows of it are refused.
 */
export function lookOfColumn(column) {
    if (!column.target) {
        return "unused";
    }
    if (column.bad > 0) {
        return "bad";
    }
    return isGuess(column) ? "guessed" : "chosen";
}

export function isGuess({ target, guess }) {
    return Boolean(target && guess && guess.target === target);
}

/** What each kind of product cannot be made without; one of each list is enough. */
const NEEDED = {
    product: [["name"], ["list_price", "cost", "supplier_price", "quantity"]],
    frame: [
        ["frame_model", "name"],
        ["list_price", "cost", "supplier_price", "quantity"],
    ],
    lens: [
        ["lens_name", "name"],
        ["list_price", "cost", "supplier_price"],
    ],
};

/** Lists of targets of which none is filled; the file may be checked all the same. */
export function lacking(what, filled) {
    return (NEEDED[what] || []).filter((any) => !any.some((target) => filled.includes(target)));
}

const OF_SUPPLIER = ["supplier_code", "supplier_name", "supplier_price", "min_qty", "delay"];

/** Prices and codes are somebody's: without a supplier every row would be refused. */
export function needsSupplier(filled) {
    return OF_SUPPLIER.some((target) => filled.includes(target));
}

/** Quantities are counted somewhere, unless a column of the file says where. */
export function needsLocation(filled) {
    return filled.includes("quantity") && !filled.includes("location");
}

/** Whether the file can be checked: nothing about the mapping itself is wrong. */
export function verdictOf(screen, { partner, location } = {}) {
    if (screen.failure) {
        return "unreadable";
    }
    if (screen.problems.some(({ refuses }) => refuses)) {
        return "wrong";
    }
    if (!screen.grid && !screen.columns.some(({ target }) => target)) {
        return "empty";
    }
    if (needsSupplier(screen.filled) && !partner) {
        return "no_supplier";
    }
    if (needsLocation(screen.filled) && !location) {
        return "no_location";
    }
    return screen.counts.good === 0 && !screen.grid ? "nothing_good" : "ready";
}
