"""A barcode belongs to one product: who has it, who gives it up, who waits for it."""

from odoo import api, models

from ..rules.problem import Code
from .import_outcome import Action


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _settle_barcodes(self, ctx, outcomes, findings, found):
        """Refuses rows whose barcode stays another product's.

        A row refused keeps its product's old barcode, which a third row may have wanted: hence
        again until nothing changes. Rows of an earlier batch of the file that give up their
        barcode are remembered: they are written before all others.
        """
        earlier = ctx.cache.setdefault("given_up", set())
        wanting = [
            each for each in outcomes if each.plan is not None and each.plan.values.get("barcode")
        ]
        for outcome in wanting:
            box = findings.boxes.get(outcome.plan.values["barcode"])
            if box is not None:
                outcome.refuse(self._taken(Code.BARCODE_OF_PACKAGING, outcome, found[box].title))
            elif self._is_another_companys(outcome.plan, findings):
                outcome.refuse(
                    self._problem(Code.BARCODE_ELSEWHERE, "barcode", outcome.plan.values["barcode"])
                )
        while True:
            given_up = {each.res_id: each for each in wanting if each.action == Action.CHANGE}
            refused = False
            for outcome in wanting:
                if outcome.plan is None:
                    continue
                barcode = outcome.plan.values["barcode"]
                holders = set(findings.by_key["barcode"].get(barcode, ())) - {outcome.res_id}
                stays = [each for each in holders if each not in given_up and each not in earlier]
                if stays:
                    names = self._names(found, stays)
                    outcome.refuse(self._taken(Code.BARCODE_TAKEN, outcome, names))
                    refused = True
                elif holders:
                    outcome.plan.waits_for_barcode = True
                    for holder in holders & given_up.keys():
                        self._join(outcomes, outcome, given_up[holder])
            if not refused:
                earlier.update(given_up)
                return

    @api.model
    def _is_another_companys(self, plan, findings):
        """A shared product's barcode is its own in every company; a company's own product only
        meets its own and the shared ones. Whose it is, is not for this company to know."""
        if plan.product and plan.product.company_id:
            return False
        return plan.values["barcode"] in findings.elsewhere

    @api.model
    def _taken(self, code, outcome, name):
        return self._problem(code, "barcode", outcome.plan.values["barcode"], name=name)

    @api.model
    def _join(self, outcomes, one, other):
        """Rows that pass a barcode on are written together or not at all."""
        numbers = {
            number
            for each in (one, other)
            for number in (each.number, each.together)
            if number is not None
        }
        first = min(numbers)
        for each in outcomes:
            if each is one or each is other or each.together in numbers:
                each.together = first
