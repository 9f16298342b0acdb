/** @odoo-module **/

import { registry } from "@web/core/registry";

const cell = (power) => `.o_optics_matrix td[data-power='${power}']`;

// A manager decides what to keep and orders what is short with one click.
registry.category("web_tour.tours").add("optics_stock_matrix", {
    test: true,
    url: "/web#action=optics_core.stock_matrix_action",
    steps: () => [
        {
            content: "what lies there is shown",
            trigger: `${cell("-1 0")}:contains(3)`,
            isCheck: true,
        },
        { content: "a cell of the grid", trigger: cell("-1 0") },
        {
            content: "up to the next row",
            trigger: cell("-1.25 -0.25"),
            run: ({ anchor }) =>
                (anchor || document.querySelector(cell("-1.25 -0.25"))).dispatchEvent(
                    new MouseEvent("click", { bubbles: true, shiftKey: true }),
                ),
        },
        {
            content: "four are selected",
            trigger: ".o_optics_matrix:has(.o_optics_selected:eq(3))",
            isCheck: true,
        },
        {
            content: "levels are typed as people write them",
            trigger: ".o_optics_matrix td input",
            run: "text 2/6",
        },
        {
            content: "and kept",
            trigger: ".o_optics_matrix td input",
            run: () =>
                document
                    .querySelector(".o_optics_matrix td input")
                    .dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })),
        },
        {
            content: "what lies there is enough, the others are short",
            trigger: `.o_optics_matrix:has(td.o_optics_short[data-power='-1.25 -0.25']):has(td.o_optics_enough[data-power='-1 0'])`,
            isCheck: true,
        },
        {
            content: "three powers, six lenses each",
            trigger: ".o_optics_order:contains(18):contains(3)",
        },
        {
            content: "the draft is named with its supplier",
            trigger: ".o_optics_ordered:contains(Lens Works):contains(18)",
            isCheck: true,
        },
        {
            content: "what is on its way is not short any more",
            trigger: `${cell("-1.25 0")}.o_optics_coming:contains(+6)`,
            isCheck: true,
        },
        {
            content: "and cannot be ordered twice",
            trigger: ".o_optics_order:disabled",
            isCheck: true,
        },
    ],
});
