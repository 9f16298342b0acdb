/** @odoo-module **/

/**
 * What the left eye gets when the right one is copied to it. Nothing is imported here: Node
 * tests it.
 *
 * In and out are told from the nose, so that a base keeps its word. Acuity and monocular PD are
 * measured of each eye and are not copied.
 */

const COPIED = [
    "sph",
    "cyl",
    "axis",
    "add",
    "prism_h",
    "base_h",
    "prism_v",
    "base_v",
    "height",
    "cl_brand",
    "cl_bc",
    "cl_dia",
    "cl_power",
    "cl_cyl",
    "cl_axis",
    "cl_add",
    "cl_grade",
];

/** The changes to a record with these values; fields it does not have are left out. */
export function leftFromRight(data, isContact) {
    const changes = {};
    for (const name of COPIED) {
        if (name.startsWith("cl_") === isContact && `os_${name}` in data) {
            changes[`os_${name}`] = data[`od_${name}`];
        }
    }
    return changes;
}
