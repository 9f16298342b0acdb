from odoo import _, api, fields, models

from ..rules import lens_supply, notation
from ..rules.power import EYES
from ..rules.transposition import in_sign

# From the promise until work begins: before and after nobody asks where the lenses are.
AWAITING_STATES = ("confirmed", "waiting_lens", "returned_supplier", "on_hold")


class ManufacturingOrder(models.Model):
    """Where the lenses come from: taken from stock, or ordered from a supplier."""

    _inherit = "optics.manufacturing.order"

    purchase_line_ids = fields.One2many(
        comodel_name="purchase.order.line",
        inverse_name="optics_order_id",
        string="Supplier Order Lines",
        # Prices of suppliers; everybody else has `lens_supply` and `supply_text`.
        groups="purchase.group_purchase_user",
    )
    lens_move_ids = fields.One2many(
        comodel_name="stock.move",
        inverse_name="optics_order_id",
        string="Lens Movements",
    )
    lens_supply = fields.Selection(
        selection=[
            ("to_order", "To Be Ordered"),
            ("ordered", "Ordered"),
            ("arrived", "Arrived"),
            ("stock", "From Stock"),
        ],
        string="Lenses",
        compute="_compute_lens_supply",
        store=True,
        compute_sudo=True,
        index=True,
    )
    supply_text = fields.Text(
        string="Supply of Lenses", compute="_compute_supply_text", compute_sudo=True
    )

    @api.depends(
        "state",
        "eyes",
        "od_lens_id",
        "os_lens_id",
        "purchase_line_ids.state",
        "purchase_line_ids.qty_received",
        "purchase_line_ids.is_optics_returned",
        "lens_move_ids.state",
        "lens_move_ids.is_optics_spoiled",
    )
    def _compute_lens_supply(self):
        for order in self:
            order.lens_supply = order.state in AWAITING_STATES and lens_supply.of_job(
                order._eye_supply(eye) for eye in order._ordered_eyes() if order[f"{eye}_lens_id"]
            )

    def _eye_supply(self, eye):
        lines, moves = self._active_purchase_lines(eye), self._taking_moves(eye)
        # What the master has begun to work on has come, with or without its papers.
        received = all(lines.mapped("is_optics_received")) or "done" in moves.mapped("state")
        return lens_supply.of_eye(
            from_stock=bool(moves) and not lines, ordered=bool(lines), received=received
        )

    def _active_purchase_lines(self, eye=None):
        """Lines under which a lens is still expected or has come to stay."""
        return self.sudo().purchase_line_ids.filtered(
            lambda line: (
                line.state != "cancel"
                and not line.is_optics_returned
                and (eye is None or line.optics_eye == eye)
            )
        )

    def _eyes_to_order(self):
        return [
            eye
            for eye in self._ordered_eyes()
            if self[f"{eye}_lens_id"] and self._eye_supply(eye) == "to_order"
        ]

    @api.depends("lens_supply", "purchase_line_ids.order_id.name")
    def _compute_supply_text(self):
        labels = dict(self._fields["lens_supply"]._description_selection(self.env))
        for order in self:
            texts = []
            for eye in order._ordered_eyes():
                if not order[f"{eye}_lens_id"]:
                    continue
                names = order._active_purchase_lines(eye).order_id.mapped("name")
                place = order._taking_moves(eye).optics_source_id.mapped("name")
                texts.append(
                    " · ".join([eye.upper(), labels[order._eye_supply(eye)], *names, *place])
                )
            order.supply_text = "\n".join(texts)

    def _power_for_supplier(self, eye, supplier):
        """The ordered power in the cylinder sign that the supplier reads."""
        power = in_sign(self._eye_power(eye), supplier.optics_cylinder_sign)
        return notation.power(power)

    def _lens_order_text(self, eye, supplier):
        """All that a supplier must know of one lens; of the customer nothing but the job."""
        values, row = self._eye_values(eye), self[f"{eye}_range_id"]
        parts = [self._power_for_supplier(eye, supplier)]
        bases = {name: self._base_name(f"{eye}_base_{name}") for name in ("h", "v")}
        parts += [
            _(
                "prism %(amount)s %(base)s",
                amount=format(values["prism_" + name], ".2f"),
                base=base.lower(),
            )
            for name, base in bases.items()
            if values[f"prism_{name}"]
        ]
        if row.diameter is not None:
            parts.append(f"Ø{row.diameter:g}")
        return "\n".join(
            [
                self[f"{eye}_lens_id"].name,
                f"{eye.upper()}  {'  '.join(parts)}",
                _("job %(name)s", name=self.name),
            ]
        )

    def _base_name(self, field):
        labels = dict(self._fields[field]._description_selection(self.env))
        return labels.get(self[field], "")

    def _unmet_nothing_ordered(self):
        sent = self._active_purchase_lines().filtered(
            lambda line: line.state not in ("draft", "cancel")
        )
        return [
            _(
                "The lens for %(eye)s is ordered in %(order)s.",
                eye=line.optics_eye.upper(),
                order=line.order_id.name,
            )
            for line in sent
        ]

    def _on_lens_arrival(self):
        """A lens came: the job moves on once it was the last one awaited."""
        for order in self.sudo():
            if order.state != "waiting_lens":
                continue
            if not lens_supply.in_hand(order.lens_supply):
                continue
            if order._unmet_lens_accepted():
                order._message_log(body=_("The lenses have come and are to be checked."))
            else:
                order._perform("receive_lens")

    def _after_transition(self, transition, reason):
        super()._after_transition(transition, reason)
        if transition.target in ("draft", "cancelled"):
            self._withdraw_lenses()
        elif transition.action == "start":
            self.sudo()._consume_lenses()
        elif transition.action == "return_lens":
            self._lens_returned(reason)
        elif transition.state == "in_production" and transition.action == "wait_lens":
            self._lens_spoiled()

    def _withdraw_lenses(self):
        """Nothing is wanted any more: drafts to suppliers go, sent orders are told."""
        lines = self._active_purchase_lines()
        drafts = lines.filtered(lambda line: line.state == "draft")
        for purchase in (lines - drafts).order_id:
            purchase.message_post(body=_("Job %(job)s no longer wants its lens.", job=self.name))
        purchases = drafts.order_id
        drafts.unlink()
        empty = purchases.filtered(lambda purchase: not purchase.order_line)
        empty.button_cancel()
        empty.unlink()
        self._cancel_lens_moves()

    def _lens_returned(self, reason):
        """The lens goes back: another one may be ordered for that eye."""
        eyes = self.env.context.get("optics_returned_eyes") or self._ordered_eyes()
        lines = self._active_purchase_lines().filtered(lambda line: line.optics_eye in eyes)
        for line in lines.filtered(lambda line: line.state != "draft"):
            line.is_optics_returned = True
            line.order_id.message_post(
                body=_(
                    "The lens of job %(job)s for %(eye)s goes back: %(reason)s",
                    job=self.name,
                    eye=line.optics_eye.upper(),
                    reason=reason,
                )
            )
        self._cancel_lens_moves(eyes)

    def _lens_spoiled(self):
        """A lens broke on the bench. What was used up stays used up; another is wanted."""
        lines = self._active_purchase_lines()
        eyes = self.env.context.get("optics_returned_eyes") or EYES
        lines.filtered(lambda line: line.optics_eye in eyes).is_optics_returned = True
        self._forget_used_lenses(eyes)
