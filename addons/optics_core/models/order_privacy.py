from odoo import api, models


class ManufacturingOrder(models.Model):
    """The order repeats the values of the prescription: to read them from outside is the same."""

    _name = "optics.manufacturing.order"
    _inherit = ["optics.manufacturing.order", "optics.journaled.reading"]
    _journal_shops = ("shop_id", "lab_id")
    _journal_people = ("create_uid", "consultant_id", "optometrist_id", "master_id")

    @api.model
    def _journaled_fields(self):
        return _eye_columns(self)


class QualityCheck(models.Model):
    """What was measured on the lenses of an order."""

    _name = "optics.quality.check"
    _inherit = ["optics.quality.check", "optics.journaled.reading"]
    _journal_document = "order_id"

    @api.model
    def _journaled_fields(self):
        return [*_eye_columns(self), "verdict"]


def _eye_columns(model):
    """Of a paper of the workshop, which is not all about eyes: the values of eyes."""
    eyes = model.env["optics.eye.values"]._fields.keys() - set(models.MAGIC_COLUMNS)
    names = eyes | set(model._pair_value_names)
    return [name for name in sorted(names) if model._fields[name].column_type]
