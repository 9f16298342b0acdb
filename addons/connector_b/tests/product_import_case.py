"""Rows of a price list against products, without a file: what the tests of the target share."""

import base64
from dataclasses import replace
from decimal import Decimal

from odoo.tests.common import TransactionCase

from ..models.import_outcome import Action, ImportContext
from ..rules.record import Record
from ..rules.targets import TARGETS


class ProductImportCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The tests quote English, whatever languages a database has.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US", tracking_disable=True))
        cls.supplier = cls.env["res.partner"].create({"name": "Optica Supply"})
        cls.store = (
            cls.env["stock.warehouse"]
            .search([("company_id", "=", cls.env.company.id)], limit=1)
            .lot_stock_id
        )
        cls.target = cls.env["connector.import.target.product"].sudo()

    def context(self, **known):
        """As an import of `self.supplier` would have it; `known` overrides."""
        company = known.pop("company", self.env.company)
        lang = known.pop("lang", "en_US")
        env = self.env(su=True, context={"lang": lang, "allowed_company_ids": company.ids})
        return ImportContext(
            **{
                "env": env,
                "company": company.with_env(env),
                "currency": company.currency_id.with_env(env),
                "targets": frozenset(TARGETS),
                "partner": self.supplier.with_env(env),
                "location": self.store.with_env(env),
                "update_cost": True,
                **known,
            }
        )

    def record(self, number=2, **values):
        """Numbers as they come out of a file: exact."""
        return Record(
            number,
            {
                name: Decimal(str(value))
                if isinstance(value, int | float) and not isinstance(value, bool)
                else value
                for name, value in values.items()
            },
        )

    def compare(self, *rows, **known):
        """One outcome a row; a row is a dict of targets or a Record."""
        self.last_context = self.context(**known)
        return self.target.with_env(self.last_context.env)._compare(
            self.last_context, self.records(rows)
        )

    def records(self, rows):
        return [
            row if isinstance(row, Record) else self.record(number, **row)
            for number, row in enumerate(rows, start=2)
        ]

    def run_import(self, *rows, **known):
        outcomes = self.compare(*rows, **known)
        ctx = replace(self.last_context, cache={})
        self.target.with_env(ctx.env)._apply(ctx, outcomes)
        return outcomes

    def import_one(self, _known=None, **values):
        """The product of one good row."""
        (outcome,) = self.run_import(values, **(_known or {}))
        self.assertNotEqual(outcome.action, Action.REFUSED, outcome.problems)
        return self.product(outcome)

    def job(self, **profile):
        """An import that the rows of `rows_of` belong to."""
        known = {"name": f"Profile {self.id()}", "partner_id": self.supplier.id, **profile}
        return self.env["connector.import.job"].create(
            {
                "profile_id": self.env["connector.import.profile"].create(known).id,
                "file": base64.b64encode(b"name\nA\n"),
                "file_name": "list.csv",
            }
        )

    def rows_of(self, outcomes, job=None):
        """What the import keeps of the rows it wrote."""
        job = job or self.job()
        return self.env["connector.import.row"].create(
            [
                {
                    "job_id": job.id,
                    "number": each.number,
                    "position": each.number,
                    "action": each.action,
                    "state": "done",
                    "res_model": each.res_model,
                    "res_id": each.res_id,
                    "before": each.before,
                    "after": each.after,
                }
                for each in outcomes
            ]
        )

    def undo(self, outcomes, **known):
        """`[(Undo, reason)]` of the rows."""
        self.env.flush_all()
        self.env.invalidate_all()
        ctx = self.context(**known)
        rows = self.rows_of(outcomes).with_env(ctx.env)
        answers = self.target.with_env(ctx.env)._undo(ctx, rows)
        self.env.flush_all()
        self.assertEqual([row_id for row_id, _what, _reason in answers], rows.ids)
        return [(what, reason) for _row_id, what, reason in answers]

    def product(self, outcome):
        return self.env["product.product"].browse(outcome.res_id)

    def codes(self, outcome):
        return [problem.code for problem in outcome.problems]

    def changes(self, outcome):
        return {change.field: (change.old, change.new) for change in outcome.changes}

    def vendor_lines(self, product):
        return self.env["product.supplierinfo"].search(
            [("product_tmpl_id", "=", product.product_tmpl_id.id)]
        )
