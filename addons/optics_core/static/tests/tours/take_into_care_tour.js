/** @odoo-module **/

import { registry } from "@web/core/registry";

// A customer of another shop stands at the counter: the assistant finds nothing of theirs, asks
// for the telephone number, takes them into care, and reads the prescription.
registry.category("web_tour.tours").add("optics_take_into_care", {
    test: true,
    url: "/web#action=optics_core.care_take_action",
    steps: () => [
        {
            content: "a piece of the number",
            trigger: ".o_field_widget[name=phone] input",
            run: "text 912 555-44",
        },
        {
            content: "leave the field",
            trigger: ".o_field_widget[name=full_name] input",
            run: "click",
        },
        {
            content: "finds nobody",
            trigger: ".modal-footer:not(:has(button[name=action_take]:visible))",
            isCheck: true,
        },
        {
            content: "the whole number, as the customer says it",
            trigger: ".o_field_widget[name=phone] input",
            run: "text 8 912 555 44 33",
        },
        {
            content: "leave the field",
            trigger: ".o_field_widget[name=full_name] input",
            run: "click",
        },
        {
            content: "finds one person",
            trigger: ".o_field_widget[name=patient_id]:contains(Чужова Вера)",
            isCheck: true,
        },
        {
            content: "why",
            trigger: ".o_field_widget[name=reason] input",
            run: "text заказывает очки здесь",
        },
        { content: "take", trigger: "button[name=action_take]" },
        {
            content: "the card opens with one prescription to read",
            trigger: "button[name=action_open_prescriptions]:contains(1)",
        },
        {
            content: "the prescription",
            trigger:
                ".o_list_view .o_data_row td[name=name], .o_list_view .o_data_row td[name=date]",
        },
        {
            content: "is open for reading",
            trigger: ".o_form_view .o_field_widget[name=patient_id]:contains(Чужова Вера)",
            isCheck: true,
        },
    ],
});
