from odoo.tests import TransactionCase, tagged

from odoo.addons.optics_core.tests.translation_tests import TranslationTests

SAME_IN_RUSSIAN = {
    "@supplier.ru",
    "API",
    "Add",
    "Cyl",
    "ID",
    "KOI8-R",
    "Sph",
    "UTF-16",
    "round_to(cost * rate * 1.6, 0.90)",
}


@tagged("post_install", "-at_install", "connector")
class TestTranslation(TranslationTests, TransactionCase):
    addon = "connector_b"
    terms_at_least = 700
    same_in_russian = SAME_IN_RUSSIAN

    def test_a_person_reads_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"]._load_module_terms(["connector_b"], ["ru_RU"])
        job = self.env["connector.import.job"].with_context(lang="ru_RU")
        label = job._fields["partner_id"]._description_string(job.env)
        states = dict(job._fields["state"]._description_selection(job.env))
        self.assertEqual((label, states["undone"]), ("Поставщик", "Возвращён"))
