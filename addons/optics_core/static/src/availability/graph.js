/** @odoo-module **/

/**
 * Geometry of the availability graph: which powers a lens is made in, sphere across, cylinder
 * down, in minus cylinders whatever sign a row is written in. Nothing is imported here: Node tests
 * it.
 *
 * Numbers are dioptres until a scale turns them into units of the SVG, y pointing down.
 */

export const PLOT = { left: 44, top: 26, right: 708, bottom: 316 };

/** Corners of an area in minus notation: a row of plus cylinders becomes a slanted one. */
export function corners({ sph, cyl }) {
    const [low, high] = sph;
    const [first, last] = cyl;
    if (last <= 0) {
        return [
            [low, last],
            [high, last],
            [high, first],
            [low, first],
        ];
    }
    return [
        [low + first, 0 - first],
        [high + first, 0 - first],
        [high + last, 0 - last],
        [low + last, 0 - last],
    ];
}

/** Whole dioptres around all areas, so that no area ends on the frame of the picture. */
export function bounds(areas) {
    const points = areas.flatMap(corners);
    const spheres = points.map(([sph]) => sph);
    const cylinders = points.map(([, cyl]) => cyl);
    return {
        sph: [Math.floor(Math.min(0, ...spheres) - 0.5), Math.ceil(Math.max(0, ...spheres) + 0.5)],
        cyl: [Math.floor(Math.min(-1, ...cylinders) - 0.25), 0],
    };
}

/** Dioptres to units of the SVG and back. */
export function scales({ sph, cyl }) {
    const perSphere = (PLOT.right - PLOT.left) / (sph[1] - sph[0]);
    const perCylinder = (PLOT.bottom - PLOT.top) / (cyl[1] - cyl[0]);
    return {
        x: (value) => PLOT.left + (value - sph[0]) * perSphere,
        y: (value) => PLOT.top + (cyl[1] - value) * perCylinder,
        sphAt: (x) => sph[0] + (x - PLOT.left) / perSphere,
        cylAt: (y) => cyl[1] - (y - PLOT.top) / perCylinder,
    };
}

/** At most `most` marks on whole dioptres. */
export function ticks([low, high], most = 20) {
    const step = Math.ceil((high - low) / most);
    const marks = [];
    for (let value = Math.ceil(low / step) * step; value <= high; value += step) {
        marks.push(value + 0);
    }
    return marks;
}

/** The quarter dioptre nearest to where the mouse is; none outside the picture. */
export function powerAt(bounded, x, y) {
    const { sphAt, cylAt } = scales(bounded);
    const [sph, cyl] = [sphAt(x), cylAt(y)].map((value) => Math.round(value * 4) / 4 + 0);
    const inside = sph >= bounded.sph[0] && sph <= bounded.sph[1];
    return inside && cyl >= bounded.cyl[0] && cyl <= bounded.cyl[1] ? { sph, cyl } : null;
}

/** The areas in which a power of minus notation is made. */
export function areasAt(areas, { sph, cyl }) {
    return areas.filter((area) => {
        const plus = area.cyl[1] > 0;
        const [s, c] = plus && cyl ? [sph + cyl, -cyl] : [sph, cyl];
        return (
            area.sph[0] <= s &&
            s <= area.sph[1] &&
            area.cyl[0] <= c &&
            c <= area.cyl[1] &&
            Number.isInteger(s / area.step) &&
            Number.isInteger(c / area.step)
        );
    });
}

/** What can be shown or hidden: a source and a blank, smaller blanks first, stock before rx. */
export function layers(areas) {
    const byKey = new Map();
    for (const { source, diameter } of areas) {
        byKey.set(`${source}-${diameter}`, { source, diameter });
    }
    return [...byKey]
        .map(([key, layer]) => ({ key, ...layer }))
        .sort(
            (one, other) =>
                Number(one.source === "rx") - Number(other.source === "rx") ||
                one.diameter - other.diameter,
        );
}

/** Areas of the layers shown as SVG points, large ones first so that small ones lie on top. */
export function shapes(areas, shown, bounded) {
    const { x, y } = scales(bounded);
    return areas
        .filter(({ source, diameter }) => shown.has(`${source}-${diameter}`))
        .map((area) => ({
            ...area,
            points: corners(area)
                .map(([sph, cyl]) => `${x(sph)},${y(cyl)}`)
                .join(" "),
            size: (area.sph[1] - area.sph[0]) * (area.cyl[1] - area.cyl[0]),
        }))
        .sort((one, other) => other.size - one.size);
}
