from odoo.tests import tagged

from .connector_case import ConnectorCase, goods


@tagged("post_install", "-at_install", "connector")
class TestImportPreview(ConnectorCase):
    def _counts(self):
        """Rows of every table, as the database has them: the import's own rows do not count."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND n.nspname = 'public'
            """
        )
        counts = {}
        for (table,) in self.env.cr.fetchall():
            self.env.cr.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = self.env.cr.fetchone()[0]
        return counts

    def test_the_preview_of_new_products_leaves_nothing_in_any_table(self):
        job = self.checked(goods(3))
        before = self._counts()
        page = job._preview_page(0, 3)
        self.assertEqual(page.mapped("tried"), [True] * 3)
        self.assertEqual(page.mapped("state"), ["pending"] * 3)
        self.assertEqual(self._counts(), before)
        self.assertFalse(self.product(1))

    def test_the_preview_of_changes_leaves_products_as_they_are(self):
        self.imported(goods(2))
        stamps = [self.product(1).write_date, self.product(1).product_tmpl_id.write_date]
        job = self.checked(goods(2, price=2100.0, cost=1100.0))
        before = self._counts()
        job._preview_page()
        self.assertEqual(self._counts(), before)
        product = self.product(1)
        self.assertEqual(product.list_price, 2000)
        self.assertEqual(product.seller_ids.price, 1000)
        self.assertEqual([product.write_date, product.product_tmpl_id.write_date], stamps)

    def test_what_odoo_refuses_is_seen_on_the_row_before_the_import(self):
        bad = ("A-2", "Frame 2", "", 10.0, 20.0)
        job = self.checked([*goods(1), bad])
        self.assertEqual(job.count_refused, 0)
        constraint = self._refuse_products_named("Frame 2")
        page = job._preview_page()
        refused = page.filtered(lambda row: row.action == "refused")
        self.assertEqual(refused.name, "Frame 2")
        self.assertIn(constraint, job.log_ids.message)
        self.assertEqual((job.count_created, job.count_refused), (1, 1))

    def _refuse_products_named(self, name):
        """A rule of the database that no comparison knows."""
        self.env.cr.execute(
            f"""
            ALTER TABLE product_template ADD CONSTRAINT no_such_name
            CHECK (name ->> 'en_US' <> '{name}') NOT VALID
            """
        )
        return "no_such_name"

    def test_only_the_rows_of_the_page_are_tried(self):
        job = self.checked(goods(5))
        job._preview_page(0, 2)
        self.assertEqual(job.row_ids.filtered("tried").mapped("number"), [2, 3])
        job._preview_page(2, 2)
        self.assertEqual(job.row_ids.filtered("tried").mapped("number"), [2, 3, 4, 5])

    def test_a_page_that_was_tried_is_not_tried_again(self):
        job = self.checked(goods(2))
        job._preview_page()
        with self.assertQueryCount(20):
            job._preview_page()

    def test_a_previewed_import_still_goes_in(self):
        job = self.checked(goods(2))
        job._preview_page()
        self.run_to_end(job.action_import)
        self.assertEqual(job.state, "done")
        self.assertTrue(self.product(2))
