/** @odoo-module **/

import { registry } from "@web/core/registry";

const input = (name) => `.o_optics_fit .o_field_widget[name=${name}] input`;

// An assistant answers before taking money: does it fit, how thick, how much, when.
registry.category("web_tour.tours").add("optics_assistant_answers", {
    test: true,
    url: "/web#action=optics_core.fit_action",
    steps: () => [
        { content: "whose glasses", trigger: input("patient_id"), run: "text Очкарикова" },
        {
            content: "the customer is found",
            trigger: ".o-autocomplete--dropdown-item:contains(Очкарикова Вера)",
        },
        {
            content: "the last prescription is taken over",
            trigger: `${input("od_sph")}:propValue(-2.00)`,
            isCheck: true,
        },
        {
            content: "lenses are offered before a frame is chosen, and what to measure is said",
            trigger: ".o_optics_fit_eye.o_optics_unknown:contains(DBL)",
            isCheck: true,
        },
        { content: "a large frame", trigger: input("frame_product_id"), run: "text Big frame" },
        {
            content: "is found",
            trigger: ".o-autocomplete--dropdown-item:contains(Big frame)",
        },
        {
            content: "no stock blank is large enough for it",
            trigger: ".o_optics_fit_eye.o_optics_too_small:contains(70 mm)",
            isCheck: true,
        },
        {
            content: "so the lens is made, and dearer",
            trigger: ".o_optics_offer:first:contains(Made 1.6)",
            isCheck: true,
        },
        { content: "another frame", trigger: input("frame_product_id"), run: "text Tour frame" },
        {
            content: "is found",
            trigger: ".o-autocomplete--dropdown-item:contains(Tour frame)",
        },
        {
            content: "its stock blanks fit both eyes",
            trigger: ".o_optics_fit_eyes:not(:has(.o_optics_too_small)):has(.o_optics_fits)",
            isCheck: true,
        },
        {
            content: "indexes are compared side by side",
            trigger: ".o_optics_fit_thickness figure:nth-child(4):contains(1.74)",
            isCheck: true,
        },
        { content: "a cylinder beyond the catalogue", trigger: input("os_cyl"), run: "text -9" },
        { content: "with its axis", trigger: input("os_axis"), run: "text 90" },
        {
            content: "is answered with the limit that failed",
            trigger: ".o_optics_fit_failed:contains(cylinder -9.00):contains(-4.00)",
            isCheck: true,
        },
        { content: "it was a slip", trigger: input("os_cyl"), run: "text -0.5" },
        {
            content: "sorted by the day",
            trigger: ".o_optics_fit_answer .btn-group button:nth-child(2)",
        },
        {
            content: "the lens on the shelf comes first; it is chosen",
            trigger: ".o_optics_offer:first:contains(Stock 1.5)",
        },
        {
            content: "it is marked",
            trigger: ".o_optics_offer[aria-checked=true]:contains(Stock 1.5)",
            isCheck: true,
        },
        { content: "ordered", trigger: "button[name=action_create_order]" },
        {
            content: "the order has the lens",
            trigger: ".o_form_view:not(:has(.o_optics_fit)) .o_field_widget[name=od_lens_id]",
            isCheck: true,
        },
    ],
});
