"""A chunk written as a whole; on an error by halves, down to the row that is to blame."""

import logging

import psycopg2

from odoo import _, api, models
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ..rules.problem import Code
from .import_outcome import Action

_logger = logging.getLogger(__name__)

# Above it a batch gains nothing and only costs memory.
BATCH = 500


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _groups(self, outcomes):
        """Batches of units: a row alone, or the rows that pass a barcode on among themselves."""
        units = {}
        for outcome in self._written(outcomes):
            unit = ("together", outcome.together) if outcome.together else outcome.number
            units.setdefault(unit, []).append(outcome)
        batch, rows = [], 0
        for unit in units.values():
            if batch and rows + len(unit) > BATCH:
                yield batch
                batch, rows = [], 0
            batch.append(unit)
            rows += len(unit)
        if batch:
            yield batch

    @api.model
    def _write_in_halves(self, ctx, units):
        try:
            # Updates are deferred, and so are their errors: the flush belongs inside.
            with mute_logger("odoo.sql_db"), ctx.env.cr.savepoint():
                self._write_rows(ctx, [outcome for unit in units for outcome in unit])
                ctx.env.flush_all()
        except psycopg2.OperationalError:
            # The transaction itself: a serialization failure is the whole chunk's to repeat.
            raise
        except Exception as error:  # noqa: BLE001  whatever another addon raises: only its row is refused
            self._forget_made(ctx)
            if len(units) == 1:
                for outcome in units[0]:
                    self._refuse_by_odoo(ctx, outcome, error)
                return
            middle = len(units) // 2
            self._write_in_halves(ctx, units[:middle])
            self._write_in_halves(ctx, units[middle:])
        else:
            ctx.env.invalidate_all()

    @api.model
    def _write_rows(self, ctx, outcomes):
        for outcome in outcomes:
            outcome.before, outcome.after = {}, {}
            self._make_references(ctx, outcome.plan)
        self._give_up_barcodes(ctx, outcomes)
        self._create_products(ctx, [each for each in outcomes if each.action == Action.CREATE])
        self._change_products(ctx, [each for each in outcomes if each.action == Action.CHANGE])
        self._write_vendor_lines(ctx, outcomes)
        self._write_items(ctx, outcomes)
        self._write_quantities(ctx, outcomes)

    @api.model
    def _make_references(self, ctx, plan):
        if "category" in plan.made:
            plan.values["categ_id"] = self._make_category(ctx, plan.made["category"])
        if "brand" in plan.made:
            plan.values["optics_brand_id"] = self._make_brand(ctx, plan.made["brand"])

    @api.model
    def _forget_made(self, ctx):
        """What was made in a savepoint that is gone must not be referred to again."""
        for name in ("dictionary", "titles"):
            ctx.cache.pop(name, None)

    @api.model
    def _refuse_by_odoo(self, ctx, outcome, error):
        outcome.before = outcome.after = None
        if outcome.action == Action.CREATE:
            outcome.res_id = None
        outcome.refuse(
            self._problem(Code.REFUSED_BY_ODOO, None, None, message=self._in_words(ctx, error))
        )

    @api.model
    def _in_words(self, ctx, error):
        if isinstance(error, UserError):
            return " ".join(str(error.args[0] if error.args else error).split())
        if isinstance(error, psycopg2.Error) and error.pgcode in models.PGERROR_TO_OE:
            translate = models.PGERROR_TO_OE[error.pgcode]
            products = ctx.env["product.product"]
            return translate(products, products.fields_get(), None, error)["message"]
        _logger.error("A row of a price list could not be written", exc_info=error)
        return _("Odoo could not write it: %(error)s", error=error)
