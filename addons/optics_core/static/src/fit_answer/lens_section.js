/** @odoo-module **/

/**
 * A lens cut through the middle, for comparing indexes by eye. Nothing is imported here: Node tests
 * it. Units are those of the SVG; thickness is drawn larger than life, alike for all.
 */

export const SECTION = { width: 46, height: 74, top: 5, left: 8 };
const PER_MILLIMETRE = 2.1;
const BULGE = 9;

/** Front and back as parabolas through rim and middle, the front to the left. */
export function sectionPath({ centre, edge }) {
    const { top, left, height } = SECTION;
    const bottom = top + height;
    const middle = top + height / 2;
    const rim = left + BULGE;
    const back = { rim: rim + edge * PER_MILLIMETRE, middle: left + centre * PER_MILLIMETRE };
    // The control point that makes a quadratic curve pass through the middle.
    const control = (atRim, atMiddle) => 2 * atMiddle - atRim;
    return [
        `M${rim} ${top}`,
        `Q${control(rim, left)} ${middle} ${rim} ${bottom}`,
        `L${back.rim} ${bottom}`,
        `Q${control(back.rim, back.middle)} ${middle} ${back.rim} ${top}`,
        "Z",
    ].join("");
}

/** The eye whose lens is the thicker one: it decides what is seen in the mirror. */
export function thickerEye(eyes) {
    const [first, ...rest] = Object.values(eyes);
    return rest.reduce(
        (thick, each) =>
            Math.max(each.centre, each.edge) > Math.max(thick.centre, thick.edge) ? each : thick,
        first,
    );
}
