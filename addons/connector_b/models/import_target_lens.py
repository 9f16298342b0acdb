from odoo import api, models


class ImportTargetLens(models.AbstractModel):
    """Rows that become lenses: ranges of powers, and powers that lie in stock.

    Rows of ranges are put together (`lens_gather`): a lens goes in as a whole, and its new
    ranges take the place of those that the profile brought before. A row of one power with a
    code of its own becomes a variant of the lens (`lens_power`), which then is a product as any:
    codes, prices, vendor line and stock are those of the product target.
    """

    _name = "connector.import.target.lens"
    _inherit = "connector.import.target.product"
    _description = "Lenses out of a Price List"

    @api.model
    def _compare(self, ctx, records):
        for model in (*self._READ_MODELS, "optics.lens", "optics.lens.range", "optics.coating"):
            ctx.env[model].flush_model()
        powers = [record for record in records if self._is_power(record)]
        ranged = [record for record in records if not self._is_power(record)]
        outcomes = {
            id(outcome.record): outcome
            for outcome in (*self._compare_powers(ctx, powers), *self._compare_lenses(ctx, ranged))
        }
        return [outcomes[id(record)] for record in records]

    @api.model
    def _apply(self, ctx, outcomes):
        """Lenses before their powers, wherever they stand in the file."""
        super()._apply(ctx, sorted(outcomes, key=lambda each: each.res_model != "optics.lens"))
        return outcomes

    @api.model
    def _write_rows(self, ctx, outcomes):
        lenses = [each for each in outcomes if each.res_model == "optics.lens"]
        self._write_lenses(ctx, lenses)
        return super()._write_rows(
            ctx, [each for each in outcomes if each.res_model != "optics.lens"]
        )

    @api.model
    def _undo(self, ctx, rows):
        lenses = rows.filtered(lambda row: row.res_model == "optics.lens")
        answers = {row_id: (row_id, *rest) for row_id, *rest in super()._undo(ctx, rows - lenses)}
        answers.update({answer[0]: answer for answer in self._undo_lenses(ctx, lenses)})
        return [answers[row.id] for row in rows]

    @api.model
    def _missing(self, ctx, seen_ids):
        """Lenses whose ranges this profile has brought, and of which the file has none now."""
        ranges = ctx.env["optics.lens.range"].search(
            [("import_profile_id", "=", ctx.profile.id), ("active", "=", True)]
        )
        return ranges.lens_id.filtered(lambda lens: lens.id not in seen_ids)

    @api.model
    def _forget_made(self, ctx):
        for name in ("lenses", "lens_ranges"):
            ctx.cache.pop(name, None)
        return super()._forget_made(ctx)
