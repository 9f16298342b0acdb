/** @odoo-module **/

import { registry } from "@web/core/registry";

import { chooseFile, sees } from "./upload_words";

// A picture that somebody named .xlsx: a sentence, and another try.
registry.category("web_tour.tours").add("connector_b_wrong_file", {
    test: true,
    url: "/web#action=connector_b.action_import_upload",
    steps: () => [
        chooseFile("price.xlsx", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
        sees("the file is named and what it is", ".o_import_failure:contains(price.xlsx)"),
        { content: "another file", trigger: ".o_import_another" },
        chooseFile("empty.csv", ""),
        sees("an empty file is called empty", ".o_import_failure:contains(empty.csv)"),
        { content: "another file", trigger: ".o_import_another" },
        chooseFile("price.csv", "Article;Name;Barcode\nA-1;Frame;2000000000015\n"),
        sees("a good one is shown", ".o_import_names th:contains(Article)"),
        sees("prices and codes are somebody's", ".o_import_obstacle:contains(supplier)"),
        sees("so it cannot be checked yet", ".o_import_check:disabled"),
    ],
});
