from odoo import _, api, fields, models

from .res_partner import PATIENT_GROUPS


class ResPartner(models.Model):
    """The patient's prescriptions and orders, as far as the user may see them."""

    _inherit = "res.partner"

    is_optics_patient = fields.Boolean(
        compute="_compute_is_optics_patient", store=True, readonly=False
    )
    optics_prescription_ids = fields.One2many(
        comodel_name="optics.prescription",
        inverse_name="patient_id",
        string="Prescriptions",
        groups=PATIENT_GROUPS,
    )
    optics_order_ids = fields.One2many(
        comodel_name="optics.manufacturing.order",
        inverse_name="patient_id",
        string="Lab Orders",
        groups=PATIENT_GROUPS,
    )
    optics_care_ids = fields.One2many(
        comodel_name="optics.care",
        inverse_name="patient_id",
        string="Taken into Care",
        groups=PATIENT_GROUPS,
    )
    prescription_count = fields.Integer(compute="_compute_document_counts", groups=PATIENT_GROUPS)
    optics_order_count = fields.Integer(
        string="Lab Order Count", compute="_compute_document_counts", groups=PATIENT_GROUPS
    )

    @api.depends("optics_prescription_ids")
    def _compute_is_optics_patient(self):
        for partner in self:
            partner.is_optics_patient = partner.is_optics_patient or bool(
                partner.optics_prescription_ids
            )

    @api.depends("optics_prescription_ids", "optics_order_ids")
    @api.depends_context("uid")
    def _compute_document_counts(self):
        prescriptions = self._count_by_patient("optics.prescription")
        orders = self._count_by_patient("optics.manufacturing.order")
        for partner in self:
            partner.prescription_count = prescriptions.get(partner._origin.id, 0)
            partner.optics_order_count = orders.get(partner._origin.id, 0)

    def _count_by_patient(self, model):
        """How many the user may see, by id of the patient."""
        Model = self.env[model]
        if not Model.check_access_rights("read", raise_exception=False):
            return {}
        counts = Model._read_group(
            [("patient_id", "in", self._origin.ids)], ["patient_id"], ["__count"]
        )
        return {patient.id: count for patient, count in counts}

    def action_open_prescriptions(self):
        return self._action_open(_("Prescriptions"), "optics.prescription")

    def action_open_optics_orders(self):
        return self._action_open(_("Lab Orders"), "optics.manufacturing.order")

    def _action_open(self, name, model):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "tree,form",
            "domain": [("patient_id", "=", self.id)],
            "context": {"default_patient_id": self.id},
        }

    def _optics_card(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.id,
            "views": [(self.env.ref("optics_core.res_partner_view_form_patient").id, "form")],
        }
