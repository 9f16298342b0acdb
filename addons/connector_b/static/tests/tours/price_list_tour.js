/** @odoo-module **/

import { registry } from "@web/core/registry";

import {
    chooseFile,
    give,
    isIn,
    means,
    openTile,
    press,
    sees,
    select,
    tile,
    type,
} from "./upload_words";

// A-00001 is in the shop for 1000; of A-00003 the formula is broken.
const PRICES = `Optica Supply, price list;;;;
Article;Name;Barcode;Wholesale price;Colour note
A-00001;Frame 00001;2000000000015;1 250,50;red
A-00002;Frame 00002;2000000000022;980,00;blue
A-00003;Frame 00003;2000000000039;#REF!;blue
A-00004;Frame 00004;2000000000046;1 400,00;
`;

// A clerk who has never seen the screen: from a supplier's file to products, and back out again.
registry.category("web_tour.tours").add("connector_b_upload_to_undo", {
    test: true,
    url: "/web#action=connector_b.action_import_job",
    steps: () => [
        {
            content: "begin",
            trigger: ".o_control_panel_main_buttons button:contains(Upload a Price List):visible",
        },
        chooseFile("optica.csv", PRICES),
        sees("the header is found below the title", ".o_import_names th:contains(Article)"),
        means("Article", "Supplier's code"),
        means("Name", "Name"),
        means("Barcode", "Barcode"),
        means("Wholesale price", "Supplier's price"),
        sees("the price is read", ".o_import_value:contains(1250.5)"),
        sees("what is wrong is said in the cell", ".o_import_problem:contains(#REF!)"),
        sees(
            "the supplier is known by the title",
            ".o_import_supplier input:propValue(Optica Supply)",
        ),
        ...give("Colour note", "Description"),
        sees(
            "the description is read",
            ".o_import_guessed, .o_import_chosen[data-column='Colour note']",
        ),
        select(".o_import_base", "supplier_price"),
        type(".o_import_factor", "60%"),
        select(".o_import_ending", "0.90"),
        sees("the price is computed live", ".o_import_examples b:contains(2000.9)"),
        { content: "check", trigger: ".o_import_check:enabled" },
        tile("created", 2),
        tile("refused", 1),
        tile("attention", 1),
        sees("what stands out is shown first", "[data-tile=attention].o_import_active"),
        sees("the old price and the new one", "tr[data-number=3] .o_import_old:contains(1,000.00)"),
        {
            content: "accept the price",
            trigger: "tr[data-number=3] .o_import_accept",
        },
        sees("it is accepted", "tr[data-number=3]:contains(accepted)"),
        openTile("refused"),
        sees("the refused row says where and what to do", "tr[data-number=5]:contains(#REF!)"),
        openTile("created"),
        sees("the new product with its price", "tr[data-number=4]:contains(1,567.90)"),
        press("action_import"),
        isIn("Done with errors"),
        tile("created", 2),
        tile("changed", 1),
        openTile("changed"),
        sees("the row is done", "tr[data-number=3] .fa-check"),
        press("action_ask_undo"),
        sees("what will happen is said", "li:contains(removed):contains(2)"),
        { content: "take back", trigger: "button[name=action_undo]" },
        isIn("Taken back"),
    ],
});
