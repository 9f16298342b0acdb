from odoo import _, _lt, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..rules import work_order
from .manufacturing_order import STATES

# The groups of the table, as this addon knows them.
GROUPS = {
    "assistant": "optics_core.group_sales_assistant",
    "workshop": "optics_core.group_workshop",
    "manager": "optics_core.group_manager",
}
ACTION_NAMES = {
    "confirm": _lt("Confirm"),
    "reopen": _lt("Back to Draft"),
    "start": _lt("Start Work"),
    "wait_lens": _lt("Wait for Lens"),
    "receive_lens": _lt("Lens Arrived"),
    "return_lens": _lt("Return Lens to Supplier"),
    "finish": _lt("Finish"),
    "rework": _lt("Back to the Bench"),
    "deliver": _lt("Hand Over"),
    "not_collected": _lt("Not Collected"),
    "hold": _lt("Put on Hold"),
    "resume": _lt("Resume"),
    "remake": _lt("Remake"),
    "cancel": _lt("Cancel"),
}
# The moment that each state keeps.
MOMENTS = {"confirmed": "confirmed_at", "ready": "ready_at", "delivered": "delivered_at"}


class ManufacturingOrder(models.Model):
    """The job on its way: each step is a row of `rules.work_order.TRANSITIONS`."""

    _inherit = "optics.manufacturing.order"

    held_from = fields.Selection(
        selection=STATES,
        string="Held In",
        readonly=True,
        copy=False,
        help="The state to which a job on hold returns.",
    )
    available_actions = fields.Json(compute="_compute_available_actions")
    collected_by = fields.Char(copy=False, help="Who took the glasses.")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_available_actions(self):
        """What the current user may do: forms show just these buttons."""
        for order in self:
            order.available_actions = [
                transition.action
                for transition in work_order.actions(order.state or "draft")
                if self._is_in_group(transition)
            ]

    @api.model
    def get_transitions(self):
        """The table for the board, for the current user: what may be dragged where."""
        names = self._action_names()
        return [
            {
                "state": transition.state,
                "action": transition.action,
                "name": names[transition.action],
                "target": transition.target,
                "asks": self._asks(transition),
            }
            for transition in work_order.TRANSITIONS
            if self._is_in_group(transition)
        ]

    def action_perform(self):
        """The buttons of the form; the context says which row of the table."""
        name = self.env.context["transition"]
        orders = self.filtered(lambda order: order._find_transition(name))
        if not orders:
            self[:1]._transition(name)
        if any(self._asks(order._transition(name)) for order in orders):
            return orders._action_ask(name)
        orders._perform(name)
        return True

    def _action_ask(self, name):
        """A dialog for what must be said before the step."""
        is_remake = name == "remake"
        if is_remake:
            self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self._action_names()[name],
            "res_model": "optics.remake" if is_remake else "optics.transition.reason",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_order_ids": self.ids,
                "default_order_id": self[:1].id,
                "default_action": name,
            },
        }

    def _perform(self, name, reason=None):
        """Take the step `name` with each job, or refuse and say why."""
        self.check_access_rights("write")
        self.check_access_rule("write")
        reason = (reason or "").strip()
        for order in self:
            transition = order._transition(name)
            order._require_group(transition)
            order._require_reason(transition, reason)
            order._require_met(transition)
            order._move(transition, reason)
            order._after_transition(transition, reason)
        return True

    def _after_transition(self, transition, reason):
        """What follows from a step; each part of the job adds its own."""

    def _move(self, transition, reason):  # pylint: disable=missing-return
        source, target = self.state, work_order.target(transition, self.held_from)
        vals = {
            "state": target,
            "held_from": source if target == "on_hold" else False,
        }
        if target in MOMENTS:
            vals[MOMENTS[target]] = fields.Datetime.now()
        if transition.action == "start" and not self.master_id:
            vals["master_id"] = self.env.uid
        # Past the guard of `write` below, which is for everybody else.
        super(ManufacturingOrder, self.sudo()).write(vals)
        self.env["optics.transition.log"].sudo().create(
            {
                "order_id": self.id,
                "action": transition.action,
                "from_state": source,
                "to_state": target,
                "user_id": self.env.uid,
                "reason": reason or False,
            }
        )
        if reason:
            self._message_log(body=f"{self._action_names()[transition.action]}: {reason}")

    @api.model_create_multi
    def create(self, vals_list):
        # Data files and imports of old jobs run as superuser and may start anywhere.
        if not self.env.su:
            for vals in vals_list:
                if vals.get("state", work_order.FIRST_STATE) != work_order.FIRST_STATE:
                    raise UserError(_("A new job is a draft."))
        return super().create(vals_list)

    def write(self, vals):
        """A state written by hand (a card dragged on the board) is a step like any other."""
        if "state" not in vals:
            return super().write(vals)
        others = {name: value for name, value in vals.items() if name != "state"}
        if others:
            super().write(others)
        for order in self:
            if order.state != vals["state"]:
                order._perform(order._transition_to(vals["state"]).action)
        return True

    def _find_transition(self, name):
        try:
            return work_order.action(self.state, name)
        except work_order.TransitionError:
            return None

    def _transition(self, name):
        transition = self._find_transition(name)
        if transition is None:
            raise UserError(
                _(
                    "Job %(job)s is “%(state)s”: “%(action)s” is not possible. "
                    "Possible: %(possible)s.",
                    job=self.name,
                    state=self._state_name(self.state),
                    action=self._action_names().get(name, name),
                    possible=", ".join(
                        self._action_names()[each.action] for each in work_order.actions(self.state)
                    )
                    or _("nothing"),
                )
            )
        return transition

    def _transition_to(self, target):
        for transition in work_order.actions(self.state):
            if work_order.target(transition, self.held_from) == target:
                return transition
        raise UserError(
            _(
                "Job %(job)s is “%(state)s” and cannot become “%(target)s”.",
                job=self.name,
                state=self._state_name(self.state),
                target=self._state_name(target),
            )
        )

    @api.model
    def _is_in_group(self, transition):
        return self.env.su or any(
            self.env.user.has_group(GROUPS[group]) for group in transition.groups
        )

    @api.model
    def _asks(self, transition):
        """Whether a dialog comes before the step."""
        return transition.reason or "collected_by" in transition.requires

    def _require_group(self, transition):
        if not self._is_in_group(transition):
            raise AccessError(
                _(
                    "Job %(job)s: you may not do “%(action)s”.",
                    job=self.name,
                    action=self._action_names()[transition.action],
                )
            )

    def _require_reason(self, transition, reason):
        if transition.reason and not reason:
            raise UserError(
                _(
                    "Job %(job)s: “%(action)s” needs a reason.",
                    job=self.name,
                    action=self._action_names()[transition.action],
                )
            )

    def _require_met(self, transition):
        """Each requirement of the table is answered by the method of its name."""
        unmet = [
            text
            for requirement in transition.requires
            for text in getattr(self, f"_unmet_{requirement}")()
        ]
        if unmet:
            raise UserError("\n".join([_("Job %(job)s:", job=self.name), *unmet]))

    @api.model
    def _action_names(self):
        return {action: str(name) for action, name in ACTION_NAMES.items()}

    @api.model
    def _state_name(self, state):
        return dict(self._fields["state"]._description_selection(self.env)).get(state, state)
