/** @odoo-module **/

import { registry } from "@web/core/registry";

// Lenses of many jobs ordered at once.
registry.category("web_tour.tours").add("optics_lens_purchase", {
    test: true,
    url: "/web#action=optics_core.order_action_to_order",
    steps: () => [
        {
            content: "mark every job",
            trigger: "thead .o_list_record_selector input",
        },
        {
            content: "order their lenses",
            trigger: ".o_control_panel button:contains(Order Lenses)",
        },
        {
            content: "powers in the supplier's sign",
            trigger: ".o_data_row:contains('99-000001'):contains('-3.00 +1.00 × 110')",
            isCheck: true,
        },
        { content: "make the drafts", trigger: "button[name=action_order]" },
        {
            content: "nothing is left to order",
            trigger: ".o_list_view:not(:has(.o_data_row:contains(99-000001)))",
            isCheck: true,
        },
    ],
});
