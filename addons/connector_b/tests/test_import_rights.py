import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import trap_jobs

from .connector_case import HEADER, ConnectorCase, goods, workbook


@tagged("post_install", "-at_install", "connector")
class TestImportRights(ConnectorCase):
    def test_an_operator_imports_what_he_may_not_write_by_hand(self):
        job = self.imported(goods(1))
        self.assertEqual(job.user_id, self.operator)
        product = self.product(1)
        self.assertEqual(product.list_price, 2000)
        with self.assertRaises(AccessError):
            product.with_user(self.operator).list_price = 1
        with self.assertRaises(AccessError):
            self.env["product.product"].with_user(self.operator).create({"name": "By hand"})

    def test_an_operator_writes_neither_rows_nor_log(self):
        job = self.checked(goods(1))
        with self.assertRaises(AccessError):
            job.row_ids[0].with_user(self.operator).write({"accepted": True})
        with self.assertRaises(AccessError):
            self.env["connector.import.row"].with_user(self.operator).create(
                {"job_id": job.id, "action": "create", "state": "pending"}
            )
        with self.assertRaises(AccessError):
            self.env["connector.import.log"].with_user(self.operator).create({"job_id": job.id})

    def test_what_the_import_finds_out_is_not_written_by_hand(self):
        job = self.checked(goods(1))
        for values in ({"check_state": "none"}, {"count_total": 9}, {"user_id": self.manager.id}):
            with self.assertRaises(AccessError):
                job.write(values)

    def test_an_exchanged_file_is_checked_again_and_a_used_one_not_exchanged(self):
        job = self.checked(goods(1))
        job.write({"file": base64.b64encode(workbook([HEADER, *goods(5)]))})
        self.assertEqual((job.check_state, job.count_total), ("none", 0))
        self.assertFalse(job.row_ids)
        with self.assertRaises(UserError):
            job.action_import()
        job.action_check()
        self.run_to_end(job.action_import)
        for values in ({"file": b""}, {"profile_id": 1}, {"sheet_key": "Other"}):
            with self.assertRaises(UserError):
                job.write(values)

    def test_an_employee_without_rights_sees_and_does_nothing(self):
        job = self.checked(goods(1))
        for name in ("profile", "job", "row", "log"):
            with self.assertRaises(AccessError):
                self.env[f"connector.import.{name}"].with_user(self.employee).search([])
        for action in ("action_import", "action_cancel", "action_undo", "action_accept_all"):
            with self.assertRaises(AccessError), trap_jobs():
                getattr(job.with_user(self.employee), action)()

    def test_another_company_sees_nothing_of_an_import(self):
        job = self.checked([*goods(1), ("A-2", "Frame", "", 1.0, "ask us")])
        for name in ("profile", "job", "row", "log"):
            found = self.env[f"connector.import.{name}"].with_user(self.stranger).search([])
            self.assertFalse(found.filtered(lambda each: each.company_id == self.company))
        for action in ("action_import", "action_cancel", "action_check"):
            with self.assertRaises(AccessError), trap_jobs():
                getattr(job.with_user(self.stranger), action)()
        with self.assertRaises(AccessError):
            job.row_ids.with_user(self.stranger).action_accept()

    def test_an_import_writes_into_its_own_company_only(self):
        code = goods(1)[0][0]
        theirs = self.env["product.product"].create(
            {
                "name": "Theirs",
                "company_id": self.other_company.id,
                "list_price": 5,
                "seller_ids": [
                    Command.create(
                        {
                            "partner_id": self.supplier.id,
                            "product_code": code,
                            "company_id": self.other_company.id,
                            "price": 3,
                        }
                    )
                ],
            }
        )
        job = self.imported(goods(1))
        self.assertEqual(job.count_created, 1)
        self.assertEqual((theirs.name, theirs.list_price), ("Theirs", 5))
        self.assertEqual(theirs.seller_ids.price, 3)

    def test_a_file_is_read_by_those_who_may_read_the_import(self):
        job = self.checked(goods(1))
        attachment = job._attachment()
        self.assertTrue(attachment.with_user(self.operator).read(["raw"]))
        self.assertTrue(attachment.with_user(self.manager).read(["raw"]))
        for user in (self.employee, self.stranger):
            with self.assertRaises(AccessError):
                attachment.with_user(user).read(["raw"])

    def test_operators_teach_a_profile_to_read_but_set_no_limits(self):
        profile = self.make_profile(name="Learner").with_user(self.operator)
        profile.write({"header_row": 3, "sheet_pattern": "Price*"})
        profile._learn(profile._mapping())
        for values in (
            {"max_shift_percent": 90},
            {"margin_floor_percent": 1},
            {"update_cost": True},
            {"active": False},
        ):
            with self.assertRaises(AccessError):
                profile.write(values)
        profile.with_user(self.manager).write({"max_shift_percent": 30})
        # What a form sends back unchanged is no attempt.
        profile.write({"max_shift_percent": 30})

    def test_an_operator_makes_a_profile_with_the_usual_limits(self):
        Profile = self.env["connector.import.profile"].with_user(self.operator)
        made = Profile.create({"name": "Made", "max_shift_percent": 20})
        self.assertEqual(made.max_shift_percent, 20)
        with self.assertRaises(AccessError):
            Profile.create({"name": "Loose", "max_shift_percent": 99})

    def test_only_managers_delete_profiles(self):
        profile = self.make_profile(name="To go")
        with self.assertRaises(AccessError):
            profile.with_user(self.operator).unlink()
        profile.with_user(self.manager).unlink()


@tagged("post_install", "-at_install", "connector")
class TestFileByAddress(HttpCase, ConnectorCase):
    def test_the_file_is_not_handed_out_to_others(self):
        job = self.checked(goods(1))
        address = f"/web/content/connector.import.job/{job.id}/file"
        self.authenticate(self.operator.login, self.operator.login)
        self.assertEqual(self.url_open(address).content, base64.b64decode(job.file))
        for user in (self.employee, self.stranger):
            self.authenticate(user.login, user.login)
            with mute_logger("odoo.http"):
                answer = self.url_open(address)
            self.assertNotEqual(answer.status_code, 200)
