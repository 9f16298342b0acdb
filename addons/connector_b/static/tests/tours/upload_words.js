/** @odoo-module **/

/** Sentences of the tours about price lists. */

/** The browser's own file dialog cannot be driven: the file is given to the input it fills. */
export function chooseFile(name, content) {
    return {
        content: `choose ${name}`,
        trigger: ".o_import_drop",
        run() {
            const files = new DataTransfer();
            files.items.add(new File([content], name));
            const input = document.querySelector(".o_import_file");
            input.files = files.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        },
    };
}

export function means(column, meaning) {
    return {
        content: `${column} means ${meaning}`,
        trigger: `.o_import_meanings th[data-column='${column}'] .o_select_menu_toggler:contains(${meaning})`,
        isCheck: true,
    };
}

/** Opens the list of meanings over a column and takes one. */
export function give(column, meaning) {
    return [
        {
            content: `open the meanings of ${column}`,
            trigger: `.o_import_meanings th[data-column='${column}'] .o_select_menu_toggler`,
        },
        {
            content: `take ${meaning}`,
            trigger: `.o_select_menu_item:contains(${meaning})`,
        },
    ];
}

/** An own `select` of the mapping screen. */
export function select(selector, value) {
    return {
        content: `${selector}: ${value}`,
        trigger: selector,
        run() {
            const box = document.querySelector(selector);
            box.value = value;
            box.dispatchEvent(new Event("change", { bubbles: true }));
        },
    };
}

export function type(selector, value) {
    return {
        content: `${selector}: type ${value}`,
        trigger: selector,
        run() {
            const box = document.querySelector(selector);
            box.value = value;
            box.dispatchEvent(new Event("change", { bubbles: true }));
        },
    };
}

export function sees(content, trigger) {
    return { content, trigger, isCheck: true };
}

export function tile(which, count) {
    return sees(`${which}: ${count}`, `[data-tile=${which}] .o_import_count:contains(${count})`);
}

export function openTile(which) {
    return { content: `open ${which}`, trigger: `[data-tile=${which}]` };
}

export function press(name) {
    return { content: `press ${name}`, trigger: `.o_statusbar_buttons button[name=${name}]` };
}

/** On a narrow screen the states fold into a drop-down that shows the current one. */
export function isIn(state) {
    return sees(
        `the import is ${state}`,
        `.o_statusbar_status .o_arrow_button_current:contains(${state})`,
    );
}
