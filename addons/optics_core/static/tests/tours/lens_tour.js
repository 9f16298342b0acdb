/** @odoo-module **/

import { registry } from "@web/core/registry";

const input = (name) => `.o_field_widget[name=${name}] input`;
const row = (name) => `.o_field_widget[name=range_ids] .o_selected_row ${input(name)}`;

// A manager enters a lens with the range in which its supplier makes it, and sees it drawn.
registry.category("web_tour.tours").add("optics_lens_catalogue", {
    test: true,
    url: "/web#action=optics_core.lens_action",
    steps: () => [
        { content: "a new lens", trigger: ".o_list_button_add" },
        { content: "its name", trigger: input("name"), run: "text Tour 1.6 AR" },
        { content: "its index", trigger: input("index"), run: "text 1.6" },
        { content: "to its ranges", trigger: ".nav-link[name=ranges]" },
        { content: "a row", trigger: ".o_field_x2many_list_row_add a" },
        { content: "the blank", trigger: row("diameter"), run: "text 70" },
        { content: "spheres from", trigger: row("sph_min"), run: "text -6" },
        { content: "to", trigger: row("sph_max"), run: "text 4" },
        { content: "cylinders from", trigger: row("cyl_min"), run: "text -2" },
        { content: "the price", trigger: row("price_retail"), run: "text 2690" },
        { content: "to the picture", trigger: ".nav-link[name=availability]" },
        {
            content: "the range is drawn before it is saved",
            trigger: ".o_optics_availability polygon.o_optics_area",
            isCheck: true,
        },
        {
            content: "the mouse on a power",
            trigger: ".o_optics_availability svg",
            run: () => {
                const svg = document.querySelector(".o_optics_availability svg");
                const area = svg.querySelector("polygon").getBoundingClientRect();
                svg.dispatchEvent(
                    new MouseEvent("mousemove", {
                        bubbles: true,
                        clientX: area.left + area.width / 2,
                        clientY: area.top + area.height / 2,
                    }),
                );
            },
        },
        {
            content: "tells blank and price",
            trigger: ".o_optics_found_row:contains(Ø70):contains(2,690)",
            isCheck: true,
        },
        { content: "kept", trigger: ".o_form_button_save" },
        { content: "saved", trigger: ".o_form_saved", isCheck: true },
    ],
});
