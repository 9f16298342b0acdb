/** @odoo-module **/

import { registry } from "@web/core/registry";

import { focusIn, go, paste, press, type } from "./keyboard";

const cell = (name) => `.o_optics_eye_table .o_field_widget[name=${name}] input`;
const holds = (name, text) => `${cell(name)}:propValue(${text})`;

function check(condition, message) {
    if (!condition) {
        throw new Error(message);
    }
}

// An optometrist with a patient in the chair, and no hand for the mouse.
registry.category("web_tour.tours").add("optics_prescription_by_keyboard", {
    test: true,
    url: "/web#action=optics_core.prescription_action",
    steps: () => [
        {
            content: "a new prescription",
            trigger: ".o_list_view",
            run: () => press("alt+c"),
        },
        {
            content: "begins with the patient",
            trigger: ".o_optics_prescription .o_field_widget[name=patient_id] input",
            run: async () => {
                await focusIn("patient_id");
                type("клавиатурова");
            },
        },
        {
            content: "who is found by surname",
            trigger: ".o-autocomplete--dropdown-item:contains(Клавиатурова)",
            run: () => press("Enter"),
        },
        {
            content: "a few tabs lead to the right sphere, where a line is pasted",
            trigger: ".o_field_widget[name=patient_id] input:propValueContains(Клавиатурова)",
            run: () => {
                go("Tab", "od_sph");
                paste("-2,25 -1.00 x 20");
            },
        },
        {
            content: "it fills the cylinder, too",
            trigger: holds("od_cyl", "-1.00"),
            isCheck: true,
        },
        {
            content: "and the axis, as three digits",
            trigger: holds("od_axis", "020"),
            isCheck: true,
        },
        {
            content: "Enter leads to the left eye",
            trigger: holds("od_sph", "-2.25"),
            run: async () => {
                press("Enter");
                await focusIn("os_sph");
                type("-5");
                press("Tab");
            },
        },
        {
            content: "a sphere alone is shown with its sign and two decimals",
            trigger: holds("os_sph", "-5.00"),
            isCheck: true,
        },
        {
            content: "a hint is seen, and stops nobody",
            trigger: ".o_optics_hints:contains(Anisometropia)",
            run: () => {
                go("Tab", "os_cyl");
                type("0");
                press("Tab");
            },
        },
        {
            content: "a zero typed over nothing is a zero",
            trigger: holds("os_cyl", "0.00"),
            run: () => {
                go("Tab", "os_axis");
                type("90");
                press("Tab");
            },
        },
        {
            content: "an axis without a cylinder",
            trigger: holds("os_axis", "090"),
            run: () => press("alt+s"),
        },
        {
            content: "is refused in words",
            trigger: ".o_optics_refusal:contains(OS Axis: 90 was typed without a cylinder)",
            isCheck: true,
        },
        {
            content: "and the cursor stands where it is to be mended",
            trigger: cell("os_axis"),
            run: async () => {
                await focusIn("os_axis");
                type("");
                press("Enter");
            },
        },
        {
            content: "Enter leads to the top of the next column",
            trigger: holds("os_axis", ""),
            run: async () => {
                await focusIn("od_add");
                press("alt+e");
            },
        },
        {
            content: "the right eye is copied to the left; now an unusual sphere",
            trigger: holds("os_cyl", "-1.00"),
            run: () => {
                go("shift+Tab", "od_sph");
                type("-20.5");
                press("Tab");
            },
        },
        {
            content: "is asked about while it is typed",
            trigger: ".o_optics_unusual:visible:contains(OD Sph: -20.50)",
            run: () => press("alt+s"),
        },
        {
            content: "and confirmed with a reason",
            trigger: ".o_field_widget[name=unusual_reason] input",
            run: async () => {
                await focusIn("unusual_reason");
                type("Checked twice");
                press("Tab");
            },
        },
        {
            content: "save",
            trigger: ".o_field_widget[name=unusual_reason] input:propValue(Checked twice)",
            run: () => press("alt+s"),
        },
        {
            content: "it is saved: the question is gone, the confirmation is kept",
            trigger: ".o_notebook .nav-link:contains(Confirmed unusual values)",
            isCheck: true,
        },
        {
            content: "sign",
            trigger: ".o_optics_prescription:not(:has(.o_optics_unusual:visible))",
            run: () => press("alt+g"),
        },
        {
            content: "it has a number and is closed",
            trigger: ".o_field_widget[name=name]:contains(РЦ/)",
            extra_trigger: ".o_optics_eye_table:not(:has(input))",
            run: () => press("alt+w"),
        },
        {
            content: "printed",
            trigger: ".o_optics_prescription",
            run: async () => {
                const deadline = Date.now() + 30000;
                const isPrinted = () =>
                    performance
                        .getEntriesByType("resource")
                        .some(({ name }) => name.includes("/report/download"));
                while (!isPrinted() && Date.now() < deadline) {
                    await new Promise((resolve) => setTimeout(resolve, 100));
                }
                check(isPrinted(), "the print was not asked for");
            },
        },
        {
            content: "amend",
            trigger: "body:not(:has(.o_blockUI)) .o_optics_prescription",
            run: () => press("alt+m"),
        },
        {
            content: "the reason is asked for first",
            trigger: ".o_field_widget[name=amend_reason] input",
            run: async () => {
                await focusIn("amend_reason");
                type("Wrong axis");
                go("shift+Tab", "od_axis");
                type("25");
                press("Tab");
            },
        },
        {
            content: "sign the second version",
            trigger: holds("od_axis", "025"),
            run: () => press("alt+g"),
        },
        {
            content: "it counts now",
            trigger: ".o_optics_prescription:contains(v2) .o_optics_eye_table:not(:has(input))",
            isCheck: true,
        },
    ],
});
