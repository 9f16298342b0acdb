from datetime import date

from dateutil.relativedelta import relativedelta
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import OpticsCase


@tagged("post_install", "-at_install", "optics")
class TestPatient(OpticsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner = cls.env["res.partner"].with_user(cls.assistant)

    def _find(self, typed):
        return self.Partner.search([("patient_search", "ilike", typed)])

    def test_the_age_is_full_years_on_a_day(self):
        self.patient.birthdate_date = date(2000, 2, 29)
        self.assertEqual(self.patient._optics_age_on(date(2018, 2, 28)), 17)
        self.assertEqual(self.patient._optics_age_on(date(2018, 3, 1)), 18)

    def test_without_a_birth_date_there_is_no_age(self):
        self.assertIsNone(self.patient._optics_age_on(date(2020, 1, 1)))
        self.assertFalse(self.patient.is_minor)

    def test_a_birth_date_to_come_is_refused_with_what_was_typed(self):
        tomorrow = fields.Date.today() + relativedelta(days=2)
        with self.assertRaises(ValidationError) as refused:
            self.patient.birthdate_date = tomorrow
        self.assertIn(fields.Date.to_string(tomorrow), str(refused.exception))

    def test_a_birth_date_of_another_age_is_refused(self):
        with self.assertRaises(ValidationError):
            self.patient.birthdate_date = date(1812, 9, 7)

    def test_a_child_without_a_guardian_is_pointed_out_and_kept(self):
        child = self.Partner.create(
            {
                "name": "Иванов Пётр",
                "birthdate_date": fields.Date.today() - relativedelta(years=8),
            }
        )
        self.assertTrue(child.lacks_guardian)
        child.guardian_id = self.patient
        self.assertFalse(child.lacks_guardian)
        self.assertEqual(self.patient.with_user(self.assistant).ward_ids, child)

    def test_a_child_is_nobodys_guardian(self):
        child = self.Partner.create(
            {
                "name": "Иванов Пётр",
                "birthdate_date": fields.Date.today() - relativedelta(years=8),
            }
        )
        with self.assertRaises(ValidationError):
            self.patient.guardian_id = child
        with self.assertRaises(ValidationError):
            self.patient.guardian_id = self.patient

    def test_a_phone_is_found_however_it_is_typed(self):
        self.patient.phone = "8 (912) 345-67-89"
        for typed in (
            "+7 912 345-67-89",
            "89123456789",
            "9123456789",
            "7(912)3456789",
            "345-67-89",
            "8912345",
            "+7912",
            "6789",
        ):
            self.assertIn(self.patient, self._find(typed), typed)
        for typed in ("+7 912 345-67-88", "8913", "7890"):
            self.assertNotIn(self.patient, self._find(typed), typed)

    def test_the_mobile_is_found_too(self):
        self.patient.write({"phone": False, "mobile": "8-343-222-33-44"})
        self.assertIn(self.patient, self._find("+7 343 2223344"))

    def test_a_changed_number_is_found_and_the_former_one_is_not(self):
        self.patient.phone = "+7 900 111-22-33"
        self.assertIn(self.patient, self._find("9001112233"))
        self.assertNotIn(self.patient, self._find("9123456789"))

    def test_pieces_of_the_name_are_found_in_any_order(self):
        self.patient.name = "Королёва Мария Петровна"
        for typed in ("корол мар", "мария королева", "КОРОЛЁВА"):
            self.assertIn(self.patient, self._find(typed), typed)
        self.assertNotIn(self.patient, self._find("королева анна"))

    def test_a_dropdown_finds_by_phone_and_by_name(self):
        for typed in ("89123456789", "иванова мар"):
            found = [found[0] for found in self.Partner.name_search(typed)]
            self.assertIn(self.patient.id, found, typed)

    def _choice(self, typed, limit=8):
        return [name for _id, name in self.Partner.name_search(typed, limit=limit)]

    def test_a_dropdown_lists_a_surname_before_names_that_only_contain_it(self):
        names = [f"Авдеева Анна {n} Фрязинична" for n in range(8)]
        names += ["Фрязинин Олег", "Фрязин Яков Львович", "Фрязин-Заде Лев", "Фрязин Абрам"]
        self.env["res.partner"].create([{"name": name} for name in names])
        surnames = ["Фрязин Абрам", "Фрязин Яков Львович", "Фрязин-Заде Лев", "Фрязинин Олег"]
        self.assertEqual(self._choice("ФРЯЗИН")[:4], surnames)
        # No one is lost, and no one stands there twice.
        self.assertEqual(self._choice("фрязин", limit=100), surnames + names[:8])
        self.assertEqual(self._choice("фрязин", limit=3), surnames[:3])

    def test_a_dropdown_takes_a_surname_at_any_place_of_what_was_typed(self):
        names = ["Осипова Фрязина Марковна", "Осипов Фрязин", "Фрязин Осип Маркович"]
        self.env["res.partner"].create([{"name": name} for name in names])
        for typed in ("осип фрязин", "фрязин осип"):
            self.assertEqual(self._choice(typed)[0], "Фрязин Осип Маркович", typed)
            self.assertEqual(set(self._choice(typed)), set(names), typed)

    def test_a_dropdown_keeps_to_the_domain_of_its_field(self):
        man, woman = self.env["res.partner"].create([{"name": "Фрязин А"}, {"name": "Фрязин Б"}])
        found = self.Partner.name_search("фрязин", [("id", "!=", man.id)])
        self.assertEqual([found[0] for found in found], woman.ids)

    def test_a_dropdown_still_finds_by_e_mail(self):
        self.patient.email = "unusual.letters@example.com"
        found = self.Partner.name_search("unusual.letters")
        self.assertEqual([found[0] for found in found], self.patient.ids)

    def test_a_dropdown_tells_namesakes_apart(self):
        self.patient.birthdate_date = date(1980, 5, 1)
        shown = self.patient.with_user(self.assistant).with_context(show_patient=True)
        self.assertIn("1980", shown.display_name)
        self.assertIn("345-67-89", shown.display_name)
        seen_by_master = self.patient.with_user(self.master)
        self.assertNotIn("1980", seen_by_master.with_context(show_patient=True).display_name)

    def test_the_searches_use_their_indexes(self):
        """With 100,000 patients nobody waits for every row to be read."""
        self.env["res.partner"].flush_model()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for typed, index in (
            ("9123456789", "res_partner__phone_digits_index"),
            ("иванова мария", "res_partner__name_searched_index"),
        ):
            query = self.env["res.partner"]._where_calc(
                self.env["res.partner"]._optics_found_by(typed)
            )
            self.env.cr.execute(query.select())
            self.env.cr.execute("EXPLAIN " + self.env.cr.query.decode())
            plan = " ".join(row[0] for row in self.env.cr.fetchall())
            self.assertIn(index, plan, typed)

    def test_a_surname_is_read_off_its_index_in_order(self):
        """However many bear it, only those that are shown are read."""
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        found = self.Partner._optics_found_by("иванов")
        query = self.Partner._optics_beginning("иванов", found, [], 8)
        self.env.cr.execute(query.select())
        self.env.cr.execute("EXPLAIN " + self.env.cr.query.decode())
        plan = " ".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("res_partner_name_searched_beginning", plan)
        self.assertNotIn("Sort", plan)

    def test_the_same_number_and_surname_is_perhaps_the_same_person(self):
        with Form(self.Partner, "optics_core.res_partner_view_form_patient_quick") as form:
            form.name = "Иванова М. П."
            form.phone = "89123456789"
            self.assertEqual(form.duplicate_ids[:], self.patient)
            form.phone = "+7 912 345-67-80"
            self.assertFalse(form.duplicate_ids[:])

    def test_the_same_name_and_birth_date_is_perhaps_the_same_person(self):
        self.patient.birthdate_date = date(1980, 5, 1)
        other = self.Partner.create(
            {"name": "иванова мария петровна", "birthdate_date": date(1980, 5, 1)}
        )
        self.assertEqual(other.duplicate_ids, self.patient)
        other.birthdate_date = date(1981, 5, 1)
        self.assertFalse(other.duplicate_ids)

    def test_a_husband_with_the_same_phone_is_no_duplicate(self):
        husband = self.Partner.create({"name": "Петров Олег", "phone": self.patient.phone})
        self.assertFalse(husband.duplicate_ids)

    def test_a_line_at_the_counter_makes_a_patient_with_a_phone(self):
        made, _name = self.Partner.with_context(default_is_optics_patient=True).name_create(
            "Смирнов Олег Игоревич 8 902 111-22-33"
        )
        patient = self.Partner.browse(made)
        self.assertEqual(patient.name, "Смирнов Олег Игоревич")
        self.assertEqual(patient.phone_digits, "79021112233")
        self.assertTrue(patient.is_optics_patient)

    def test_family_tells_the_same_from_both_sides(self):
        son = self.Partner.create({"name": "Иванов Пётр"})
        self.patient.with_user(self.assistant).family_relation_ids = [
            (0, 0, {"relative_id": son.id, "kind": "child"})
        ]
        seen = son.family_relation_ids
        self.assertEqual((seen.relative_id, seen.kind), (self.patient, "parent"))
        seen.kind = "sibling"
        self.assertEqual(self.patient.family_relation_ids.kind, "sibling")
        self.patient.with_user(self.assistant).family_relation_ids.unlink()
        self.assertFalse(son.family_relation_ids)

    def test_family_moved_to_another_person_moves_on_both_sides(self):
        son = self.Partner.create({"name": "Иванов Пётр"})
        daughter = self.Partner.create({"name": "Иванова Ольга"})
        relation = self.env["optics.family.relation"].create(
            {"partner_id": self.patient.id, "relative_id": son.id, "kind": "child"}
        )
        relation.relative_id = daughter
        self.assertFalse(son.family_relation_ids)
        self.assertEqual(daughter.family_relation_ids.relative_id, self.patient)

    def test_a_mirror_cannot_be_bent_from_outside(self):
        son = self.Partner.create({"name": "Иванов Пётр"})
        stranger = self.Partner.create({"name": "Чужой"})
        relation = self.env["optics.family.relation"].create(
            {
                "partner_id": self.patient.id,
                "relative_id": son.id,
                "kind": "child",
                "mirror_id": False,
            }
        )
        mirror = relation.mirror_id
        relation.write({"mirror_id": False, "kind": "other"})
        self.assertEqual(mirror.kind, "other")
        self.assertFalse(stranger.family_relation_ids)

    @mute_logger("odoo.sql_db")
    def test_family_is_entered_once_and_never_with_oneself(self):
        relations = self.env["optics.family.relation"]
        son = self.Partner.create({"name": "Иванов Пётр"})
        values = {"partner_id": self.patient.id, "relative_id": son.id, "kind": "child"}
        relations.create(values)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            relations.create({**values, "kind": "other"})
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            relations.create({**values, "relative_id": self.patient.id})

    def test_an_assistant_enters_patients_and_leaves_colleagues_alone(self):
        self.Partner.create({"name": "Новый пациент"}).phone = "+7 900 000-00-01"
        with self.assertRaises(AccessError):
            self.optometrist.partner_id.with_user(self.assistant).name = "Иной"
        with self.assertRaises(AccessError):
            self.patient.with_user(self.assistant).unlink()

    def test_the_workshop_sees_no_birth_date(self):
        with self.assertRaises(AccessError):
            self.patient.with_user(self.master).read(["birthdate_date"])
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(self.master).search(
                [("birthdate_date", "=", "1980-05-01")]
            )
