import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .connector_case import ConnectorCase, barcode

FILE = "Article;Name;Barcode;Wholesale price\nA-1;Frame 1;{};1 250,50\nA-2;Frame 2;{};many\n"


@tagged("post_install", "-at_install", "connector")
class TestImportWizard(ConnectorCase):
    """From an uploaded file to a checked import, without the browser."""

    def wizard(self, content=None, name="optica.csv", user=None, **values):
        content = FILE.format(barcode(1), barcode(2)) if content is None else content
        return (
            self.env["connector.import.wizard"]
            .with_user(user or self.operator)
            .create({"file": base64.b64encode(content.encode()), "file_name": name, **values})
        )

    def asked(self, screen, **values):
        return {
            "profile_id": screen["profile"]["id"],
            "mapping": screen["mapping"],
            "partner_id": self.supplier.id,
            "target": "product",
            **values,
        }

    def job_of(self, action):
        return self.env["connector.import.job"].browse(action["res_id"])

    def test_columns_are_guessed_and_their_cells_read(self):
        screen = self.wizard().read_screen()
        targets = {each["label"]: each["target"] for each in screen["columns"]}
        self.assertEqual(targets["Wholesale price"], "supplier_price")
        self.assertEqual(targets["Barcode"], "barcode")
        price = screen["columns"][3]
        first = price["cells"][0]
        self.assertEqual((first["raw"], first["value"]), ("1 250,50", "1250.5"))
        self.assertTrue(price["cells"][1]["problems"][0]["refuses"])
        self.assertEqual(screen["counts"], {"good": 1, "refused": 1, "skipped": 0})
        self.assertEqual((screen["text"]["delimiter"], screen["header"]["row"]), (";", 1))

    def test_what_a_supplier_has_is_not_taken_for_the_shop_s_stock(self):
        screen = self.wizard("Article;Name;Stock\nA-1;Frame 1;5\nA-2;Frame 2;7\n").read_screen()
        stock = screen["columns"][2]
        self.assertFalse(stock["target"])
        self.assertEqual(stock["guess"]["target"], "quantity")

    def test_another_meaning_is_read_without_being_kept(self):
        wizard = self.wizard()
        mapping = wizard.read_screen()["mapping"]
        for rule in mapping["columns"]:
            if rule["target"] == "supplier_price":
                rule["target"] = "list_price"
        screen = wizard.read_screen({"mapping": mapping, "profile_id": 0})
        self.assertEqual(screen["columns"][3]["target"], "list_price")
        self.assertFalse(self.env["connector.import.profile"].search([("name", "like", "optica")]))

    def test_a_file_that_cannot_be_read_is_told_in_a_sentence(self):
        failure = self.wizard("").read_screen()["failure"]
        self.assertEqual(failure["code"], "empty_file")
        self.assertIn("optica.csv", failure["message"])

    def test_what_was_chosen_is_remembered_for_the_next_file(self):
        wizard = self.wizard()
        asked = self.asked(wizard.read_screen())
        job = self.job_of(wizard.start_check(asked, True))
        self.assertEqual((job.state, job.check_state, job.count_refused), ("draft", "done", 1))
        self.assertEqual(job.profile_id.name, f"{self.supplier.name}: Products")
        again = self.wizard(name="optica (2).csv").read_screen()
        self.assertEqual(again["profile"]["id"], job.profile_id.id)
        self.assertTrue(again["profile"]["why"])

    def test_a_header_that_a_person_shows_is_the_header(self):
        wizard = self.wizard("Price;2026;x\n" + FILE.format(barcode(1), barcode(2)))
        screen = wizard.read_screen({"header_row": 2})
        self.assertEqual(screen["header"]["row"], 2)
        job = self.job_of(wizard.start_check(self.asked(screen, header_row=2), True))
        self.assertEqual((job.profile_id.header_row, job.count_total), (2, 2))

    def test_the_encoding_of_a_profile_stays_when_nobody_asks_for_another(self):
        wizard = self.wizard()
        asked = self.asked(wizard.read_screen(), encoding="utf-8", delimiter=";")
        profile = self.job_of(wizard.start_check(asked, True)).profile_id
        self.assertEqual((profile.encoding, profile.delimiter), ("utf-8", ";"))
        again = self.wizard()
        asked = self.asked(again.read_screen({"profile_id": profile.id}))
        again.start_check(asked, True)
        self.assertEqual((profile.encoding, profile.delimiter), ("utf-8", ";"))

    def test_what_is_not_to_be_remembered_is_found_by_nobody(self):
        wizard = self.wizard()
        job = self.job_of(wizard.start_check(self.asked(wizard.read_screen()), False))
        self.assertFalse(job.profile_id.active)
        self.assertEqual(job.check_state, "done")
        self.assertFalse(self.wizard().read_screen()["profile"]["id"])

    def test_a_profile_for_one_file_knows_in_whose_place_it_is(self):
        wizard = self.wizard()
        profile = self.job_of(wizard.start_check(self.asked(wizard.read_screen()), True)).profile_id
        again = self.wizard()
        once = self.job_of(again.start_check(self.asked(again.read_screen()), False)).profile_id
        self.assertFalse(once.active)
        self.assertEqual(once.once_of_id, profile)
        self.assertIn(once, profile._family())

    def test_columns_of_an_import_are_chosen_anew(self):
        wizard = self.wizard()
        job = self.job_of(wizard.start_check(self.asked(wizard.read_screen()), True))
        Wizard = self.env["connector.import.wizard"].with_user(self.operator)
        again = Wizard.browse(Wizard.open_for(job_id=job.id))
        screen = again.read_screen()
        self.assertEqual(screen["profile"]["id"], job.profile_id.id)
        same = self.job_of(again.start_check(self.asked(screen), True))
        self.assertEqual(same, job)

    def test_a_second_thought_about_a_file_for_once_makes_a_profile(self):
        wizard = self.wizard()
        job = self.job_of(wizard.start_check(self.asked(wizard.read_screen()), False))
        Wizard = self.env["connector.import.wizard"].with_user(self.operator)
        again = Wizard.browse(Wizard.open_for(job_id=job.id))
        self.job_of(again.start_check(self.asked(again.read_screen()), True))
        self.assertTrue(job.profile_id.active)
        self.assertEqual(job.profile_id.name, f"{self.supplier.name}: Products")

    def test_profiles_of_one_supplier_are_told_apart_by_the_file(self):
        names = []
        for name in ("optica.csv", "Solutions.csv", "Solutions.csv"):
            wizard = self.wizard(name=name)
            asked = {**self.asked(wizard.read_screen()), "profile_id": 0}
            names.append(self.job_of(wizard.start_check(asked, True)).profile_id.name)
        first = f"{self.supplier.name}: Products"
        self.assertEqual(names, [first, f"{first}, Solutions", f"{first}, Solutions (2)"])

    def test_a_sheet_chosen_by_hand_is_the_profile_s(self):
        wizard = self.wizard()
        screen = wizard.read_screen()
        asked = self.asked(screen, sheet=screen["sheet"])
        self.assertFalse(self.job_of(wizard.start_check(asked, True)).profile_id.sheet_pattern)
        wizard = self.wizard()
        asked = {**asked, "profile_id": 0, "sheet_by_hand": True}
        profile = self.job_of(wizard.start_check(asked, True)).profile_id
        self.assertEqual(profile.sheet_pattern, screen["sheets"][0]["title"])

    def test_columns_without_anything_in_them_are_told_apart(self):
        screen = self.wizard("Article;;Name;\nA-1;;Frame 1;x\nA-2;;Frame 2;\n").read_screen()
        self.assertEqual([each["empty"] for each in screen["columns"]], [False, True, False, False])

    def test_names_alone_in_their_rows_are_shown_with_their_meaning(self):
        rows = "Article;Name;Price opt\nRay-Ban;;\nA-1;Frame 1;100\nA-2;Frame 2;120\n"
        groups = self.wizard(rows + "Vogue;;\nA-3;Frame 3;130\n").read_screen()["groups"]
        self.assertEqual((groups["count"], groups["examples"]), (2, ["Ray-Ban", "Vogue"]))
        self.assertEqual(groups["meaning"], "brand")
        self.assertLessEqual({"brand", "category"}, {name for name, _label in groups["choices"]})

    def test_a_currency_that_is_off_is_switched_on_by_a_manager_alone(self):
        euro = self.env.ref("base.EUR")
        euro.active = False
        Wizard = self.env["connector.import.wizard"]
        self.assertFalse(Wizard.with_user(self.operator).read_choices()["may_switch_on_currency"])
        with self.assertRaises(AccessError):
            Wizard.with_user(self.operator).switch_on_currency("EUR")
        currencies = Wizard.with_user(self.manager).switch_on_currency("EUR")
        self.assertTrue(euro.active)
        self.assertIn("EUR", [each["code"] for each in currencies])

    def test_quantities_are_counted_in_the_main_stock_unless_said_otherwise(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        warehouse.reception_steps = "two_steps"
        wizard = self.wizard()
        stock = warehouse.lot_stock_id
        self.assertEqual(wizard.read_screen()["profile"]["location_id"], stock.id)
        locations = wizard.read_choices()["locations"]
        self.assertEqual(locations[0], [stock.id, warehouse.name])
        self.assertNotIn(warehouse.wh_input_stock_loc_id.id, [each[0] for each in locations])

    def test_a_file_sent_for_another_upload_is_not_taken(self):
        attachment = (
            self.env["ir.attachment"]
            .with_user(self.operator)
            .create({"name": "other.csv", "raw": b"x"})
        )
        with self.assertRaises(UserError):
            self.wizard().take_upload(attachment.id)

    def test_who_does_not_import_does_not_upload(self):
        with self.assertRaises(AccessError):
            self.wizard(user=self.employee)
        with self.assertRaises(AccessError):
            self.env["connector.import.wizard"].with_user(self.employee).create_supplier("Anybody")

    def test_nobody_opens_the_import_of_another_company(self):
        wizard = self.wizard()
        job = self.job_of(wizard.start_check(self.asked(wizard.read_screen()), True))
        Wizard = self.env["connector.import.wizard"].with_user(self.stranger)
        with self.assertRaises(AccessError):
            Wizard.open_for(job_id=job.id)

    def test_an_operator_enters_a_new_supplier(self):
        Wizard = self.env["connector.import.wizard"].with_user(self.operator)
        partner_id, name = Wizard.create_supplier("New Supply")
        self.assertEqual(name, "New Supply")
        self.assertTrue(self.env["res.partner"].browse(partner_id).is_company)

    def test_only_a_manager_may_be_asked_for_a_reason(self):
        with self.assertRaises(AccessError):
            self.env["connector.import.override"].with_user(self.operator).check_access_rights(
                "create"
            )
