from odoo import _, api, models


class ImportWizard(models.TransientModel):
    """Why a column, or a profile, was taken for what it was: people trust what they can follow."""

    _inherit = "connector.import.wizard"

    @api.model
    def _match_words(self, match):
        return {
            "file_name": _("known by the name of the file"),
            "columns": _("known by its columns"),
            "supplier": _("known by the supplier in the name of the file"),
        }[match.why]

    @api.model
    def _reason_words(self, why):
        words = self._reasons()
        return ", ".join(words[code] for code in why if code in words)

    @api.model
    def _reasons(self):
        """Codes of `rules.guess` and `rules.column_data`."""
        return {
            "name": _("by the header"),
            "name_contains": _("the header contains it"),
            "name_shortened": _("the header shortens it"),
            "data_agrees": _("the data agree"),
            "data_contradicts": _("the data look different"),
            "column_empty": _("the column is empty"),
            "data_decides": _("the data decide"),
            "per_pieces": _("a price of several pieces"),
            "vat_both": _("with VAT or without: choose one"),
            "beside_base_curve": _("stands beside a base curve"),
            "check_digits": _("check digits of barcodes"),
            "power_steps": _("powers in steps of 0.25"),
            "indices": _("refractive indices"),
            "diameters": _("diameters"),
            "base_curves": _("base curves"),
            "vat_rates": _("rates of VAT"),
            "prices": _("looks like prices"),
            "quantities": _("looks like quantities"),
            "sizes": _("sizes such as 52-18"),
            "addresses": _("addresses of images"),
            "currencies": _("names of currencies"),
            "units": _("units of measure"),
            "long_texts": _("several words in each row"),
            "codes": _("looks like codes"),
            "repeated_words": _("a few words repeated"),
        }
