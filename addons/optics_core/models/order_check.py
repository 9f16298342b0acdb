from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..rules import blank, limits
from ..rules.exact import exact
from ..rules.power import EYES
from ..rules.shortfall import shortfalls
from .eye_values import EyeValues
from .lens_range_match import prism_amount, wanted_power

# What the customer agreed to and the workshop makes. It stands still once confirmed.
ORDERED_FIELDS = {
    *(f"{eye}_{name}" for eye in EYES for name in EyeValues._eye_value_names),
    *(f"{eye}_{name}" for eye in EYES for name in ("lens_id", "product_id", "range_id")),
    "eyes",
    "purpose",
    "pd",
    "roc",
    "vertex",
    "tilt",
    "wrap",
    "frame_product_id",
    "customer_frame_id",
    "rim",
    "patient_id",
    "prescription_id",
    "shop_id",
}
# A larger blank than needed can be asked for; the rest of a row's limits cannot be moved.
FIRM_LIMITS = ("sph", "cyl", "add", "step", "prism")


class ManufacturingOrder(models.Model):
    """What must be right before a job is made, and what is only pointed out."""

    _inherit = "optics.manufacturing.order"

    warnings = fields.Text(
        compute="_compute_warnings",
        groups="optics_core.group_sales_assistant",
        help="Pointed out before the order is confirmed; none of it stops the order.",
    )

    def write(self, vals):
        changed = ORDERED_FIELDS & vals.keys()
        if changed:
            self._refuse_change_after_confirmation(changed)
        return super().write(vals)

    def _refuse_change_after_confirmation(self, names):
        for order in self.filtered(lambda order: order.state != "draft"):
            raise UserError(
                _(
                    "Job %(job)s is being made: %(fields)s cannot change any more. "
                    "Take it back to draft, or make a remake.",
                    job=order.name,
                    fields=", ".join(
                        self._fields[name]._description_string(self.env) for name in sorted(names)
                    ),
                )
            )

    def _unmet_has_lenses(self):
        return [
            _(
                "%(field)s: nothing was chosen; every ordered eye needs a lens.",
                field=self._fields[eye + "_lens_id"]._description_string(self.env),
            )
            for eye in self._ordered_eyes()
            if not self[f"{eye}_lens_id"]
        ]

    def _unmet_values_complete(self):
        problems = []
        frame_b = self._frame_measures().get("b")
        texts = []
        for eye in self._ordered_eyes():
            values = self._eye_values(eye)
            lens_type = self[f"{eye}_lens_id"].type or "single"
            problems += limits.check_order({eye: values}, lens_type, frame_b)
            texts += self._unmet_by_row(eye, values)
            texts += self._unmet_by_product(eye, values)
        return [
            *self._unmet_by_prescription(),
            *self._sentences(problems).splitlines(),
            *texts,
        ]

    def _unmet_by_prescription(self):
        """One that is still being written, or was cancelled, is not what glasses are made by."""
        prescription = self.sudo().prescription_id
        if not prescription or prescription.state in ("signed", "amended"):
            return []
        states = dict(prescription._fields["state"]._description_selection(self.env))
        return [
            _(
                "%(field)s: %(number)s is “%(state)s”; glasses are made by a signed one.",
                field=self._fields["prescription_id"]._description_string(self.env),
                number=prescription.display_name,
                state=states[prescription.state],
            )
        ]

    def _unmet_promised_date(self):
        if self.promised_date:
            return []
        return [
            _(
                "%(field)s: nothing was typed; the customer must be told a day.",
                field=self._fields["promised_date"]._description_string(self.env),
            )
        ]

    def _unmet_collected_by(self):
        if (self.collected_by or "").strip():
            return []
        return [
            _(
                "%(field)s: nothing was typed; write who took the glasses.",
                field=self._fields["collected_by"]._description_string(self.env),
            )
        ]

    def _unmet_by_row(self, eye, values):
        """The chosen row of the catalogue must have the power and the prism."""
        row = self[f"{eye}_range_id"]
        if not row or values["sph"] is None:
            return []
        found = shortfalls(row._rule(row), wanted_power(values), prism_amount(eye, values))
        return [
            _(
                "%(field)s: %(shortfall)s.",
                field=self._fields[eye + "_range_id"]._description_string(self.env),
                shortfall=row._shortfall_words(shortfall),
            )
            for shortfall in found
            if shortfall.limit in FIRM_LIMITS
        ]

    def _unmet_by_product(self, eye, values):
        """A lens taken from stock must have the power that was ordered."""
        product = self[f"{eye}_product_id"]
        if not product or product.optics_sph is None or values["sph"] is None:
            return []
        # A stock lens is kept in minus cylinders and turned to any axis.
        ordered = wanted_power(values)
        stocked = [exact(product[f"optics_{part}"]) or 0 for part in ("sph", "cyl", "add")]
        if stocked == [part or 0 for part in (ordered.sph, ordered.cyl, ordered.add)]:
            return []
        return [
            _(
                "%(field)s: %(product)s is not the power that is ordered.",
                field=self._fields[eye + "_product_id"]._description_string(self.env),
                product=product.display_name,
            )
        ]

    def _frame_measures(self):
        frame = self.frame_product_id or self.sudo().customer_frame_id
        return frame._frame_measures() if frame else {}

    def _sentences(self, problems):
        refusal = self.env["optics.refusal"]
        return "\n".join(refusal._sentence(self, problem) for problem in problems)

    @api.depends(*ORDERED_FIELDS, "state", "promised_date")
    def _compute_warnings(self):
        for order in self:
            texts = order._warning_texts() if order.state == "draft" else []
            order.warnings = "\n".join(texts) or False

    def _warning_texts(self):
        texts = []
        prescription = self.prescription_id
        if prescription and prescription.validity == "expired":
            texts.append(
                _(
                    "The prescription of %(date)s has expired.",
                    date=fields.Date.to_string(prescription.date),
                )
            )
        for eye in self._ordered_eyes():
            texts += self._blank_warning(eye)
            texts += self._height_warning(eye)
        return texts

    def _blank_warning(self, eye):
        diameter = self._blank_diameter(eye)
        minimum = self._minimum_blank(eye)
        if diameter is None or minimum is None:
            return []
        estimated = self._frame_measures()["ed"] is None
        verdict = blank.verdict(diameter, minimum, estimated=estimated)
        if verdict == "fits":
            return []
        name = self._fields[eye + "_lens_id"]._description_string(self.env)
        facts = {"field": name, "diameter": f"{diameter:f}", "minimum": f"{minimum:f}"}
        if verdict == "ask":
            return [
                _(
                    "%(field)s: a blank of %(diameter)s mm barely covers the frame "
                    "(%(minimum)s mm needed); ask the workshop.",
                    **facts,
                )
            ]
        return [
            _(
                "%(field)s: a blank of %(diameter)s mm is too small for the frame; "
                "%(minimum)s mm needed.",
                **facts,
            )
        ]

    def _height_warning(self, eye):
        height, lens = self._eye_values(eye)["height"], self[f"{eye}_lens_id"]
        if height is None or lens.height_min is None or height >= lens.height_min:
            return []
        return [
            _(
                "%(field)s: %(typed)s was typed; %(lens)s is made for at least %(least)s.",
                field=self._fields[eye + "_height"]._description_string(self.env),
                typed=format(height.normalize(), "f"),
                lens=lens.name,
                least=format(lens.height_min, "g"),
            )
        ]

    def _blank_diameter(self, eye):
        product, row = self[f"{eye}_product_id"], self[f"{eye}_range_id"]
        diameter = product.optics_diameter if product else row.diameter if row else None
        return exact(diameter)

    def _minimum_blank(self, eye):
        """Millimetres, or None where the frame or the eye was not measured."""
        size, pd = self._frame_measures(), self._eye_values(eye)["pd"]
        if pd is None or any(size.get(name) is None for name in ("a", "dbl")):
            return None
        ed = size["ed"]
        if ed is None:
            if size["b"] is None:
                return None
            ed = blank.effective_diameter_estimate(size["a"], size["b"])
        return blank.minimum_blank(ed, blank.decentration(size["a"], size["dbl"], pd))
