from odoo import _, api, fields, models

from ..rules.tolerance import TABLE_OF


class ManufacturingOrder(models.Model):
    """What the checks of the lenses and of the finished glasses allow."""

    _inherit = "optics.manufacturing.order"

    quality_check_ids = fields.One2many(
        comodel_name="optics.quality.check",
        inverse_name="order_id",
        string="Quality Checks",
    )
    quality_state = fields.Selection(
        selection=[
            ("none", "Not Checked"),
            ("failed", "Failed"),
            ("passed", "Passed"),
        ],
        string="Quality",
        compute="_compute_quality_states",
        store=True,
    )
    lens_quality_state = fields.Selection(
        selection=[
            ("none", "Not Checked"),
            ("failed", "Failed"),
            ("passed", "Passed"),
        ],
        string="Lens Quality",
        compute="_compute_quality_states",
        store=True,
    )

    @api.depends(
        "eyes",
        "quality_check_ids.result",
        "quality_check_ids.kind",
        "quality_check_ids.eyes",
        "quality_check_ids.is_current",
    )
    def _compute_quality_states(self):
        for order in self:
            order.quality_state = order._quality_of("finished")
            order.lens_quality_state = order._quality_of("incoming")

    def _quality_of(self, kind):
        """Passed needs a check of every ordered eye; one failure is a failure."""
        checks = self.quality_check_ids.filtered(
            lambda check: check.kind == kind and check.is_current
        )
        if "failed" in checks.mapped("result"):
            return "failed"
        checked = {eye for check in checks for eye in check._checked_eyes()}
        if checked and checked.issuperset(self._ordered_eyes()):
            return "passed"
        return "none"

    def _tolerance_kind(self):
        """Which table the pair is held to: the wider one only if both lenses are of it."""
        kinds = {TABLE_OF[self[f"{eye}_lens_id"].type or "single"] for eye in self._ordered_eyes()}
        return "progressive" if kinds == {"progressive"} else "single"

    def _unmet_quality_passed(self):
        return self._unmet_check(self.quality_state, self.company_id.optics_require_finished_check)

    def _unmet_lens_accepted(self):
        return self._unmet_check(
            self.lens_quality_state, self.company_id.optics_require_incoming_check
        )

    def _unmet_check(self, state, required):
        """A failed check always stands in the way; a missing one if the setting says so."""
        if state == "failed":
            return [
                _(
                    "The quality check has failed. Measure again after the correction, "
                    "or let a manager accept it with a reason."
                )
            ]
        if state == "none" and required:
            return [_("There is no quality check: measure and enter the numbers first.")]
        return []

    def _after_transition(self, transition, reason):
        super()._after_transition(transition, reason)
        # The shop sends glasses back to the bench without any right to the checks.
        current = self.sudo().quality_check_ids.filtered("is_current")
        if transition.target == "in_production":
            # Whatever is done on the bench now, it is to be measured after.
            current.filtered(lambda check: check.kind == "finished")._retire()
        elif transition.action in ("return_lens", "wait_lens"):
            current.filtered(lambda check: check.kind == "incoming")._retire()

    def action_check_quality(self):
        """A new check of what the state of the job calls for."""
        self.ensure_one()
        at_bench = self.state in ("in_production", "ready")
        return {
            "type": "ir.actions.act_window",
            "name": _("Quality check of job %(name)s", name=self.name),
            "res_model": "optics.quality.check",
            "view_mode": "form",
            "context": {
                "default_order_id": self.id,
                "default_kind": "finished" if at_bench else "incoming",
            },
        }
