from odoo.tests import tagged

from .connector_case import ConnectorCase, goods


@tagged("post_install", "-at_install", "connector")
class TestImportLife(ConnectorCase):
    def test_a_file_is_checked_imported_and_taken_back(self):
        job = self.checked(goods(3))
        self.assertEqual(job.state, "draft")
        self.assertEqual((job.count_total, job.count_created), (3, 3))
        self.assertFalse(self.product(1))

        self.run_to_end(job.action_import)
        self.assertEqual(job.state, "done")
        self.assertEqual(self.product(1).list_price, 2000)
        self.assertEqual(set(job.row_ids.mapped("state")), {"done"})
        self.assertEqual(job.progress, 100)

        self.run_to_end(job.action_undo)
        self.assertEqual(job.state, "undone")
        self.assertEqual(job.count_undone, 3)
        self.assertFalse(self.product(1))
