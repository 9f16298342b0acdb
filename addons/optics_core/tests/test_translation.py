from odoo.tests import TransactionCase, tagged

from .translation_tests import TranslationTests

SAME_IN_RUSSIAN = {
    "%(action)s: %(jobs)s",
    "%(field)s: %(shortfall)s.",
    "%(kind)s Ø%(diameter)s, sph %(sph_min)s…%(sph_max)s, cyl %(cyl_min)s…%(cyl_max)s",
    "%(kind)s Ø%(diameter)s, sph %(sph_min)s…%(sph_max)s, cyl %(cyl_min)s…%(cyl_max)s, "
    "add %(add_min)s…%(add_max)s",
    "%(lens)s, %(area)s",
    "%(lens)s: %(limits)s.",
    "'%s' % (object.name.replace('/', '-'))",
    "-2.00 -1.00 x 20",
    "A × B",
    "ANSI Z80.1-2015",
    "Add",
    "BC",
    "Cyl",
    "DBL",
    "DIA",
    "ED",
    "ID",
    "Lagom 4417",
    "Norden Stellar 1.6 AR",
    "OD",
    "OD Add",
    "OD Cyl",
    "OD Sph",
    "OD → OS",
    "OS",
    "OS Add",
    "OS Cyl",
    "OS Sph",
    "SMS",
    "Sph",
    "Trivex",
    "logMAR",
    "sph \\ cyl",
}


@tagged("post_install", "-at_install", "optics")
class TestTranslation(TranslationTests, TransactionCase):
    addon = "optics_core"
    terms_at_least = 1000
    same_in_russian = SAME_IN_RUSSIAN

    def test_a_person_reads_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"]._load_module_terms(["optics_core"], ["ru_RU"])
        order = self.env["optics.manufacturing.order"].with_context(lang="ru_RU")
        label = order._fields["tray_number"]._description_string(order.env)
        states = dict(order._fields["state"]._description_selection(order.env))
        self.assertEqual((label, states["not_collected"]), ("Лоток", "Не забрали"))
