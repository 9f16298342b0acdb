import io
import json
import zipfile

from dateutil.relativedelta import relativedelta
from psycopg2 import sql

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import format_date, mute_logger

from odoo.addons.optics_core.models.personal_data import HOLDINGS, KEPT_AS_THEY_ARE

from .common import OpticsCase
from .prescriptions import PrescriptionsOfTwoShops

NAME = "Звездочётова Ульяна Ильдаровна"
SURNAME = "Звездочётова"
PHONE = "+7 (987) 650-40-30"
DIGITS = "9876504030"
EMAIL = "ulyana.zvezda@example.org"
# Tables that another addon answers for, where a stranger's text may lie by right.
LOOKED_THROUGH = ("mail_", "ir_attachment", "sms_", "phone_", "ir_property", "res_", "optics_")
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5E"
    b"rkJggg=="
)


@tagged("post_install", "-at_install", "optics")
class TestExportErasure(PrescriptionsOfTwoShops, OpticsCase):
    """A person gets everything that is held, and can be forgotten; accounting stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        cls.second_officer = cls._user("t-officer-2", "group_data_officer", cls.shop)
        cls.person = cls._person()
        cls.rx = cls._prescribe(
            cls.optometrist, cls.person, notes=f"{SURNAME} жалуется", scan=PIXEL
        )
        cls.order = cls._order(cls.rx)
        cls.bystander = cls.env["res.partner"].create(
            {"name": "Посторонний Иван", "phone": "+7 987 650-40-31"}
        )

    @classmethod
    def _person(cls):
        husband = cls.env["res.partner"].create({"name": "Муж Пётр"})
        child = cls.env["res.partner"].create(
            {
                "name": "Дитя Анна",
                "birthdate_date": fields.Date.today() - relativedelta(years=7),
            }
        )
        person = cls.env["res.partner"].create(
            {
                "name": NAME,
                "phone": PHONE,
                "mobile": "8-" + DIGITS,
                "email": EMAIL,
                "street": "Млечный путь, 7",
                "birthdate_date": "1977-07-07",
                "comment": f"<p>{NAME} любит синий</p>",
                "image_1920": PIXEL,
                "barcode": "0420000000012",
                "is_optics_patient": True,
                "family_relation_ids": [(0, 0, {"relative_id": husband.id, "kind": "spouse"})],
                "bank_ids": [(0, 0, {"acc_number": "408178", "acc_holder_name": NAME})],
                "child_ids": [(0, 0, {"type": "delivery", "name": NAME, "phone": PHONE})],
            }
        )
        child.guardian_id = person
        cls.husband, cls.child = husband, child
        cls.env["optics.consent"].create(
            [
                {"partner_id": person.id, "kind": kind, "scan": PIXEL, "scan_name": NAME}
                for kind in ("personal", "medical", "sms")
            ]
        )
        cls.env["optics.care"].create(
            {
                "patient_id": person.id,
                "shop_id": cls.other_shop.id,
                "reason": f"{SURNAME} переехала",
                "found_by": "phone",
                "until": cls._tomorrow(),
            }
        )
        cls.env["optics.care.take"].create(
            {"full_name": NAME, "phone": PHONE, "shop_id": cls.shop.id}
        )
        return person

    @classmethod
    def _order(cls, prescription):
        frame = cls.env["optics.customer.frame"].create(
            {
                "name": f"Оправа {SURNAME}",
                "patient_id": prescription.patient_id.id,
                "condition": "worn",
                "photo": PIXEL,
            }
        )
        order = cls.env["optics.manufacturing.order"].create(
            {
                "patient_id": prescription.patient_id.id,
                "prescription_id": prescription.id,
                "shop_id": cls.shop.id,
                "lab_id": cls.lab.id,
                "customer_frame_id": frame.id,
                "od_sph": -2.0,
                "os_sph": -1.75,
                "pd": 62.0,
                "workshop_note": f"{SURNAME} просит тоньше",
                "note": f"звонить {PHONE}",
            }
        )
        cls.env["optics.notification"].create(
            {
                "order_id": order.id,
                "partner_id": order.patient_id.id,
                "event": "ready",
                "channel": "sms",
                "address": "+7" + DIGITS,
                "state": "waiting",
                "send_at": fields.Datetime.now(),
            }
        )
        return order

    def _correspond(self):
        """Everything Odoo writes about a person by the way."""
        person = self.person
        for record in (person, self.rx, self.order, self.order.customer_frame_id):
            record.message_post(
                body=f"{NAME}, {PHONE}", attachments=[(f"{SURNAME}.txt", b"sph -2.00")]
            )
            record.message_subscribe(person.ids)
        for record in (person, self.rx, self.order):
            record.activity_schedule("mail.mail_activity_data_todo", summary=f"Звонок {NAME}")
        person.name = f"{NAME} (Млечная)"
        person.name = NAME
        person.phone = "+7 987 650 40 30"
        self.env["sms.sms"].create(
            {"partner_id": person.id, "number": "+7" + DIGITS, "body": f"{NAME}, готово"}
        )
        self.env["mail.mail"].create(
            {
                "recipient_ids": [(4, person.id)],
                "email_to": EMAIL,
                "subject": NAME,
                "body_html": NAME,
            }
        )
        self.env["mail.blacklist"].create({"email": EMAIL})
        self.env["phone.blacklist"].create({"number": "+7" + DIGITS})
        self.env.flush_all()
        self.env.cr.flush()

    def _elsewhere(self):
        """A paper of accounting, on which the customer was changed and named."""
        paper = self.env["stock.picking"].create(
            {
                "partner_id": self.person.id,
                "picking_type_id": self.shop.out_type_id.id,
                "location_id": self.shop.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            }
        )
        paper.message_post(body=f"Забирает {NAME}", author_id=self.person.id)
        return paper

    def _close_order(self):
        self.env.cr.execute(
            "UPDATE optics_manufacturing_order SET state = 'delivered' WHERE id = %s",
            [self.order.id],
        )
        self.env.invalidate_all()

    def _request(self, kind, officer=None):
        Request = self.env["optics.person.request"]
        return Request.with_user(officer or self.data_officer).create(
            {"kind": kind, "patient_id": self.person.id}
        )

    def _erase(self):
        request = self._request("erasure")
        request.action_ask_erasure()
        request.with_user(self.second_officer).action_erase()
        self.env.flush_all()
        self.env.cr.flush()
        return request

    def _found_in_database(self, *strings):
        """Every (table, column) where one of the strings lies, digits compared as digits."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT c.table_name, c.column_name FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE t.table_type = 'BASE TABLE' AND c.table_schema = 'public'
              AND c.data_type IN ('character varying', 'text', 'jsonb', 'json')
            """
        )
        found = []
        for table, column in self.env.cr.fetchall():
            if not table.startswith(LOOKED_THROUGH):
                continue
            for string in strings:
                text = "{column}::text"
                if string.isdigit():
                    text = "regexp_replace({column}::text, '[^0-9]', '', 'g')"
                query = sql.SQL(
                    "SELECT 1 FROM {table} WHERE position(%s in " + text + ") > 0 LIMIT 1"
                ).format(table=sql.Identifier(table), column=sql.Identifier(column))
                self.env.cr.execute(query, [string])
                if self.env.cr.fetchone():
                    found.append((table, column, string))
        return found

    # What is held.

    def test_every_table_of_ours_that_links_to_people_is_spoken_for(self):
        """A new model with a link to a person must say what an erasure does to it."""
        spoken_for = {(holding.model, holding.path) for holding in HOLDINGS}
        spoken_for |= set(KEPT_AS_THEY_ARE)
        for name, model in self.env.items():
            if not name.startswith("optics.") or model._abstract or model._transient:
                continue
            for field in model._fields.values():
                if field.store and field.comodel_name == "res.partner":
                    self.assertIn((name, field.name), spoken_for)

    def test_what_hangs_on_a_prescription_or_an_order_is_spoken_for_too(self):
        spoken_for = {holding.model for holding in HOLDINGS}
        papers = {"optics.prescription", "optics.manufacturing.order"}
        # Rows that tell of goods and of other people's work, none of a person.
        harmless = {"optics.transit", "purchase.order.line", "stock.move", "optics.person.request"}
        for name, model in self.env.items():
            if model._abstract or model._transient or not model._auto:
                continue
            for field in model._fields.values():
                is_link = field.type == "many2one" and field.store
                if is_link and field.comodel_name in papers and name not in harmless:
                    self.assertIn(name, spoken_for)

    # Export.

    def _unpacked(self, request):
        archive = self.env["optics.person.export"].with_user(self.data_officer)._archive(request)
        return zipfile.ZipFile(io.BytesIO(archive))

    def test_the_archive_holds_everything_about_the_person(self):
        self._correspond()
        paper = self._elsewhere()
        archive = self._unpacked(self._request("export"))
        told = json.loads(archive.read("data.json"))
        self.assertEqual(told["res.partner"][0]["name"], NAME)
        self.assertEqual(told["optics.prescription"][0]["od_sph"], -2.0)
        self.assertIn(SURNAME, told["optics.prescription"][0]["notes"])
        self.assertEqual(told["optics.manufacturing.order"][0]["name"], self.order.name)
        self.assertEqual(len(told["optics.consent"]), 3)
        self.assertEqual(len(told["optics.family.relation"]), 2)
        self.assertTrue(told["optics.customer.frame"])
        self.assertTrue(told["optics.notification"])
        self.assertTrue(any(NAME in str(one) for one in told["mail.message"]))
        self.assertIn(paper.name, str(told["stock.picking"]))
        page = archive.read("data.html").decode()
        self.assertIn(NAME, page)
        self.assertIn("-1.75", page)
        self.assertIn("Surname, First Name, Patronymic", page)
        self.assertIn(format_date(self.env, self.rx.date), page)
        files = [name for name in archive.namelist() if name.startswith("files/")]
        self.assertTrue(any(archive.read(name) == b"sph -2.00" for name in files))

    def test_the_archive_holds_nobody_else(self):
        told = self._unpacked(self._request("export")).read("data.json").decode()
        self.assertNotIn(self.bystander.name, told)
        self.assertNotIn(self.prescription.name, told)

    def test_the_archive_holds_no_key_to_a_door(self):
        self.person.signup_prepare()
        archive = self._unpacked(self._request("export")).read("data.json").decode()
        self.assertNotIn(self.person.sudo().signup_token, archive)
        self.assertNotIn(self.order.sudo().tracking_token, archive)

    def test_readers_from_outside_are_told_to_the_person(self):
        self.rx.with_user(self.other_optometrist).sudo().read(["od_sph"])
        self.env.cr.flush()
        told = json.loads(self._unpacked(self._request("export")).read("data.json"))
        lines = told["optics.access.log"]
        self.assertIn(self.other_optometrist.name, {line["user_id"] for line in lines})

    def test_the_archive_itself_is_journaled(self):
        self._unpacked(self._request("export"))
        self.env.cr.flush()
        line = self.env["optics.access.log"].search(
            [("res_id", "=", self.rx.id), ("res_model", "=", self.rx._name)]
        )
        self.assertEqual(line.user_id, self.data_officer)
        self.assertEqual((line.way, line.basis), ("export", "request"))

    def test_only_officers_ask_and_hand_out(self):
        request = self._request("export")
        for user in (self.administrator, self.optometrist, self.assistant, self.master):
            with self.assertRaises(AccessError):
                self._request("export", user)
            with self.assertRaises(AccessError):
                request.with_user(user).read(["name"])

    def test_a_request_not_kept_yet_is_called_new(self):
        Request = self.env["optics.person.request"].with_user(self.data_officer)
        self.assertEqual(Form(Request).name, "New")
        self.assertNotEqual(self._request("export").name, "New")

    # Erasure.

    def test_after_an_erasure_nobody_finds_the_person_in_the_database(self):
        self._correspond()
        self._elsewhere()
        self._close_order()
        before = self._found_in_database(SURNAME, DIGITS, EMAIL)
        self.assertGreater(len(before), 15, "the scan itself sees the person")
        self._erase()
        self.assertFalse(self._found_in_database(SURNAME, DIGITS, EMAIL))

    def test_after_an_erasure_no_file_of_the_person_is_left(self):
        self._correspond()
        self._close_order()
        export = self.env["optics.person.export"]
        self.assertTrue(export._attachments(self.person))
        names = export._attachments(self.person).ids
        self._erase()
        self.assertFalse(self.env["ir.attachment"].browse(names).exists())

    def test_after_an_erasure_no_value_of_the_eyes_is_left(self):
        self._close_order()
        self._erase()
        for record in (self.rx, self.order):
            self.env.cr.execute(
                sql.SQL("SELECT * FROM {} WHERE id = %s").format(sql.Identifier(record._table)),
                [record.id],
            )
            columns = [column.name for column in self.env.cr.description]
            row = dict(zip(columns, self.env.cr.fetchone(), strict=True))
            left = {
                name
                for name in record._journaled_names()
                if row.get(name) is not None and not record._fields[name].required
            }
            self.assertFalse(left)
        self.assertEqual(self.rx.state, "cancelled")

    def test_accounting_stays_without_an_identity(self):
        paper = self._elsewhere()
        self._close_order()
        number = self.order.name
        self._erase()
        self.assertEqual(self.order.name, number)
        self.assertEqual(self.order.patient_id, self.person)
        self.assertTrue(paper.exists())
        self.assertNotIn(SURNAME, self.order.customer_short_name or "")
        self.assertNotIn(SURNAME, paper.partner_id.display_name)
        self.assertFalse(self.person.active)
        self.assertFalse(self.person.birthdate_date)

    def test_other_people_stay_as_they_are(self):
        self._close_order()
        stranger = self.other_prescription
        self._erase()
        self.assertEqual(self.husband.name, "Муж Пётр")
        self.assertEqual(self.child.name, "Дитя Анна")
        self.assertFalse(self.child.guardian_id)
        self.assertEqual(self.bystander.phone, "+7 987 650-40-31")
        self.assertEqual(stranger.od_sph, -2.0)
        self.assertEqual(stranger.state, "signed")

    def test_an_open_order_stands_in_the_way_by_its_number(self):
        request = self._request("erasure")
        self.assertIn(self.order.name, request.obstacles)
        with self.assertRaises(UserError) as refused:
            request.action_ask_erasure()
        self.assertIn(self.order.name, str(refused.exception))

    def test_an_order_opened_meanwhile_stands_in_the_way(self):
        self._close_order()
        request = self._request("erasure")
        request.action_ask_erasure()
        self._order(self.rx)
        with self.assertRaises(UserError):
            request.with_user(self.second_officer).action_erase()
        self.assertEqual(self.person.name, NAME)

    def test_an_employee_is_not_erased(self):
        user = new_test_user(self.env, login="t-patient-too", groups="base.group_user")
        request = (
            self.env["optics.person.request"]
            .with_user(self.data_officer)
            .create({"kind": "erasure", "patient_id": user.partner_id.id})
        )
        with self.assertRaises(UserError):
            request.action_ask_erasure()

    def test_a_login_of_the_portal_goes_with_the_person(self):
        self._close_order()
        user = new_test_user(
            self.env, login="portal.zvezda@example.org", groups="base.group_portal"
        )
        self.person = user.partner_id
        self._erase()
        self.assertFalse(user.active)
        self.assertFalse(self._found_in_database("portal.zvezda"))

    def test_one_officer_alone_erases_nobody(self):
        self._close_order()
        request = self._request("erasure")
        with self.assertRaises(UserError):
            request.action_erase()
        request.action_ask_erasure()
        self.assertFalse(request.may_confirm)
        with self.assertRaises(UserError):
            request.action_erase()
        self.assertEqual(self.person.name, NAME)

    def test_an_officer_cannot_write_the_other_officers_name(self):
        request = self._request("erasure")
        for values in (
            {"state": "waiting"},
            {"requested_by_id": self.second_officer.id},
            {"confirmed_by_id": self.second_officer.id},
        ):
            with self.assertRaises(UserError):
                request.write(values)
        with self.assertRaises(UserError):
            self.env["optics.person.request"].with_user(self.data_officer).create(
                {
                    "kind": "erasure",
                    "patient_id": self.person.id,
                    "requested_by_id": self.second_officer.id,
                    "state": "waiting",
                }
            )

    def test_the_person_cannot_be_swapped_after_the_request(self):
        self._close_order()
        request = self._request("erasure")
        request.action_ask_erasure()
        with self.assertRaises(UserError):
            request.write({"patient_id": self.bystander.id})

    def test_the_certificate_tells_what_was_done_and_names_nobody(self):
        self._elsewhere()
        self._close_order()
        request = self._erase()
        deeds = {(line.model, line.deed) for line in request.line_ids}
        self.assertIn(("optics.prescription", "blanked"), deeds)
        self.assertIn(("optics.customer.frame", "deleted"), deeds)
        self.assertIn(("stock.picking", "kept"), deeds)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("optics_core.report_person_request", request.ids)[0]
            .decode()
        )
        self.assertNotIn(SURNAME, html)
        self.assertIn(self.second_officer.name, html)
        with self.assertRaises(UserError):
            request.sudo().unlink()
        with self.assertRaises(UserError):
            request.line_ids.sudo().unlink()
        with self.assertRaises(UserError):
            request.line_ids.sudo().write({"count": 0})

    def test_an_erased_person_is_not_erased_or_handed_out_again(self):
        self._close_order()
        self._erase()
        with self.assertRaises(UserError):
            self._request("erasure").action_ask_erasure()
        with self.assertRaises(UserError):
            self._request("export").action_hand_out()

    def test_nobody_marks_a_person_as_erased_to_prevent_it(self):
        for user in (self.assistant, self.manager):
            with self.assertRaises(AccessError):
                self.person.with_user(user).write({"optics_erased_at": "2020-01-01"})

    def test_the_link_of_the_customer_leads_nowhere_any_more(self):
        self._close_order()
        token = self.order.sudo().tracking_token
        self._erase()
        self.assertFalse(self.env["optics.manufacturing.order"]._find_by_token(token))


@tagged("post_install", "-at_install", "optics")
class TestExportHttp(HttpCase):
    """The archive over the web: for officers, kept nowhere, noted."""

    def setUp(self):
        super().setUp()
        self.officer = new_test_user(
            self.env, login="t-officer-http", groups="optics_core.group_data_officer"
        )
        self.assistant = new_test_user(
            self.env, login="t-assistant-http", groups="optics_core.group_sales_assistant"
        )
        person = self.env["res.partner"].create({"name": NAME})
        Request = self.env["optics.person.request"].with_user(self.officer)
        self.request = Request.create({"kind": "export", "patient_id": person.id})

    def _download(self, login):
        self.authenticate(login, login)
        return self.url_open(f"/optics/person_export/{self.request.id}")

    def test_an_officer_downloads_and_it_is_noted(self):
        answer = self._download("t-officer-http")
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn(b"data.json", answer.content)
        self.request.invalidate_recordset()
        self.assertEqual(self.request.state, "done")
        self.assertEqual(self.request.line_ids.user_id, self.officer)

    @mute_logger("odoo.http")
    def test_others_get_nothing(self):
        answer = self._download("t-assistant-http")
        self.assertNotEqual(answer.status_code, 200)
        self.assertNotIn(b"data.json", answer.content)
        self.assertEqual(self.request.state, "draft")
