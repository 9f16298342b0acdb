/** @odoo-module **/

/**
 * Where a card may be dropped. Nothing is imported here: Node tests it.
 *
 * The table comes from the server, rows of `rules.work_order` that the user may take:
 * `{ state, action, name, target, asks }`.
 */

// A job on hold goes back to the state it was held in.
const PREVIOUS = "previous";

function targetOf(row, card) {
    return row.target === PREVIOUS ? card.held_from : row.target;
}

/** The step that a drop of the card into the column `target` means, or undefined. */
export function stepOfDrop(table, card, target) {
    return table.find((row) => row.state === card.state && targetOf(row, card) === target);
}

/** The states of all columns that take the card. */
export function legalTargets(table, card) {
    return table.filter((row) => row.state === card.state).map((row) => targetOf(row, card));
}
