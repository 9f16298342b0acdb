from odoo import api, models

from ..rules.duplicates import Duplicates


class ImportTarget(models.AbstractModel):
    """What rows of a price list become: products, frames, lenses.

    The life of an import knows only these five methods. Outcomes of `_compare` go into `_apply`
    of the same transaction, never from the database: what a row was compared with may have
    changed since, so a chunk compares again (cheaply) before it writes.
    """

    _name = "connector.import.target"
    _description = "What Rows of a Price List Become"

    @api.model
    def _gathered(self, placed):
        """`(place, record)` of a whole file as they are to be compared: rows that make one thing
        between them may be put together here."""
        return placed

    @api.model
    def _duplicates(self, keys):
        """Whom the file's rows are shown to, one by one, to find the same key twice."""
        return Duplicates(keys)

    @api.model
    def _compare(self, ctx, records):
        """One `Outcome` a record, in their order; nothing is written.

        A row that has problems of severity "refused" comes back refused, with them.
        """
        raise NotImplementedError

    @api.model
    def _apply(self, ctx, outcomes):
        """Creates and changes what `_compare` said; returns the same outcomes.

        Never raises for a bad row: that row comes back refused, with the reason, and the others
        are written. Errors of the transaction itself (serialization, deadlock) do go up, for the
        chunk to be repeated. The caller commits.
        """
        raise NotImplementedError

    @api.model
    def _undo(self, ctx, rows):
        """`[(row id, Undo, reason)]`: takes `connector.import.row`s back as long as nobody has
        changed their record since; `reason` is a sentence for each one kept."""
        raise NotImplementedError

    @api.model
    def _missing(self, ctx, seen_ids):
        """This supplier's records that the file, whose rows found `seen_ids`, no longer has."""
        raise NotImplementedError

    @api.model
    def _switch_off(self, ctx, records):
        """Archives the records of `_missing` that a person chose; returns those archived."""
        raise NotImplementedError
