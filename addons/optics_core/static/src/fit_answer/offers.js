/** @odoo-module **/

/**
 * Offers of lenses as the assistant's table shows them. Nothing is imported here: Node tests it.
 */

/** Millimetres of the thickest place of either eye; unknown counts as thick. */
export function thickest(eyes) {
    const places = Object.values(eyes).flatMap(({ centre, edge }) => [centre, edge]);
    return places.some((place) => place === null) ? Infinity : Math.max(...places);
}

const KEYS = {
    price: (offer) => offer.price,
    ready: (offer) => offer.ready_on,
    thickness: (offer) => thickest(offer.eyes),
    index: (offer) => -offer.index,
};

/** By price, day, thickness or index; equal ones stay cheapest first. */
export function sorted(offers, by) {
    const key = KEYS[by];
    return [...offers].sort((one, other) => {
        const [a, b] = [key(one), key(other)];
        return a < b ? -1 : a > b ? 1 : one.price - other.price;
    });
}

/** One row of the table for each offer: rows differ by what the two eyes are made from. */
export function offerKey({ lens_id: lensId, source }) {
    return `${lensId}-${source}`;
}

/** Whether the rows chosen on the record are those of the offer. */
export function isChosen(offer, chosen) {
    return Object.entries(offer.eyes).every(
        ([eye, { range_id: rangeId }]) => chosen[eye] === rangeId,
    );
}

/** What the table says of a blank: one number for both eyes where they are alike. */
export function blankText(eyes) {
    const blanks = Object.values(eyes).map(({ diameter }) => diameter);
    return new Set(blanks).size === 1 ? `Ø${blanks[0]}` : blanks.map((b) => `Ø${b}`).join(" / ");
}

/** The thicker place of each eye, "4.2 / 3.8 mm": the rim of a minus lens, the middle of a plus. */
export function thicknessText(eyes) {
    const places = Object.values(eyes).map(({ centre, edge }) =>
        centre === null ? null : Math.max(centre, edge),
    );
    if (places.some((place) => place === null)) {
        return "";
    }
    const texts = places.map((place) => place.toFixed(1));
    return new Set(texts).size === 1 ? texts[0] : texts.join(" / ");
}
