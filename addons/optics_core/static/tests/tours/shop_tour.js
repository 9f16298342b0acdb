/** @odoo-module **/

import { registry } from "@web/core/registry";

import { answered, choose, isIn, press, scan } from "./order_words";

// The shop assistant: an order is confirmed, sent to the workshop, and ready glasses go out.
registry.category("web_tour.tours").add("optics_shop_day", {
    test: true,
    url: "/web#action=optics_core.order_action_board",
    steps: () => [
        { content: "the draft", trigger: ".o_kanban_record:contains(99-000001)" },
        press("Confirm"),
        isIn("Confirmed"),
        {
            content: "what was promised can no longer be typed over",
            trigger: ".o_field_widget[name=od_sph]:not(:has(input))",
            isCheck: true,
        },
        {
            content: "to the scanner",
            trigger: "button[data-menu-xmlid='optics_core.menu_orders']",
        },
        { content: "scan", trigger: "a[data-menu-xmlid='optics_core.menu_order_scan']" },
        choose("pack"),
        scan("99-000001"),
        answered("done", "for Lab"),
        choose("open"),
        scan("99-000002"),
        isIn("Ready"),
        {
            content: "the customer is at the counter already: no message",
            trigger: "button[name=action_take_back_notification]",
        },
        {
            content: "it was taken back",
            trigger: ".o_form_view:not(:has(button[name=action_take_back_notification]))",
            isCheck: true,
        },
        press("Hand Over"),
        {
            content: "who came",
            trigger: ".o_field_widget[name=collected_by] input",
            run: "text Her son",
        },
        { content: "that is all", trigger: "button[name=action_apply]" },
        isIn("Delivered"),
    ],
});
