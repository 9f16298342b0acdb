/** @odoo-module **/

/**
 * The stock matrix as data: which cells there are, how each looks, what a typed level means.
 * Nothing is imported here: Node tests it.
 */

/** Spheres down, plus on top; cylinders across, none on the left. */
export function axes(cells) {
    const unique = (values) => [...new Set(values)].sort((one, other) => other - one);
    return {
        spheres: unique(cells.map(({ sph }) => sph)),
        cylinders: unique(cells.map(({ cyl }) => cyl)),
    };
}

export function cellKey(sph, cyl) {
    return `${sph} ${cyl}`;
}

export function byKey(cells) {
    return new Map(cells.map((cell) => [cellKey(cell.sph, cell.cyl), cell]));
}

/** What a cell is to whoever fills the shelf; a power that is not offered has no cell. */
export function lookOf(cell) {
    if (!cell) {
        return "absent";
    }
    if (cell.to_order > 0) {
        return "short";
    }
    if (cell.expected > cell.on_hand) {
        return "coming";
    }
    if (cell.max > 0) {
        return "enough";
    }
    return cell.on_hand > 0 ? "unplanned" : "none";
}

export function levelText({ min, max }) {
    return max ? `${min}/${max}` : "";
}

/**
 * "2/6", "2 6" or "2-6" as minimum and maximum, "4" as both, nothing as no rule; `null` is not
 * understood. Limits are the server's to refuse in words.
 */
export function readLevel(text) {
    const typed = text.trim();
    if (typed === "") {
        return { min: 0, max: 0 };
    }
    const numbers = typed.match(/^(\d+)(?:\s*[/\-– ]\s*(\d+))?$/);
    if (!numbers) {
        return null;
    }
    const min = Number(numbers[1]);
    return { min, max: numbers[2] === undefined ? min : Number(numbers[2]) };
}

/** Cells of the rectangle between two cells, those that exist. */
export function rectangle(cells, from, to) {
    const between = (value, one, other) =>
        value >= Math.min(one, other) && value <= Math.max(one, other);
    return cells.filter(
        ({ sph, cyl }) => between(sph, from.sph, to.sph) && between(cyl, from.cyl, to.cyl),
    );
}

/** The next cell that exists in a direction, or the same one at the edge. */
export function neighbour(cells, { sph, cyl }, key) {
    const { spheres, cylinders } = axes(cells);
    const known = byKey(cells);
    const [down, right] = {
        ArrowDown: [1, 0],
        ArrowUp: [-1, 0],
        ArrowRight: [0, 1],
        ArrowLeft: [0, -1],
    }[key];
    let row = spheres.indexOf(sph) + down;
    let column = cylinders.indexOf(cyl) + right;
    while (spheres[row] !== undefined && cylinders[column] !== undefined) {
        if (known.has(cellKey(spheres[row], cylinders[column]))) {
            return { sph: spheres[row], cyl: cylinders[column] };
        }
        row += down;
        column += right;
    }
    return { sph, cyl };
}

/** The first sphere of the table that anything is kept in: where the eye should begin. */
export function firstKept(cells) {
    const kept = cells.filter((cell) => lookOf(cell) !== "none").map(({ sph }) => sph);
    return kept.length ? Math.max(...kept) : null;
}
