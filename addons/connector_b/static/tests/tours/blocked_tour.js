/** @odoo-module **/

import { registry } from "@web/core/registry";

import { isIn, press, sees } from "./upload_words";

// A till has receipts under way: an operator waits, a manager may go on with a reason.
registry.category("web_tour.tours").add("connector_b_blocked_operator", {
    test: true,
    steps: () => [
        sees("the till is named", ".alert:contains(Till 1):contains(3 receipts)"),
        sees(
            "nothing imports",
            ".o_form_view:not(:has(button[name=action_import], button[name=action_ask_override]))",
        ),
    ],
});

registry.category("web_tour.tours").add("connector_b_blocked_manager", {
    test: true,
    steps: () => [
        sees("the till is named", ".alert:contains(Till 1)"),
        press("action_ask_override"),
        sees("it is named once more", ".alert:contains(Till 1)"),
        {
            content: "say why",
            trigger: "[name=reason] input",
            run: "text The till is broken",
        },
        { content: "go on", trigger: "button[name=action_import]" },
        isIn("Done"),
        sees("the reason is kept", ".o_form_view:contains(The till is broken)"),
    ],
});
