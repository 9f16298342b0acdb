/** @odoo-module **/

import { registry } from "@web/core/registry";

const column = (name) => `.o_kanban_group:has(.o_column_title:contains(${name}))`;
const dropOn = (name) => (actions) => actions.drag_and_drop_native(column(name));
const card = (name, number) => `${column(name)} .o_kanban_record.o_draggable:contains(${number})`;

// The board: a card goes where the table lets it, asks why where that must be said.
registry.category("web_tour.tours").add("optics_board", {
    test: true,
    url: "/web#action=optics_core.order_action_board",
    steps: () => [
        {
            content: "not past the bench",
            trigger: card("Confirmed", "99-000001"),
            run: dropOn("Ready"),
        },
        {
            content: "and the board says where to",
            trigger: ".o_notification:contains(99-000001):contains(In Production)",
            isCheck: true,
        },
        {
            content: "onto the bench",
            trigger: card("Confirmed", "99-000001"),
            run: dropOn("In Production"),
        },
        {
            content: "there it is",
            trigger: card("In Production", "99-000001"),
            isCheck: true,
        },
        {
            content: "unchecked glasses are not ready",
            trigger: card("In Production", "99-000001"),
            run: dropOn("Ready"),
        },
        {
            content: "the server says so",
            trigger: ".modal-body:contains(no quality check)",
            isCheck: true,
        },
        { content: "understood", trigger: "footer button:contains(Close)" },
        {
            content: "the card is back",
            trigger: card("In Production", "99-000001"),
            isCheck: true,
        },
        {
            content: "a pause wants a reason",
            trigger: card("In Production", "99-000001"),
            run: dropOn("On Hold"),
        },
        {
            content: "the reason",
            trigger: ".o_field_widget[name=reason] input",
            run: "text No water",
        },
        { content: "apply", trigger: "button[name=action_apply]" },
        { content: "on hold", trigger: card("On Hold", "99-000001"), isCheck: true },
    ],
});
