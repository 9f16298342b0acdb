/** @odoo-module **/

import { registry } from "@web/core/registry";

// The day of a data officer: who read what, and a person who wants to be forgotten.
registry.category("web_tour.tours").add("optics_data_officer", {
    test: true,
    url: "/web#action=optics_core.access_log_action",
    steps: () => [
        {
            content: "the journal names the reader",
            trigger: ".o_data_row:contains(t-reader):contains(Чужова Вера)",
            isCheck: true,
        },
        {
            content: "nothing can be added",
            trigger: ".o_control_panel:not(:has(.o_list_button_add))",
            isCheck: true,
        },
        {
            content: "to the requests",
            trigger: "button[data-menu-xmlid='optics_core.menu_personal_data']",
        },
        {
            content: "of persons",
            trigger: "a[data-menu-xmlid='optics_core.menu_person_requests']",
        },
        { content: "a new one", trigger: ".o_list_button_add" },
        {
            content: "to be erased",
            trigger: ".o_field_widget[name=kind] input[data-value=erasure]",
        },
        {
            content: "who",
            trigger: ".o_field_widget[name=patient_id] input",
            run: "text 9125554433",
        },
        {
            content: "found by number",
            trigger: ".o-autocomplete--dropdown-item:contains(Чужова Вера)",
        },
        {
            content: "request it",
            trigger: "button[name=action_ask_erasure]",
        },
        {
            content: "the second officer is waited for",
            trigger: ".o_statusbar_status button.o_arrow_button_current[data-value=waiting]",
            isCheck: true,
        },
        {
            content: "the first one has no button to erase",
            trigger: ".o_form_statusbar:not(:has(button[name=action_erase]))",
            isCheck: true,
        },
    ],
});

// Another officer carries it out.
registry.category("web_tour.tours").add("optics_second_officer", {
    test: true,
    url: "/web#action=optics_core.person_request_action",
    steps: () => [
        {
            content: "the waiting request",
            trigger: ".o_data_row:contains(Чужова Вера) td[name=name]",
        },
        { content: "erase for good", trigger: "button[name=action_erase]" },
        {
            content: "knowing that it cannot be taken back",
            trigger: ".modal-footer .btn-primary",
        },
        {
            content: "what was done is listed",
            trigger: ".o_field_widget[name=line_ids] .o_data_row",
            isCheck: true,
        },
        {
            content: "and the name is gone",
            trigger: ".o_field_widget[name=patient_id]:not(:contains(Чужова))",
            isCheck: true,
        },
    ],
});
