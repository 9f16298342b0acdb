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

const WORTH_OFFERING = 0.4;

/** A guess that was not taken, where it is good enough to be offered with one click. */
export function offerOf({ target, guess }) {
    return !target && guess && guess.target && guess.confidence >= WORTH_OFFERING ? guess : null;
}

/** Columns that a person is to look at: what they may mean is taken from nowhere else. */
export function undecided({ columns, filled }) {
    return columns.filter((column) => {
        const offer = offerOf(column);
        return offer && !filled.includes(offer.target);
    });
}

/** What new products are called by, one of them is enough. */
const NAMES = {
    product: ["name"],
    frame: ["frame_model", "name"],
    lens: ["lens_name", "name"],
};
const PRICES = ["supplier_price", "list_price", "cost"];

/**
 * What a price list is expected to tell and nobody takes from it: "price", "name"; `offers` are
 * columns guessed to hold it. The file may be checked all the same.
 */
export function gaps(what, { grid, filled, columns }) {
    if (grid) {
        return [];
    }
    const expected = [
        { kind: "price", targets: PRICES },
        { kind: "name", targets: NAMES[what] || NAMES.product },
    ];
    return expected
        .filter(({ targets }) => !targets.some((target) => filled.includes(target)))
        .map(({ kind, targets }) => ({
            kind,
            offers: columns.filter((column) => targets.includes(offerOf(column)?.target)),
        }));
}

/** Whether to ask before a check without prices; a list of quantities alone is a usual thing. */
export function asksForPrice(what, screen) {
    const price = gaps(what, screen).find(({ kind }) => kind === "price");
    return Boolean(price && (price.offers.length || !screen.filled.includes("quantity")));
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
    if (!screen.grid && !Object.values(screen.counts).some(Boolean)) {
        return "no_rows";
    }
    if (needsSupplier(screen.filled) && !partner) {
        return "no_supplier";
    }
    if (needsLocation(screen.filled) && !location) {
        return "no_location";
    }
    return screen.counts.good === 0 && !screen.grid ? "nothing_good" : "ready";
}
