/** @odoo-module **/

/**
 * What a person changes on the mapping screen, as steps from one mapping to the next. A mapping
 * is the JSON of `rules/mapping.py`; none of these changes the one it is given.
 * Nothing is imported here: Node tests it.
 */

/** "by" of rules that read a column of the file. */
const COLUMN_RULES = ["name", "position", "pattern"];

/** How numbers look in a file, as a person recognises them. */
export const NUMBER_LOOKS = [
    { value: "auto", decimal: "auto", thousands: "auto", example: "" },
    { value: "space_comma", decimal: ",", thousands: " ", example: "1 234,50" },
    { value: "comma_point", decimal: ".", thousands: ",", example: "1,234.50" },
    { value: "point_comma", decimal: ",", thousands: ".", example: "1.234,50" },
    { value: "space_point", decimal: ".", thousands: " ", example: "1 234.50" },
    { value: "comma", decimal: ",", thousands: "none", example: "1234,50" },
    { value: "point", decimal: ".", thousands: "none", example: "1234.50" },
];

export function isColumnRule(rule) {
    return COLUMN_RULES.includes(rule.by);
}

export function ruleOf(mapping, target) {
    return mapping.columns.find((rule) => rule.target === target);
}

function without(rule, name) {
    const kept = { ...rule };
    delete kept[name];
    return kept;
}

/**
 * A column of the file gets a meaning, or loses the one it had (`target` null).
 *
 * The meaning leaves the column that had it: one thing is read from one place. What else was
 * said of it (a formula, a default) moves along.
 */
export function withMeaning(mapping, column, target) {
    const moved = target && ruleOf(mapping, target);
    const columns = mapping.columns.filter(
        (rule) => rule.target !== target && rule.target !== column.target,
    );
    if (target) {
        // Without a name there is only its place.
        const by = column.named ? "name" : "position";
        columns.push({ ...without(moved, "fixed"), target, by, source: column.label });
    }
    return { ...mapping, columns };
}

export function withoutTarget(mapping, target) {
    return { ...mapping, columns: mapping.columns.filter((rule) => rule.target !== target) };
}

/** One value for every row; it takes the place of a column. */
export function withFixed(mapping, target, fixed) {
    const rule = { target, by: "fixed", fixed };
    const known = mapping.columns.some((each) => each.target === target);
    const columns = known
        ? mapping.columns.map((each) => (each.target === target ? rule : each))
        : [...mapping.columns, rule];
    return { ...mapping, columns };
}

/** A formula computes the value; with a column it works on what stands there. */
export function withExpression(mapping, target, text) {
    const expression = text.trim();
    const rule = ruleOf(mapping, target);
    if (rule && isColumnRule(rule)) {
        const changed = expression ? { ...rule, expression } : without(rule, "expression");
        return {
            ...mapping,
            columns: mapping.columns.map((each) => (each === rule ? changed : each)),
        };
    }
    const others = withoutTarget(mapping, target);
    if (!expression) {
        return others;
    }
    return { ...others, columns: [...others.columns, { target, by: "expression", expression }] };
}

/** Keys in use come first, in their order; the others after them, as they stand in `all`. */
export function orderedKeys(mapping, all) {
    return [...mapping.keys, ...all.filter((key) => !mapping.keys.includes(key))];
}

/** The last key stays: without one no row finds its product. */
export function withKeyToggled(mapping, key) {
    const used = mapping.keys.includes(key);
    if (used && mapping.keys.length === 1) {
        return mapping;
    }
    const keys = used ? mapping.keys.filter((each) => each !== key) : [...mapping.keys, key];
    return { ...mapping, keys };
}

export function withKeyRaised(mapping, key) {
    const keys = [...mapping.keys];
    const place = keys.indexOf(key);
    if (place > 0) {
        keys.splice(place - 1, 2, key, keys[place - 1]);
    }
    return { ...mapping, keys };
}

export function withFilter(mapping, place, change) {
    const filters = mapping.filters.map((each, index) =>
        index === place ? { ...each, ...change } : each,
    );
    return { ...mapping, filters };
}

export function withNewFilter(mapping, name) {
    const filter = { name, test: "empty", value: "", action: "skip", place: "target" };
    return { ...mapping, filters: [...mapping.filters, filter] };
}

export function withoutFilter(mapping, place) {
    return { ...mapping, filters: mapping.filters.filter((each, index) => index !== place) };
}

/** A filter asks a column that means something, or one that means nothing by its header. */
export function filterSubjects(columns) {
    return columns
        .filter(({ label }) => label)
        .map(({ label, target }) =>
            target
                ? { place: "target", name: target, label }
                : { place: "column", name: label, label },
        );
}

export function numberLook(number) {
    const { decimal = "auto", thousands = "auto" } = number || {};
    const alike = NUMBER_LOOKS.filter((each) => each.decimal === decimal);
    // A sign that is left to itself is shown as the one that is usual beside the other.
    const look = alike.find((each) => each.thousands === thousands || thousands === "auto");
    return look ? look.value : "other";
}

export function withNumberLook(mapping, value) {
    const look = NUMBER_LOOKS.find((each) => each.value === value);
    const { decimal, thousands } = look;
    return { ...mapping, number: { ...mapping.number, decimal, thousands } };
}

/** "92,5" as people type it; "" is no rate; null is no number above nothing. */
export function readRate(text) {
    const typed = text.trim().replace(/[\s ]/g, "").replace(",", ".");
    if (typed === "") {
        return "";
    }
    return /^\d{1,9}(\.\d{1,6})?$/.test(typed) && Number(typed) > 0 ? typed : null;
}

export function withRate(mapping, rate) {
    return { ...mapping, rate: rate === "" ? null : rate };
}
