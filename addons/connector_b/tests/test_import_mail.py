from email.message import EmailMessage

from odoo.tests import TransactionCase, tagged

from .arrivals import ONE, OTHER, UNREADABLE, in_english, make_operator, make_profile, perform_queue

SUPPLIER = "Отдел продаж <sales@alfa.example>"


@tagged("post_install", "-at_install", "connector")
class TestImportMail(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = in_english(cls.env)
        domain = cls.env["mail.alias.domain"].create(
            {"name": "shop.example", "company_ids": [(4, cls.env.company.id)]}
        )
        cls.operator = make_operator(cls.env, "mail-operator")
        cls.profile = make_profile(cls.env, "Alfa", cls.operator, alias_name="alfa-prices")
        cls.profile.alias_domain_id = domain
        cls.number = 0

    def receive(self, *files, sender=SUPPLIER, to="alfa-prices@shop.example", **headers):
        """A mail as the mail server hands it over; a file is `(name, content)`."""
        type(self).number += 1
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, "Прайс-лист"
        mail["Message-Id"] = headers.get("message_id", f"<{self.number}@alfa.example>")
        mail.set_content("Добрый день! Новые цены во вложении.")
        for name, content in files:
            mail.add_attachment(
                content, maintype="application", subtype="octet-stream", filename=name
            )
        before = self.jobs()
        self.env["mail.thread"].message_process(False, mail.as_bytes())
        return self.jobs() - before

    def jobs(self):
        return self.env["connector.import.job"].search([("profile_id", "=", self.profile.id)])

    def last_note(self):
        return self.profile.message_ids[0].body

    def test_the_profile_has_an_address(self):
        self.assertEqual(self.profile.alias_email, "alfa-prices@shop.example")

    def test_a_price_list_becomes_a_checked_import_of_the_responsible_person(self):
        job = self.receive(("Прайс ноябрь.csv", ONE))
        self.assertEqual((job.file_name, job.origin), ("Прайс ноябрь.csv", "mail"))
        self.assertEqual((job.check_state, job.state), ("done", "draft"))
        self.assertEqual(job.user_id, self.operator)
        self.assertEqual(job._attachment().raw, ONE)

    def test_the_mail_and_what_became_of_it_stay_in_the_chatter(self):
        job = self.receive(("price.csv", ONE))
        bodies = " ".join(self.profile.message_ids.mapped("body"))
        self.assertIn("Новые цены во вложении", bodies)
        self.assertIn(job.name, bodies)

    def test_several_files_are_several_imports(self):
        jobs = self.receive(("frames.csv", ONE), ("lenses.csv", OTHER))
        self.assertEqual(set(jobs.mapped("file_name")), {"frames.csv", "lenses.csv"})

    def test_what_is_no_price_list_is_left_alone(self):
        jobs = self.receive(("price.csv", ONE), ("Реквизиты.pdf", b"%PDF-1.4"))
        self.assertEqual(jobs.mapped("file_name"), ["price.csv"])

    def test_a_mail_without_a_price_list_says_so(self):
        self.assertFalse(self.receive(("Реквизиты.pdf", b"%PDF-1.4")))
        self.assertIn("has no price list attached", self._notes())

    def test_a_stranger_is_left_alone_and_named(self):
        self.assertFalse(self.receive(("price.csv", ONE), sender="x@elsewhere.example"))
        self.assertIn("x@elsewhere.example is no sender of this supplier", self._notes())

    def _notes(self):
        return " ".join(self.profile.message_ids.mapped("body"))

    def test_contacts_of_the_supplier_are_known(self):
        self.env["res.partner"].create(
            {
                "name": "Анна",
                "parent_id": self.profile.partner_id.id,
                "email": "Anna@Elsewhere.example",
            }
        )
        self.assertTrue(self.receive(("price.csv", ONE), sender="anna@elsewhere.example"))

    def test_listed_addresses_and_domains_are_known(self):
        self.profile.mail_senders = "robot@hosting.example\n@alfa.example"
        self.assertTrue(self.receive(("a.csv", ONE), sender="robot@hosting.example"))
        self.assertTrue(self.receive(("b.csv", OTHER), sender="anybody@alfa.example"))
        self.assertFalse(self.receive(("c.csv", ONE), sender="anybody@hosting.example"))
        self.assertFalse(self.receive(("c.csv", ONE), sender="x@evil-alfa.example"))

    def test_the_same_file_mailed_again_is_the_same_import(self):
        job = self.receive(("price.csv", ONE))
        self.assertFalse(self.receive(("price.csv", ONE)))
        self.assertIn(f"the same file as in import {job.name}", self._notes())

    def test_mail_is_only_ever_checked(self):
        self.profile.import_on_arrival = True
        job = self.receive(("price.csv", ONE))
        perform_queue(self.env)
        self.assertEqual(job.state, "draft")

    def test_a_file_that_cannot_be_read_is_a_failed_check_and_not_a_lost_mail(self):
        job = self.receive(("price.xlsx", UNREADABLE))
        self.assertEqual(job.check_state, "failed")
        self.assertTrue(job.failure)

    def test_without_a_responsible_person_the_mail_stays_with_the_reason(self):
        self.profile.responsible_id = False
        self.assertFalse(self.receive(("price.csv", ONE)))
        self.assertIn("need a responsible person", self._notes())

    def test_an_answer_in_the_chatter_is_no_price_list(self):
        note = self.profile.message_post(body="Спасибо", message_type="comment")
        mail = EmailMessage()
        mail["From"], mail["To"] = SUPPLIER, "catchall@shop.example"
        mail["Message-Id"], mail["In-Reply-To"] = "<answer@alfa.example>", note.message_id
        mail["Subject"] = "Re: Прайс-лист"
        mail.set_content("Пожалуйста")
        mail.add_attachment(ONE, maintype="text", subtype="csv", filename="price.csv")
        self.env["mail.thread"].message_process(False, mail.as_bytes())
        self.assertFalse(self.jobs())

    def test_an_operator_does_not_choose_who_may_send(self):
        with self.assertRaisesRegex(Exception, "mail_senders"):
            self.profile.with_user(self.operator).mail_senders = "@elsewhere.example"
