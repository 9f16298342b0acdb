from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .connector_case import ConnectorCase, goods

TILLS = [("Till 1", "3 receipts are not delivered"), ("Till 4", "1 receipt is not delivered")]


@tagged("post_install", "-at_install", "connector")
class TestImportBlockers(ConnectorCase):
    def setUp(self):
        super().setUp()
        self.job = self.checked(goods(1))
        model = self.env.registry["connector.import.job"]
        self.startPatcher(patch.object(model, "_import_blockers", lambda job: TILLS))
        self.job.invalidate_recordset()

    def test_a_blocked_import_lists_what_blocks_it(self):
        with self.assertRaises(UserError) as caught:
            self.job.action_import()
        self.assertIn("Till 1: 3 receipts", str(caught.exception))
        self.assertIn("Till 4", str(caught.exception))
        self.assertEqual(self.job.state, "draft")
        self.assertIn("Till 4", self.job.blockers)

    def test_a_manager_goes_past_it_with_a_reason_that_is_kept(self):
        self.run_to_end(
            self.job.with_user(self.manager).action_import, override_reason="Till 1 is broken"
        )
        self.assertEqual(self.job.state, "done")
        self.assertEqual(self.job.blocked_override_reason, "Till 1 is broken")
        message = self.job.message_ids.filtered(lambda each: "Till 1 is broken" in each.body)
        self.assertEqual(message.author_id, self.manager.partner_id)

    def test_a_manager_needs_a_reason(self):
        with self.assertRaises(UserError):
            self.job.with_user(self.manager).action_import(override_reason="  ")

    def test_an_operator_does_not_go_past_it(self):
        with self.assertRaises(AccessError):
            self.job.action_import(override_reason="I want to")
        self.assertEqual(self.job.state, "draft")
