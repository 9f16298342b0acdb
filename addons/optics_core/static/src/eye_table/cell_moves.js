/** @odoo-module **/

/**
 * Where a key leads in a table of cells. Nothing is imported here: Node tests it.
 *
 * @param {string[][]} rows names of the cells, row by row
 * @returns {string|undefined} the name of the cell to go to; none where the key means nothing
 */
export function cellAfter(rows, name, key) {
    const row = rows.findIndex((cells) => cells.includes(name));
    if (row < 0) {
        return undefined;
    }
    const column = rows[row].indexOf(name);
    switch (key) {
        case "ArrowDown":
            return rows[row + 1]?.[column];
        case "ArrowUp":
            return rows[row - 1]?.[column];
        case "Enter":
            // Down the column, then on to the top of the next one.
            return rows[row + 1]?.[column] ?? rows[0][column + 1];
        default:
            return undefined;
    }
}
