"""The table of transitions, asked row by row: the server, the buttons and the board read it."""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.order_transition import ACTION_NAMES, GROUPS
from ..rules import work_order
from .orders import WAYS, OrderCase

PERSON_OF = {"assistant": "assistant", "workshop": "master", "manager": "manager"}
CALLINGS = ("assistant", "master", "manager", "optometrist")
SILENT_GROUPS = {"optometrist": "assistant", "assistant": "assistant", "master": "workshop"}


@tagged("post_install", "-at_install", "optics")
class TestTransitions(OrderCase):
    def setUp(self):
        super().setUp()
        # What must hold before a step is asked about elsewhere; here only the table counts.
        for requirement in work_order.REQUIREMENTS:
            self.patch(
                self.registry["optics.manufacturing.order"],
                f"_unmet_{requirement}",
                lambda order: [],
            )

    def job_in(self, state):
        if state == "remake":
            order = self.job("in_production")
            self.perform(order, "remake", "master", "Chipped")
            return order
        return self.job(state)

    def test_every_state_of_the_table_can_be_reached(self):
        self.assertEqual({*WAYS, "remake"}, set(work_order.STATES))

    def test_the_states_of_the_field_are_those_of_the_table(self):
        selection = self.env["optics.manufacturing.order"]._fields["state"].selection
        self.assertEqual([state for state, _label in selection], list(work_order.STATES))

    def test_each_row_leads_where_it_says_and_is_logged(self):
        for row in work_order.TRANSITIONS:
            with self.subTest(f"{row.state}: {row.action}"):
                order = self.job_in(row.state)
                user = PERSON_OF[row.groups[0]]
                wanted = work_order.target(row, order.held_from)
                self.perform(order, row.action, user, "Why")
                self.assertEqual(order.state, wanted)
                entry = self.last_entry(order)
                self.assertEqual(
                    (entry.action, entry.from_state, entry.to_state),
                    (row.action, row.state, wanted),
                )
                self.assertEqual(entry.user_id, getattr(self, user))
                self.assertEqual(entry.reason, "Why")

    def test_what_is_not_in_the_table_is_refused(self):
        for state in work_order.STATES:
            possible = {row.action for row in work_order.actions(state)}
            order = self.job_in(state)
            for action in sorted(set(ACTION_NAMES) - possible):
                with self.subTest(f"{state}: {action}"):
                    with self.assertRaises(UserError):
                        self.perform(order, action, "manager", "Why")
                    self.assertEqual(order.state, state)

    def test_only_the_groups_of_a_row_may(self):
        holders = {"manager": set(GROUPS), "master": {"workshop"}}
        for row in work_order.TRANSITIONS:
            order = self.job_in(row.state)
            for calling in CALLINGS:
                groups = holders.get(calling, {"assistant"})
                offered = order.with_user(getattr(self, calling)).available_actions or []
                with self.subTest(f"{row.state}: {row.action} by {calling}"):
                    if groups & set(row.groups):
                        self.assertIn(row.action, offered)
                        continue
                    self.assertNotIn(row.action, offered)
                    with self.assertRaises(AccessError):
                        self.perform(order, row.action, calling, "Why")

    def test_a_row_that_wants_a_reason_is_refused_without(self):
        for row in work_order.TRANSITIONS:
            if not row.reason:
                continue
            with self.subTest(f"{row.state}: {row.action}"):
                order = self.job_in(row.state)
                with self.assertRaises(UserError):
                    self.perform(order, row.action, PERSON_OF[row.groups[0]], "  ")

    def test_each_requirement_of_a_row_stops_the_step(self):
        for row in work_order.TRANSITIONS:
            for requirement in row.requires:
                with self.subTest(f"{row.state}: {row.action}: {requirement}"):
                    order = self.job_in(row.state)
                    self.patch(
                        self.registry["optics.manufacturing.order"],
                        f"_unmet_{requirement}",
                        lambda each: ["not met"],
                    )
                    with self.assertRaisesRegex(UserError, "not met"):
                        self.perform(order, row.action, PERSON_OF[row.groups[0]], "Why")
                    self.patch(
                        self.registry["optics.manufacturing.order"],
                        f"_unmet_{requirement}",
                        lambda each: [],
                    )

    def test_a_job_on_hold_returns_where_it_came_from(self):
        for state in work_order.HOLDABLE_STATES:
            with self.subTest(state):
                order = self.job_in(state)
                self.perform(order, "hold", "manager", "The customer travels")
                self.assertEqual((order.state, order.held_from), ("on_hold", state))
                self.perform(order, "resume", "manager")
                self.assertEqual((order.state, order.held_from), (state, False))

    def test_a_card_dragged_on_the_board_is_a_step_like_any_other(self):
        order = self.job("confirmed")
        order.with_user(self.master).state = "in_production"
        self.assertEqual(self.last_entry(order).action, "start")
        with self.assertRaises(UserError):
            order.with_user(self.manager).state = "delivered"
        self.assertEqual(order.state, "in_production")

    def test_a_drag_that_wants_a_reason_is_refused_by_the_server(self):
        order = self.job("confirmed")
        with self.assertRaises(UserError):
            order.with_user(self.assistant).state = "on_hold"

    def test_a_new_job_is_a_draft(self):
        with self.assertRaises(UserError):
            self.order(state="ready")

    def test_the_form_has_a_button_for_each_action_of_the_table(self):
        arch = self.env["optics.manufacturing.order"].get_view(view_type="form")["arch"]
        buttons = etree.fromstring(arch).xpath("//header/button[@name='action_perform']")
        shown = {}
        for button in buttons:
            action = button.get("context").split("'")[3]
            shown[action] = button
            self.assertEqual(
                button.get("invisible"),
                f"'{action}' not in (available_actions or [])",
                f"the button of {action} asks something else than the table",
            )
        self.assertEqual(set(shown), {row.action for row in work_order.TRANSITIONS})
        names = self.env["optics.manufacturing.order"]._action_names()
        self.assertEqual({action: button.get("string") for action, button in shown.items()}, names)

    def test_the_board_gets_the_rows_that_the_user_may(self):
        Order = self.env["optics.manufacturing.order"]
        for calling, group in SILENT_GROUPS.items():
            rows = Order.with_user(getattr(self, calling)).get_transitions()
            self.assertEqual(
                [(row["state"], row["action"]) for row in rows],
                [(row.state, row.action) for row in work_order.TRANSITIONS if group in row.groups],
            )

    def test_every_requirement_has_its_answer(self):
        Order = self.env["optics.manufacturing.order"]
        for row in work_order.TRANSITIONS:
            for requirement in row.requires:
                self.assertTrue(callable(getattr(Order, f"_unmet_{requirement}", None)))

    def test_the_journal_is_neither_edited_nor_erased(self):
        entry = self.job("confirmed").transition_ids[:1]
        for user in (self.administrator, self.env.ref("base.user_root")):
            with self.subTest(user.login), mute_logger("odoo.addons.base.models.ir_model"):
                with self.assertRaises(UserError):
                    entry.with_user(user).reason = "Other"
                with self.assertRaises(UserError):
                    entry.with_user(user).unlink()

    def test_a_shop_elsewhere_cannot_move_the_job(self):
        order = self.job("confirmed")
        with self.assertRaises(AccessError):
            self.perform(order, "hold", "other_assistant", "Why")
