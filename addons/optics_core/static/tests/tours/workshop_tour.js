/** @odoo-module **/

import { registry } from "@web/core/registry";

import { answered, choose, isIn, scan } from "./order_words";

const measured = (eye) => `.o_optics_quality .o_field_widget[name=${eye}_reading] input`;

// The day of a master: parcels in, a job onto the bench, measured, ready, and off to its shop.
registry.category("web_tour.tours").add("optics_master_day", {
    test: true,
    url: "/web#action=optics_core.scan_action",
    steps: () => [
        choose("accept"),
        scan("99-000001"),
        answered("done", "Accepted at Lab"),
        choose("start"),
        scan("99-000001"),
        answered("done", "In Production"),
        scan("99-000001"),
        answered("refused", "is not possible"),
        scan("99-777777"),
        answered("unknown", "99-777777"),
        choose("finish"),
        scan("99-000001"),
        answered("refused", "no quality check"),
        {
            content: "measure the glasses",
            trigger: ".o_optics_scan_answer button:contains(Check Quality)",
        },
        { content: "the right lens", trigger: measured("od"), run: "text -2.50 -1.00 x 20" },
        { content: "the left lens", trigger: measured("os"), run: "text -1.75" },
        {
            content: "the right sphere is beyond the tolerance, and in red",
            trigger: ".o_optics_verdict .table-danger:contains(OD):contains(-2.50)",
            isCheck: true,
        },
        {
            content: "the verdict is said",
            trigger: ".o_optics_result.text-bg-danger",
            isCheck: true,
        },
        {
            content: "it was held askew: measure again",
            trigger: measured("od"),
            run: "text -2.00 -1.00 x 21",
        },
        {
            content: "all in green",
            trigger: ".o_optics_quality:not(:has(.table-danger)) .o_optics_result.text-bg-success",
            isCheck: true,
        },
        { content: "keep it", trigger: ".o_form_button_save" },
        {
            content: "the glasses are ready",
            trigger: "button[name=action_finish_job]",
        },
        isIn("Ready"),
        {
            content: "back to the scanner",
            trigger: "button[data-menu-xmlid='optics_core.menu_workshop']",
        },
        { content: "scan", trigger: "a[data-menu-xmlid='optics_core.menu_workshop_scan']" },
        choose("pack"),
        scan("99-000001"),
        answered("done", "for Shop A"),
    ],
});
