"""Who may do what: every calling, every model, every way that data leaves the server."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OpticsCase
from .prescriptions import PrescriptionsOfTwoShops

R, W, C, U = "read", "write", "create", "unlink"
ALL = (R, W, C, U)

# What each calling may do with a model at all; rules then say with which rows.
RIGHTS = {
    "optics.prescription": {
        "assistant": (R, W, C),
        "optometrist": ALL,
        "master": (),
        "manager": (R, W, C),
        "administrator": (R, W, C),
        "data_officer": (),
    },
    "optics.prescription.reading": {
        "assistant": (),
        "optometrist": ALL,
        "master": (),
        "manager": (),
        "administrator": (),
        "data_officer": (),
    },
    "optics.consent": {
        "assistant": (R, W, C),
        "optometrist": (R, W, C),
        "master": (),
        "manager": (R, W, C),
        "administrator": (R, W, C),
        "data_officer": (R, W, C),
    },
    "optics.consent.text": {
        "assistant": (R,),
        "optometrist": (R,),
        "master": (),
        "manager": (R, W, C),
        "administrator": (R, W, C),
        "data_officer": (R, W, C),
    },
    "optics.care": {
        "assistant": (R,),
        "optometrist": (R,),
        "master": (),
        "manager": (R,),
        "administrator": (R,),
        "data_officer": (R,),
    },
    "optics.care.take": {
        "assistant": ALL,
        "optometrist": ALL,
        "master": (),
        "manager": ALL,
        "administrator": ALL,
        "data_officer": (),
    },
    "optics.access.log": {
        "assistant": (),
        "optometrist": (),
        "master": (),
        "manager": (),
        "administrator": (),
        "data_officer": (R,),
    },
    "optics.person.request": {
        "assistant": (),
        "optometrist": (),
        "master": (),
        "manager": (),
        "administrator": (),
        "data_officer": ALL,
    },
    "optics.family.relation": {
        "assistant": ALL,
        "optometrist": ALL,
        "master": (),
        "manager": ALL,
        "administrator": ALL,
        "data_officer": (R,),
    },
    "optics.value.exception": {
        "assistant": (),
        "optometrist": (R,),
        "master": (),
        "manager": (),
        "administrator": (),
        "data_officer": (),
    },
    "optics.manufacturing.order": {
        "assistant": ALL,
        "optometrist": ALL,
        "master": (R, W),
        "manager": ALL,
        "administrator": ALL,
        "data_officer": (),
    },
    "optics.quality.check": {
        "assistant": (R,),
        "optometrist": (R,),
        "master": (R, W, C),
        "manager": (R, W, C),
        "administrator": (R, W, C),
        "data_officer": (),
    },
    "optics.transition.log": {
        "assistant": (R,),
        "optometrist": (R,),
        "master": (R,),
        "manager": (R,),
        "administrator": (R,),
        "data_officer": (),
    },
    "optics.notification": {
        "assistant": (R,),
        "optometrist": (R,),
        "master": (),
        "manager": (R,),
        "administrator": (R,),
        "data_officer": (),
    },
    "optics.person.request.line": {
        "assistant": (),
        "optometrist": (),
        "master": (),
        "manager": (),
        "administrator": (),
        "data_officer": (R,),
    },
    "res.partner": {
        "assistant": (R, W, C),
        "optometrist": (R, W, C),
        "master": (R,),
        "data_officer": (R,),
    },
}

# Every way in which a client gets at a field of a record.
WAYS_OUT = {
    "read": lambda record, name: record.read([name]),
    "attribute": lambda record, name: record[name],
    "web_read": lambda record, name: record.web_read({name: {}}),
    "mapped": lambda record, name: record.mapped(name),
    "export_data": lambda record, name: record.export_data([name]),
    "search_read": lambda record, name: record.search_read([], [name]),
    "web_search_read": lambda record, name: record.web_search_read([], {name: {}}),
    "search": lambda record, name: record.search([(name, "!=", False)]),
    "search_count": lambda record, name: record.search_count([(name, "!=", False)]),
    "name_search": lambda record, name: record.name_search("", [(name, "!=", False)]),
    "filtered_domain": lambda record, name: record.filtered_domain([(name, "!=", False)]),
}


@tagged("post_install", "-at_install", "optics")
class TestSecurity(PrescriptionsOfTwoShops, OpticsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clinical = cls._prescribe(
            cls.optometrist,
            cls.patient,
            notes="Глаукома под вопросом",
            od_acuity="0.3",
            reading_ids=[Command.create({"method": "subjective", "od_sph": -2.25})],
        )
        cls.order = cls.env["optics.manufacturing.order"].create(
            {
                "patient_id": cls.patient.id,
                "prescription_id": cls.prescription.id,
                "shop_id": cls.shop.id,
                "lab_id": cls.lab.id,
                "od_sph": -2.0,
                "os_sph": -1.75,
            }
        )
        cls.draft = cls.prescription.copy()
        cls.export = cls.env.ref("base.group_allow_export")

    def _as(self, user, record=None):
        return (record if record is not None else self.clinical).with_user(user)

    def _refused(self):
        return self.assertRaises(AccessError)

    # Models.

    def test_each_calling_has_its_rights_on_each_model_and_no_other(self):
        for model, callings in RIGHTS.items():
            for calling, rights in callings.items():
                Model = self.env[model].with_user(getattr(self, calling))
                for right in ALL:
                    has = Model.check_access_rights(right, raise_exception=False)
                    self.assertEqual(has, right in rights, (model, calling, right))

    def test_every_model_of_ours_has_an_access_line_and_none_is_open_to_all(self):
        portal = self.env.ref("base.group_portal") | self.env.ref("base.group_public")
        for name, model in self.env.items():
            if not name.startswith("optics.") or model._abstract:
                continue
            lines = self.env["ir.model.access"].search([("model_id.model", "=", name)])
            self.assertTrue(lines, name)
            self.assertTrue(all(line.group_id for line in lines), name)
            self.assertFalse(lines.group_id & portal, name)

    def test_a_user_of_odoo_without_a_calling_sees_none_of_it(self):
        outsider = self._user("t-outsider", "group_sales_assistant", self.shop)
        outsider.groups_id = self.env.ref("base.group_user")
        for model in RIGHTS:
            if model == "res.partner":
                continue
            with self._refused():
                self.env[model].with_user(outsider).search([])

    # Rows.

    def test_a_shop_sees_its_own_prescriptions_only(self):
        for user in (self.optometrist, self.assistant, self.manager):
            found = self.env["optics.prescription"].with_user(user).search([])
            self.assertIn(self.prescription, found, user.login)
            self.assertNotIn(self.other_prescription, found, user.login)
            with self._refused():
                self._as(user, self.other_prescription).read(["name"])

    def test_the_administrator_sees_all_shops(self):
        found = self.env["optics.prescription"].with_user(self.administrator).search([])
        self.assertGreaterEqual(found, self.prescription | self.other_prescription)

    def test_nobody_writes_into_a_shop_that_is_not_theirs(self):
        for user in (self.other_optometrist, self.other_assistant):
            with self._refused():
                self._as(user, self.draft).write({"od_sph": -9})
        with self._refused():
            self.env["optics.prescription"].with_user(self.optometrist).create(
                {"patient_id": self.patient.id, "shop_id": self.other_shop.id, "od_sph": -1}
            )
        with self._refused():
            self._as(self.other_optometrist, self.draft).unlink()

    def test_readings_of_a_visit_follow_their_prescription(self):
        Reading = self.env["optics.prescription.reading"]
        reading = self.clinical.reading_ids
        self.assertIn(reading, Reading.with_user(self.optometrist).search([]))
        self.assertNotIn(reading, Reading.with_user(self.other_optometrist).search([]))
        with self._refused():
            reading.with_user(self.other_optometrist).read(["od_sph"])
        with self._refused():
            Reading.with_user(self.other_optometrist).create(
                {"prescription_id": self.draft.id, "od_sph": -9}
            )
        self._taken(self.other_optometrist)
        self.assertEqual(reading.with_user(self.other_optometrist).od_sph, -2.25)

    def test_an_order_is_for_its_shop_and_its_workshop(self):
        Order = self.env["optics.manufacturing.order"]
        for user in (self.assistant, self.master, self.manager, self.administrator):
            self.assertIn(self.order, Order.with_user(user).search([]), user.login)
        self.assertNotIn(self.order, Order.with_user(self.other_assistant).search([]))
        with self._refused():
            self.order.with_user(self.other_assistant).read(["name"])

    def test_care_opens_no_order_of_another_shop(self):
        self._taken()
        with self._refused():
            self.order.with_user(self.other_assistant).read(["od_sph"])

    def test_the_workshop_learns_no_person_from_an_order(self):
        personal = ["patient_id", "prescription_id", "note", "patient_phone"]
        for name in personal:
            with self._refused():
                self.order.with_user(self.master).read([name])
            with self._refused():
                self.env["optics.manufacturing.order"].with_user(self.master).search(
                    [(name, "!=", False)]
                )
        columns = [
            name
            for name, field in self.order._fields.items()
            if field.column_type and name not in personal and not field.groups
        ]
        shown = self.order.with_user(self.master).read(columns)[0]
        self.assertNotIn(self.patient.name, str(shown))
        self.assertNotIn(self.patient.phone, str(shown))

    def test_a_moved_user_sees_the_new_shop_and_no_longer_the_old_one(self):
        """Domains of rules are cached; shops are not."""
        Prescription = self.env["optics.prescription"].with_user(self.assistant)
        Order = self.env["optics.manufacturing.order"].with_user(self.assistant)
        self.assertIn(self.prescription, Prescription.search([]))
        self.assertIn(self.order, Order.search([]))
        self.assistant.optics_shop_ids = self.other_shop
        self.assertNotIn(self.order, Order.search([]))
        self.assertNotIn(self.prescription, Prescription.search([]))
        self.assertIn(self.other_prescription, Prescription.search([]))

    # Care.

    def _take(self, user, **typed):
        """The window as RPC sees it: nothing that only a form would refuse."""
        return self.env["optics.care.take"].with_user(user).create(typed)

    def _taken(self, user=None, phone="8 912 345-67-89"):
        self.patient.is_optics_patient = True
        wizard = self._take(user or self.other_assistant, phone=phone, reason="заказ очков")
        wizard.action_take()
        return self.env["optics.care"].search([], limit=1)

    def test_a_patient_is_taken_into_care_by_a_whole_number(self):
        Prescription = self.env["optics.prescription"].with_user(self.other_assistant)
        self.assertNotIn(self.prescription, Prescription.search([]))
        care = self._taken()
        self.assertEqual(
            (care.patient_id, care.shop_id, care.taken_by_id, care.found_by),
            (self.patient, self.other_shop, self.other_assistant, "phone"),
        )
        self.assertIn(self.prescription, Prescription.search([]))
        seen_too = self.env["optics.prescription"].with_user(self.other_optometrist)
        self.assertIn(self.prescription, seen_too.search([]))

    def test_a_piece_of_a_number_finds_nobody(self):
        self.patient.is_optics_patient = True
        for phone in ("345-67-89", "8 912 345-67-8", "+7 912 345-67-8"):
            wizard = self._take(self.other_assistant, phone=phone, reason="проба")
            self.assertFalse(wizard.candidate_ids, phone)
            with self.assertRaises(UserError):
                wizard.action_take()
        # Many have the same number without its code.
        self.patient.phone = "345-67-89"
        self.assertFalse(self._take(self.other_assistant, phone="345-67-89").candidate_ids)

    def test_a_full_name_needs_the_date_of_birth(self):
        self.patient.write({"is_optics_patient": True, "birthdate_date": "1980-05-01"})
        name = "иванова  мария петровна"
        wizard = self._take(self.other_assistant, full_name=name, reason="проба")
        self.assertFalse(wizard.candidate_ids)
        wizard = self._take(
            self.other_assistant, full_name=name, birthdate="1980-05-01", reason="заказ"
        )
        self.assertEqual(wizard.patient_id, self.patient)
        wizard.action_take()
        self.assertEqual(self.env["optics.care"].search([], limit=1).found_by, "name")
        wizard = self._take(
            self.other_assistant, full_name="Иванова", birthdate="1980-05-01", reason="проба"
        )
        self.assertFalse(wizard.candidate_ids)

    def test_a_patient_slipped_into_the_window_is_not_taken(self):
        self.other_patient.is_optics_patient = True
        self.patient.is_optics_patient = True
        wizard = self._take(self.other_assistant, phone="89123456789", reason="проба")
        wizard.write({"patient_id": self.other_patient.id})
        with self.assertRaises(UserError):
            wizard.action_take()
        taken = self.env["optics.care"].search([("patient_id", "=", self.other_patient.id)])
        self.assertFalse(taken)

    def test_a_patient_is_taken_for_an_own_shop_and_with_a_reason(self):
        self.patient.is_optics_patient = True
        wizard = self._take(self.other_assistant, phone="89123456789")
        wizard.reason = "  "
        with self.assertRaises(UserError):
            wizard.action_take()
        wizard.write({"reason": "заказ", "shop_id": self.lab.id})
        with self.assertRaises(UserError):
            wizard.action_take()

    def test_care_cannot_be_written_past_the_window(self):
        values = {
            "patient_id": self.patient.id,
            "shop_id": self.other_shop.id,
            "reason": "просто так",
            "found_by": "phone",
            "until": self._tomorrow(),
        }
        for user in (self.other_assistant, self.administrator, self.data_officer):
            with self._refused():
                self.env["optics.care"].with_user(user).create(values)
        care = self.env["optics.care"].create(values)
        with self.assertRaises(UserError):
            care.until = "2099-01-01"
        with self.assertRaises(UserError):
            care.unlink()

    def test_care_opens_reading_and_nothing_else(self):
        self._taken()
        seen = self._as(self.other_optometrist, self.prescription)
        self.assertEqual(seen.read(["od_sph"])[0]["od_sph"], -2.0)
        for right in ("write", "unlink"):
            with self._refused():
                seen.check_access_rule(right)

    def test_care_opens_no_draft(self):
        self._taken()
        found = self.env["optics.prescription"].with_user(self.other_optometrist).search([])
        self.assertIn(self.prescription, found)
        self.assertNotIn(self.draft, found)

    def test_care_of_one_patient_opens_no_other(self):
        theirs = self._prescribe(self.optometrist, self.other_patient)
        self._taken()
        found = self.env["optics.prescription"].with_user(self.other_optometrist).search([])
        self.assertNotIn(theirs, found)

    def test_care_gives_an_assistant_no_clinical_field(self):
        self._taken()
        with self._refused():
            self._as(self.other_assistant).read(["notes"])

    def test_care_ends_by_its_day_by_hand_and_by_the_cron(self):
        Prescription = self.env["optics.prescription"].with_user(self.other_assistant)
        care = self._taken()
        self.env.cr.execute(
            "UPDATE optics_care SET until = CURRENT_DATE - 2, taken_at = now() - '9 days'::interval"
        )
        self.env.invalidate_all()
        self.assertNotIn(self.prescription, Prescription.search([]), "by its day")
        self.assertFalse(care.ended_at)
        self.env["optics.care"]._cron_end()
        self.assertTrue(care.ended_at)
        care = self._taken()
        self.assertIn(self.prescription, Prescription.search([]))
        care.with_user(self.other_assistant).action_end()
        self.assertEqual(care.ended_by_id, self.other_assistant)
        self.assertNotIn(self.prescription, Prescription.search([]), "by hand")

    def test_care_is_seen_by_its_shop_and_ended_by_its_shop(self):
        care = self._taken()
        self.assertFalse(self.env["optics.care"].with_user(self.assistant).search([]))
        with self._refused():
            care.with_user(self.assistant).action_end()
        self.assertIn(care, self.env["optics.care"].with_user(self.data_officer).search([]))

    # Fields.

    def test_clinical_fields_are_refused_by_every_way_out(self):
        clinical = [
            name
            for name, field in self.env["optics.prescription"]._fields.items()
            if field.groups == "optics_core.group_medical"
        ]
        self.assertIn("notes", clinical)
        self.assertIn("scan", clinical)
        for user in (self.assistant, self.manager, self.administrator):
            user.groups_id |= self.export
            for name in clinical:
                for way, read in WAYS_OUT.items():
                    self.env.invalidate_all()
                    with self.subTest(user=user.login, name=name, way=way), self._refused():
                        read(self._as(user), name)

    def test_clinical_fields_are_written_by_clinical_staff_only(self):
        for user in (self.assistant, self.manager):
            for values in ({"notes": "Глаукома"}, {"scan": b"AAAA"}, {"od_acuity": "0.1"}):
                with self._refused():
                    self._as(user, self.draft).write(values)
        self._as(self.optometrist, self.draft).write({"notes": "Глаукома"})

    def test_clinical_fields_are_refused_to_groups_sorts_and_other_models(self):
        for user in (self.assistant, self.manager, self.administrator):
            Model = self.env["optics.prescription"].with_user(user)
            with self._refused():
                Model.read_group([], ["__count"], ["od_acuity"])
            with self._refused():
                Model.read_group([], ["od_acuity:max"], ["shop_id"])
            with self._refused():
                Model.search([], order="od_acuity")
            Partner = self.env["res.partner"].with_user(user)
            with self._refused():
                Partner.search([("optics_prescription_ids.notes", "ilike", "глаукома")])
            with self._refused():
                Partner.search([("optics_prescription_ids", "any", [("notes", "!=", False)])])
            user.groups_id |= self.export
            with self._refused():
                self.patient.with_user(user).export_data(["optics_prescription_ids/notes"])
            with self._refused():
                self.patient.with_user(user).web_read(
                    {"optics_prescription_ids": {"fields": {"notes": {}}}}
                )

    def test_clinical_fields_are_open_to_those_who_examine_eyes(self):
        seen = self._as(self.optometrist).read(["notes", "od_acuity", "reading_ids"])[0]
        self.assertIn("Глаукома", seen["notes"])
        self.assertTrue(seen["reading_ids"])

    def test_clinical_fields_are_not_in_the_views_of_others(self):
        for user in (self.assistant, self.administrator):
            Model = self.env["optics.prescription"].with_user(user)
            for kind in ("form", "list", "search"):
                arch = Model.get_views([(False, kind)])["views"][kind]["arch"]
                self.assertNotIn('name="notes"', arch)
                self.assertNotIn('name="scan"', arch)

    # Chatter, letters and files.

    def test_no_value_of_the_eyes_is_tracked(self):
        for model in ("optics.prescription", "optics.prescription.reading"):
            Model = self.env[model]
            tracked = {
                name for name, field in Model._fields.items() if getattr(field, "tracking", False)
            }
            self.assertFalse(tracked & Model._journaled_names(), model)

    def test_signing_tells_no_value_and_no_patient_by_letter(self):
        env = self.env(context={"tracking_disable": False})
        self.assistant.notification_type = "email"
        draft = (
            self.prescription.with_env(env).with_user(self.optometrist).copy({"notes": "Глаукома"})
        )
        draft.message_subscribe(self.assistant.partner_id.ids)
        before = env["mail.mail"].search([], limit=1, order="id desc").id
        draft.action_sign()
        env.cr.flush()
        messages = draft.sudo().message_ids
        said = " ".join(
            [
                *messages.mapped(lambda message: f"{message.body} {message.subject}"),
                *map(str, messages.sudo().tracking_value_ids.mapped("new_value_char")),
                *env["mail.mail"].search([("id", ">", before)]).mapped("body_html"),
            ]
        )
        for secret in ("-2.0", "-1.75", "-2,0", "-1,75", "62", "Глаукома"):
            self.assertNotIn(secret, said)

    def test_the_patient_follows_no_prescription(self):
        followers = self.clinical.message_partner_ids
        self.assertNotIn(self.patient, followers)

    def test_words_and_files_on_a_prescription_are_for_clinical_staff(self):
        message = self.clinical.message_post(
            body="Подозрение на глаукому", attachments=[("photo.txt", b"glaucoma")]
        )
        photo = message.attachment_ids
        for user in (self.assistant, self.manager, self.administrator, self.master):
            with self._refused():
                message.with_user(user).read(["body"])
            with self._refused():
                photo.with_user(user).read(["datas"])
            Message = self.env["mail.message"].with_user(user)
            self.assertFalse(Message.search([("id", "=", message.id)]))
            Attachment = self.env["ir.attachment"].with_user(user)
            self.assertFalse(Attachment.search([("id", "=", photo.id)]))
        self.assertIn("глаукому", message.with_user(self.optometrist).read(["body"])[0]["body"])
        self.assertTrue(photo.with_user(self.optometrist).datas)

    def test_a_scan_is_refused_as_a_field_and_as_a_file(self):
        scanned = self._prescribe(self.optometrist, self.patient, scan=b"R0xBVUNPTUE=")
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "optics.prescription"),
                ("res_field", "=", "scan"),
                ("res_id", "=", scanned.id),
            ]
        )
        self.assertEqual(len(file), 1)
        self.administrator.groups_id |= self.env.ref("base.group_system")
        for user in (self.assistant, self.manager, self.administrator, self.master):
            with self._refused():
                scanned.with_user(user).read(["scan"])
            with self._refused():
                file.with_user(user).read(["datas"])
            with self._refused():
                scanned.with_user(user).sudo(False).env["ir.binary"]._record_to_stream(
                    scanned.with_user(user), "scan"
                )
        self.assertTrue(scanned.with_user(self.optometrist).scan)

    def test_an_assistant_signs_what_was_written_elsewhere(self):
        """The closed chatter must not stand in the way of work."""
        prescription = (
            self.env["optics.prescription"]
            .with_user(self.assistant)
            .with_context(tracking_disable=False)
            .create(
                {
                    "patient_id": self.patient.id,
                    "prescriber_name": "Петров П. П.",
                    "prescriber_id": False,
                    "od_sph": -1,
                }
            )
        )
        prescription.action_sign()
        self.env.flush_all()
        self.env.cr.flush()
        self.assertEqual(prescription.state, "signed")

    # People.

    def test_the_workshop_opens_no_card_of_a_patient(self):
        self.patient.is_optics_patient = True
        Partner = self.env["res.partner"].with_user(self.master)
        self.assertFalse(Partner.search([("id", "=", self.patient.id)]))
        with self._refused():
            self.patient.with_user(self.master).read(["phone"])
        self.assertTrue(self.assistant.partner_id.with_user(self.master).name)

    def test_no_form_sends_a_typed_name_to_a_service_abroad(self):
        """`partner_autocomplete`, which Odoo installs by itself, would."""
        for xmlid in (
            "base.view_partner_form",
            "base.view_partner_simple_form",
            "optics_core.res_partner_view_form_patient",
            "optics_core.res_partner_view_form_patient_quick",
        ):
            view = self.env["res.partner"].get_view(self.env.ref(xmlid).id, "form")
            self.assertNotIn("autocomplete", view["arch"], xmlid)

    def test_the_counters_of_a_card_count_what_one_may_see(self):
        self._prescribe(self.other_optometrist, self.patient)
        seen = {
            user.login: self.patient.with_user(user).prescription_count
            for user in (self.assistant, self.other_assistant, self.administrator)
        }
        self.assertEqual(seen, {"t-assistant": 3, "t-assistant-b": 1, "t-administrator": 4})

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_menus_of_personal_data_are_for_the_officer(self):
        menu = self.env.ref("optics_core.menu_personal_data")
        for user in (self.assistant, self.optometrist, self.master, self.manager):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertNotIn(menu.id, visible, user.login)
        visible = self.env["ir.ui.menu"].with_user(self.data_officer)._visible_menu_ids()
        self.assertIn(menu.id, visible)

    def test_the_menu_of_goods_is_for_those_who_sell_or_make_glasses(self):
        menu = self.env.ref("optics_core.menu_catalogue")
        for user in (self.assistant, self.optometrist, self.master, self.manager):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertIn(menu.id, visible, user.login)
        visible = self.env["ir.ui.menu"].with_user(self.data_officer)._visible_menu_ids()
        self.assertNotIn(menu.id, visible)

    def test_the_day_of_a_master_begins_with_the_jobs_of_the_workshop(self):
        menus = self.env["ir.ui.menu"].with_user(self.master)
        visible = menus.browse(menus._visible_menu_ids())
        optics = self.env.ref("optics_core.menu_optics")
        sections = visible.filtered(lambda menu: menu.parent_id == optics)
        self.assertEqual(sections[0], self.env.ref("optics_core.menu_workshop"))
        self.assertIn(self.env.ref("optics_core.menu_workshop_overdue"), visible)
        self.assertIn(self.env.ref("optics_core.menu_workshop_to_order"), visible)

    def test_how_long_care_lasts_is_a_setting(self):
        Settings = self.env["res.config.settings"]
        Settings.create({"optics_care_days": 7}).execute()
        wizard = self._take(self.other_assistant)
        self.assertEqual((wizard.until - fields.Date.context_today(wizard)).days, 7)
        with self.assertRaises(ValidationError):
            Settings.create({"optics_care_days": 0})
