import base64
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from psycopg2.errors import RaiseException

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.optics_core.models import access_log

from .common import OpticsCase
from .prescriptions import PrescriptionsOfTwoShops

VALUES = ["od_sph", "os_sph"]


class _StepFailed(Exception):
    pass


@tagged("post_install", "-at_install", "optics")
class TestAccessLog(PrescriptionsOfTwoShops, OpticsCase):
    """Readings from outside the care are journaled; those of the own shop are not."""

    def setUp(self):
        super().setUp()
        self._written()

    def _written(self):
        """Lines since the last time, as the end of a request would write them."""
        self.env.cr.flush()
        Log = self.env["optics.access.log"]
        before = getattr(self, "_last_line", 0)
        lines = Log.search([("id", ">", before)], order="id")
        self._last_line = lines[-1:].id or before
        self.env.invalidate_all()
        return lines

    def _take_into_care(self, user, patient=None):
        self.env["optics.care"].create(
            {
                "patient_id": (patient or self.patient).id,
                "shop_id": user.optics_shop_id.id,
                "reason": "заказывает очки здесь",
                "found_by": "phone",
                "until": self._tomorrow(),
            }
        )

    @contextmanager
    def _request(self, path, **params):
        request = SimpleNamespace(httprequest=SimpleNamespace(path=path), params=params)
        with patch.object(access_log, "request", request):
            yield

    def test_the_own_shop_leaves_no_line(self):
        for user in (self.optometrist, self.assistant, self.manager):
            self.prescription.with_user(user).read(VALUES)
            self.assertFalse(self._written(), user.login)

    def test_the_prescriber_and_the_writer_leave_no_line_in_any_shop(self):
        self.optometrist.optics_shop_ids = self.other_shop
        self.optometrist.optics_shop_id = self.other_shop
        self._take_into_care(self.optometrist)
        self.prescription.with_user(self.optometrist).read(VALUES)
        self.assertFalse(self._written())

    def test_an_administrator_of_another_shop_leaves_one_line(self):
        self.other_prescription.with_user(self.administrator).read(VALUES)
        line = self._written()
        self.assertEqual(len(line), 1)
        self.assertEqual(line.user_id, self.administrator)
        self.assertEqual(line.patient_id, self.other_prescription.patient_id)
        self.assertEqual(line.res_id, self.other_prescription.id)
        self.assertEqual(line.document, self.other_prescription.name)
        self.assertEqual(line.basis, "administrator")

    def test_a_reader_through_care_leaves_a_line_that_says_so(self):
        self._take_into_care(self.other_optometrist)
        self.prescription.with_user(self.other_optometrist).read(VALUES)
        line = self._written()
        self.assertEqual((line.basis, line.user_id.id), ("care", self.other_optometrist.id))

    def test_number_date_and_patient_are_no_medical_values(self):
        seen = self.other_prescription.with_user(self.administrator)
        seen.read(["name", "date", "patient_id", "state", "shop_id", "kind"])
        self.assertTrue(seen.display_name and seen.valid_until is not None)
        self.assertFalse(self._written())

    def test_every_value_of_every_kind_is_journaled(self):
        """A field added tomorrow is journaled unless somebody calls it administrative."""
        Prescription = self.env["optics.prescription"]
        for name in Prescription._journaled_names():
            seen = self.other_prescription.with_user(self.administrator).sudo()
            seen.read([name])
            self.assertEqual(len(self._written()), 1, name)

    def test_twice_in_a_request_is_one_line_and_twice_a_day_are_two(self):
        seen = self.other_prescription.with_user(self.administrator)
        seen.read(VALUES)
        self.env.invalidate_all()
        seen.read(["pd"])
        self.assertEqual(len(self._written()), 1)
        seen.read(VALUES)
        self.assertEqual(len(self._written()), 1)

    def test_a_list_is_one_line_for_each_prescription_from_outside(self):
        Prescription = self.env["optics.prescription"].with_user(self.administrator)
        both = self.prescription | self.other_prescription
        Prescription.web_search_read([("id", "in", both.ids)], {"od_text": {}})
        self.assertEqual(self._written().mapped("res_id"), self.other_prescription.ids)

    def test_the_lines_of_a_list_are_one_insert(self):
        many = self.other_prescription
        for _copy in range(4):
            many |= self._prescribe(self.other_optometrist, self.patient)
        self._written()
        Prescription = self.env["optics.prescription"].with_user(self.administrator)
        Prescription.search_read([("id", "in", many.ids)], VALUES)
        inserts = []
        execute = self.env.cr.execute

        def counting(query, *args, **kwargs):
            if "INSERT INTO" in str(getattr(query, "code", query)):
                inserts.append(query)
            return execute(query, *args, **kwargs)

        with patch.object(self.env.cr, "execute", counting):
            self.env.cr.flush()
        self.assertEqual(len(inserts), 1)
        self.assertEqual(len(self._written()), 5)

    def test_code_on_behalf_of_a_person_reads_for_that_person(self):
        self.other_prescription.with_user(self.assistant).sudo().read(VALUES)
        line = self._written()
        self.assertEqual(line.user_id, self.assistant)
        self.assertEqual(line.basis, "other")

    def test_the_system_itself_leaves_no_line(self):
        self.other_prescription.with_user(SUPERUSER_ID).read(VALUES)
        self.assertFalse(self._written())

    def test_an_export_leaves_a_line(self):
        self.administrator.groups_id |= self.env.ref("base.group_allow_export")
        seen = self.other_prescription.with_user(self.administrator)
        with self._request("/web/dataset/call_kw", method="export_data"):
            seen.export_data(["name", "od_sph"])
            line = self._written()
        self.assertEqual(line.way, "export")

    def test_an_export_from_the_patient_leaves_a_line(self):
        self.administrator.groups_id |= self.env.ref("base.group_allow_export")
        patient = self.other_prescription.patient_id.with_user(self.administrator)
        patient.export_data(["name", "optics_prescription_ids/os_sph"])
        self.assertIn(self.other_prescription.id, self._written().mapped("res_id"))

    def test_how_it_was_read_is_told_by_the_request(self):
        seen = self.other_prescription.with_user(self.administrator)
        for path, method, way in (
            ("/web/dataset/call_kw/optics.prescription/web_read", "web_read", "form"),
            ("/web/dataset/call_kw", "web_search_read", "list"),
            ("/web/dataset/call_button", "action_print", "action"),
            ("/report/pdf/optics_core.x/1", None, "report"),
            ("/web/export/csv", None, "export"),
            ("/web/content/optics.prescription/1/scan", None, "attachment"),
            ("/jsonrpc", None, "rpc"),
            ("/optics/track/x", None, "server"),
        ):
            with self._request(path, method=method):
                seen.read(VALUES)
                self.assertEqual(self._written().way, way, path)

    def test_grouping_by_values_leaves_one_line(self):
        Prescription = self.env["optics.prescription"].with_user(self.administrator)
        Prescription.read_group([], ["__count"], ["od_sph"])
        line = self._written()
        self.assertEqual((line.way, line.document), ("group", "od_sph"))
        Prescription.read_group([], ["__count"], ["shop_id"])
        self.assertFalse(self._written())

    def test_a_question_by_values_leaves_a_line_if_it_reaches_outside(self):
        Prescription = self.env["optics.prescription"].with_user(self.administrator)
        Prescription.search_count([("od_sph", "<", -1), ("name", "!=", False)])
        line = self._written()
        self.assertEqual((line.way, line.document), ("search", "od_sph"))
        Prescription.search([("shop_id", "=", self.shop.id), ("od_sph", "<", -1)])
        self.assertFalse(self._written())

    def test_sorting_and_a_question_from_another_model_count_too(self):
        Prescription = self.env["optics.prescription"].with_user(self.administrator)
        Prescription.search([], order="od_sph_minus desc")
        self.assertEqual(self._written().document, "od_sph_minus")
        Partner = self.env["res.partner"].with_user(self.administrator)
        Partner.search([("optics_prescription_ids.od_sph", "<", -1)])
        self.assertEqual(self._written().document, "od_sph")

    def test_what_was_measured_in_the_visit_counts_as_the_prescription(self):
        reading = self.env["optics.prescription.reading"].create(
            {
                "prescription_id": self.other_prescription.copy().id,
                "method": "subjective",
                "od_sph": -2.25,
            }
        )
        reading.prescription_id.shop_id = self.other_shop
        self._written()
        reading.with_user(self.administrator).sudo().read(["method", "measured_at"])
        self.assertFalse(self._written())
        reading.with_user(self.administrator).sudo().read(["od_sph"])
        self.assertEqual(self._written().res_id, reading.prescription_id.id)

    def test_values_repeated_in_an_order_are_journaled_like_those_of_the_prescription(self):
        order = self.env["optics.manufacturing.order"].create(
            {
                "patient_id": self.other_patient.id,
                "shop_id": self.other_shop.id,
                "lab_id": self.lab.id,
                "od_sph": -2.0,
            }
        )
        self._written()
        for user in (self.other_assistant, self.master):
            order.with_user(user).read(["od_sph"])
            self.assertFalse(self._written(), user.login)
        seen = order.with_user(self.administrator)
        seen.read(["name", "state", "patient_id", "promised_date"])
        self.assertFalse(self._written())
        seen.read(["od_sph"])
        self.assertEqual(self._written().res_model, "optics.manufacturing.order")

    def test_a_photo_of_the_form_read_as_a_file_leaves_a_line(self):
        photo = self.env["ir.attachment"].create(
            {
                "name": "recipe.txt",
                "raw": b"sph -2.00",
                "res_model": "optics.prescription",
                "res_id": self.other_prescription.id,
            }
        )
        self.administrator.groups_id |= self.env.ref("optics_core.group_medical")
        self._written()
        seen = photo.with_user(self.administrator)
        self.assertEqual(base64.b64decode(seen.datas), b"sph -2.00")
        self.assertEqual(self._written().res_id, self.other_prescription.id)

    def test_what_was_rolled_back_was_not_shown_and_leaves_no_line(self):
        seen = self.other_prescription.with_user(self.administrator)
        with self.assertRaises(_StepFailed), self.env.cr.savepoint():
            seen.read(VALUES)
            raise _StepFailed
        self.assertFalse(self._written())

    def test_what_was_read_before_a_failed_step_leaves_a_line(self):
        seen = self.other_prescription.with_user(self.administrator)
        seen.read(VALUES)
        with self.assertRaises(_StepFailed), self.env.cr.savepoint():
            raise _StepFailed
        self.assertEqual(len(self._written()), 1)

    def test_nobody_changes_or_deletes_a_line(self):
        self.other_prescription.with_user(self.administrator).read(VALUES)
        line = self._written()
        for user in (self.data_officer, self.administrator, self.env.ref("base.user_admin")):
            with self.assertRaises(UserError):
                line.with_user(user).write({"user_id": self.assistant.id})
            with self.assertRaises(UserError):
                line.with_user(user).unlink()
        with self.assertRaises(UserError):
            line.sudo().write({"way": "list"})
        with self.assertRaises(UserError):
            line.sudo().unlink()

    @mute_logger("odoo.sql_db")
    def test_postgresql_refuses_too(self):
        self.other_prescription.with_user(self.administrator).read(VALUES)
        line = self._written()
        for query in (
            "UPDATE optics_access_log SET user_id = 1 WHERE id = %s",
            "DELETE FROM optics_access_log WHERE id = %s",
            "TRUNCATE optics_access_log -- %s",
        ):
            with self.assertRaises(RaiseException), self.env.cr.savepoint():
                self.env.cr.execute(query, [line.id])

    def test_merged_cards_of_one_person_carry_their_lines_along(self):
        self.other_prescription.with_user(self.administrator).read(VALUES)
        line = self._written()
        twin = self.env["res.partner"].create({"name": "Иванова М."})
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((line.patient_id | twin).ids, dst_partner=twin)
        self.assertEqual(line.patient_id, twin)

    def test_only_the_data_officer_reads_the_journal(self):
        self.other_prescription.with_user(self.administrator).read(VALUES)
        line = self._written()
        self.assertTrue(line.with_user(self.data_officer).read(["user_id", "way"]))
        for user in (self.assistant, self.optometrist, self.master, self.manager):
            with self.assertRaises(AccessError):
                line.with_user(user).read(["user_id"])
        with self.assertRaises(AccessError):
            line.with_user(self.administrator).read(["user_id"])
        with self.assertRaises(AccessError):
            self.env["optics.access.log"].with_user(self.data_officer).create(
                {
                    "user_id": self.assistant.id,
                    "read_at": "2026-01-01",
                    "way": "form",
                    "basis": "other",
                    "res_model": "optics.prescription",
                }
            )

    def test_a_list_of_the_own_shop_costs_no_query_more(self):
        """The journal asks nothing of PostgreSQL for those who treat the patient."""
        for _copy in range(30):
            self._prescribe(self.optometrist, self.patient)
        self._written()
        Prescription = self.env["optics.prescription"].with_user(self.optometrist)

        def list_them():
            self.env.invalidate_all()
            # Known to every request: the rules ask for it.
            self.optometrist.with_user(self.optometrist).fetch(["optics_shop_ids"])
            with self.profile_queries() as queries:
                Prescription.search_read([], ["name", *VALUES], limit=80)
            return queries

        list_them()
        with_journal = list_them()
        with patch.object(type(Prescription), "_journal_reading", lambda self, way=None: None):
            without = list_them()
        self.assertEqual(len(with_journal), len(without))

    @contextmanager
    def profile_queries(self):
        queries = []
        execute = self.env.cr.execute

        def counting(query, *args, **kwargs):
            queries.append(query)
            return execute(query, *args, **kwargs)

        with patch.object(self.env.cr, "execute", counting):
            yield queries


@tagged("post_install", "-at_install", "optics")
class TestAccessLogHttp(HttpCase):
    """The same through the web server, where nobody hands over a fake request."""

    def test_a_form_and_a_scan_over_http_are_journaled(self):
        env = self.env
        admin = env.ref("base.user_admin")
        shop = env["stock.warehouse"].create({"name": "Far", "code": "TFR"})
        patient = env["res.partner"].create({"name": "Иванова Мария"})
        prescription = env["optics.prescription"].create(
            {
                "patient_id": patient.id,
                "shop_id": shop.id,
                "prescriber_name": "Петров П. П.",
                "prescriber_id": False,
                "od_sph": -2,
            }
        )
        photo = env["ir.attachment"].create(
            {
                "name": "recipe.txt",
                "raw": b"sph -2.00",
                "res_model": prescription._name,
                "res_id": prescription.id,
            }
        )
        self.assertNotIn(shop, admin.optics_shop_ids)
        env.cr.flush()
        self.authenticate("admin", "admin")
        answer = self.make_jsonrpc_request(
            "/web/dataset/call_kw/optics.prescription/web_read",
            {
                "model": "optics.prescription",
                "method": "web_read",
                "args": [[prescription.id]],
                "kwargs": {"specification": {"od_sph": {}}},
            },
        )
        self.assertEqual(answer[0]["od_sph"], -2)
        line = env["optics.access.log"].search([("res_id", "=", prescription.id)])
        self.assertEqual((line.user_id, line.way), (admin, "form"))
        self.assertEqual(self.url_open(f"/web/content/{photo.id}").content, b"sph -2.00")
        scan = env["optics.access.log"].search([("id", ">", line.id)])
        self.assertEqual((scan.res_id, scan.way), (prescription.id, "attachment"))
