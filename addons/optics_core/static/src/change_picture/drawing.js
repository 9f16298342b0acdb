/** @odoo-module **/

/**
 * Geometry of the picture "what changed": for each eye the sphere on a scale, the cylinder on the
 * protractor of a trial frame. Nothing is imported here: Node tests it.
 *
 * Numbers are units of the SVG, y pointing down.
 */

export const SCALE = { left: 16, right: 184, y: 34 };
export const DIAL = { x: 100, y: 142, radius: 64 };

/** Half dioptres around both values, at least two dioptres wide. */
export function scaleBounds(before, after) {
    let low = Math.floor(Math.min(before, after) - 0.5);
    let high = Math.ceil(Math.max(before, after) + 0.5);
    if (high - low < 2) {
        low -= 0.5;
        high += 0.5;
    }
    return { low, high };
}

/** Where a value stands on the scale. */
export function onScale(value, { low, high }) {
    return SCALE.left + ((value - low) / (high - low)) * (SCALE.right - SCALE.left);
}

/** Whole dioptres of the scale, thinned out to at most nine marks. */
export function ticks({ low, high }) {
    const step = Math.ceil((high - low) / 8);
    const marks = [];
    for (let value = Math.ceil(low / step) * step; value <= high; value += step) {
        marks.push(value + 0);
    }
    return marks;
}

/**
 * The end of a cylinder's line on the dial. As the examiner sees it (TABO): 0 to the right,
 * 90 up, 180 to the left, for both eyes. Its length tells the strength, `longest` fills the dial.
 */
export function cylinderEnd({ cyl, axis }, longest) {
    if (!cyl || !axis) {
        return null;
    }
    const angle = (axis * Math.PI) / 180;
    const length = DIAL.radius * Math.min(1, Math.abs(cyl) / longest);
    return {
        x: DIAL.x + length * Math.cos(angle),
        y: DIAL.y - length * Math.sin(angle),
    };
}

/** Everything the template draws for one eye. */
export function drawing({ before, after }) {
    const bounds = scaleBounds(before.spherical_equivalent, after.spherical_equivalent);
    // A weak cylinder stays visibly weak: the dial is never less than a dioptre wide.
    const longest = Math.max(1, Math.abs(before.cyl), Math.abs(after.cyl));
    return {
        marks: ticks(bounds).map((value) => ({
            value,
            text: value > 0 ? `+${value}` : String(value),
            x: onScale(value, bounds),
        })),
        before: {
            x: onScale(before.spherical_equivalent, bounds),
            cylinder: cylinderEnd(before, longest),
        },
        after: {
            x: onScale(after.spherical_equivalent, bounds),
            cylinder: cylinderEnd(after, longest),
        },
        longest,
    };
}
