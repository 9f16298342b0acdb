from odoo import api, models

from .manufacturing_order import CLOSED_STATES


class ManufacturingOrder(models.Model):
    """The board as one question: its columns together with the first cards of each."""

    _inherit = "optics.manufacturing.order"

    @api.model
    def web_read_board(self, domain, fields, groupby, specification, limit, order="", orderby=""):
        """What `web_read_group` and a `web_search_read` for each column would answer.

        A column has its cards under `__records`. Whoever opens a board of eight columns waits
        for one answer instead of nine, all cards are read at once, and nobody counts the jobs
        of a column that were counted with its group.
        """
        board = self.web_read_group(domain, fields, [groupby], orderby=orderby)
        groups = board["groups"]
        if groupby == "state":
            self._fold_closed(groups)
        count = f"{groupby.split(':')[0]}_count"
        columns = [
            (group, self.search(group["__domain"], limit=limit, order=order))
            for group in groups
            if group[count] and not group.get("__fold")
        ]
        cards = self.union(*(column for _group, column in columns))
        read = {card["id"]: card for card in cards.web_read(specification)}
        for group, column in columns:
            group["__records"] = [read[number] for number in column.ids]
        return board

    @api.model
    def _fold_closed(self, groups):
        """Years of delivered jobs stand folded beside those at work."""
        closed = [group for group in groups if group["state"] in CLOSED_STATES]
        if len(closed) < len(groups):
            for group in closed:
                group["__fold"] = True
