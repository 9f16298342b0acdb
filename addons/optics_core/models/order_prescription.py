from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..rules import ordered_values
from ..rules.exact import exact
from ..rules.power import EYES


class ManufacturingOrder(models.Model):
    """A job made from a prescription: its values are copied, never looked up later."""

    _inherit = "optics.manufacturing.order"

    @api.onchange("prescription_id")
    def _onchange_prescription_id(self):
        prescription = self.prescription_id
        if not prescription:
            return
        purpose = prescription.kind if prescription.kind != "contact" else self.purpose
        self.update(self._prepare_from_prescription(prescription, purpose))

    @api.onchange("purpose")
    def _onchange_purpose(self):
        if self.prescription_id and self.purpose:
            self.update(self._prepare_from_prescription(self.prescription_id, self.purpose))

    @api.model
    def _prepare_from_prescription(self, prescription, purpose=None):
        """Values of a new job for that purpose, by default the one it was written for."""
        kind = prescription.kind
        if kind == "contact":
            raise UserError(
                _(
                    "Prescription %(name)s is for contact lenses; glasses are not made by it.",
                    name=prescription.display_name,
                )
            )
        purpose = purpose or kind
        pair = prescription._pair_values()
        pd_near = pair.get("pd_near")
        if pd_near is None:
            pd_near = exact(prescription.pd_near_derived)
        shift = ordered_values.pd_shift(pair.get("pd"), pd_near)
        eyes = {
            eye: ordered_values.of_eye(
                {name: prescription._eye_values(eye)[name] for name in self._eye_value_names},
                kind,
                purpose,
                shift,
            )
            for eye in EYES
        }
        near = purpose == "near"
        return {
            "prescription_id": prescription.id,
            "patient_id": prescription.patient_id.id,
            "optometrist_id": prescription.prescriber_id.id,
            "purpose": purpose,
            "eyes": ordered_values.eyes_with_power(**eyes),
            "pd": _to_field(near and pd_near or pair.get("pd")),
            "roc": _to_field(pair.get("roc")),
            "vertex": _to_field(pair.get("vertex")),
            **{
                f"{eye}_{name}": _to_field(value)
                for eye, values in eyes.items()
                for name, value in values.items()
            },
        }


class Prescription(models.Model):
    _inherit = "optics.prescription"

    optics_order_ids = fields.One2many(
        comodel_name="optics.manufacturing.order",
        inverse_name="prescription_id",
        string="Lab Orders",
        groups="optics_core.group_sales_assistant",
    )
    optics_order_count = fields.Integer(
        string="Number of Lab Orders",
        compute="_compute_optics_order_count",
        groups="optics_core.group_sales_assistant",
    )

    @api.depends("optics_order_ids")
    def _compute_optics_order_count(self):
        counts = dict(
            self.env["optics.manufacturing.order"]._read_group(
                [("prescription_id", "in", self.ids)], ["prescription_id"], ["__count"]
            )
        )
        for prescription in self:
            prescription.optics_order_count = counts.get(prescription._origin, 0)

    def action_create_order(self):
        """The choice of frame and lenses with these eyes, which ends in a draft of the job."""
        self.ensure_one()
        if self.state != "signed":
            raise UserError(
                _(
                    "Prescription %(name)s is not signed; glasses are made by a signed one.",
                    name=self.display_name,
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id("optics_core.fit_action")
        action["context"] = {"default_prescription_id": self.id}
        return action

    def action_view_orders(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": _("Lab Orders"),
            "res_model": "optics.manufacturing.order",
            "view_mode": "tree,form",
            "domain": [("prescription_id", "=", self.id)],
        }


def _to_field(value):
    """Decimals become the floats of the database; an absent value stays absent."""
    if value is None or isinstance(value, str | int):
        return value if value is not None else False
    return float(value)
