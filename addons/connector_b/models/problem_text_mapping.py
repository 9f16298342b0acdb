from odoo import _, api, models


class ImportProblemText(models.AbstractModel):
    """A profile that does not fit the file, and rows that do not fit each other."""

    _inherit = "connector.import.problem.text"

    @api.model
    def _row_texts(self):
        return {
            **super()._row_texts(),
            "header_not_found": (
                _("No row looks like a header."),
                _("Type the number of its row into the profile."),
            ),
            "tables_beside": (
                _("Two tables stand side by side: %(columns)s come twice in the header."),
                _(
                    "Only the left table is read: put the right one below it, or give its columns"
                    " a meaning in an import of their own."
                ),
            ),
            "prices_by_kind": (
                _("This is a table of prices by coating or index: %(columns)s."),
                _("Unfold it into rows: one lens, one coating, one index and one price a row."),
            ),
            "column_missing": (
                _("%(field)s: the file has no column “%(source)s”."),
                _("Choose the column anew, or remove it from the profile."),
            ),
            "column_ambiguous": (
                _("%(field)s: “%(source)s” fits several columns: %(columns)s."),
                _("Choose the column by its number."),
            ),
            "target_twice": (
                _("%(field)s is filled by two columns."),
                _("Remove one of them from the profile."),
            ),
            "target_unknown": (
                _("The profile fills “%(value)s”, which does not exist."),
                _("Remove that column from the profile."),
            ),
            "key_not_mapped": (
                _("No column is %(keys)s: no row could find its product."),
                _("Give one of the columns that meaning, or change the keys of the profile."),
            ),
            "pattern_invalid": (
                _("%(field)s: the pattern “%(value)s” is not valid: %(reason)s."),
                _("Correct the pattern in the profile."),
            ),
            "value_invalid": (
                _("%(field)s cannot hold “%(value)s”, which stands in the profile."),
                _("Correct the fixed value or the default."),
            ),
            "expression_circle": (
                _("%(names)s are computed from each other in a circle."),
                _("Correct one of these expressions in the profile."),
            ),
            "duplicate_in_file": (
                _("The same product stands in row %(first_row)s with other values: %(key)s."),
                _("Leave the one of the two rows that is right and import it again."),
            ),
            "duplicate_barcode": (
                _("%(column)s: “%(value)s” stands in row %(first_row)s, too."),
                _("Two products cannot share a barcode: correct one of the rows."),
            ),
            "duplicate_identical": (
                _("The row says the same as row %(first_row)s and is left out."),
                _("Nothing."),
            ),
            "grid_axis_unclear": (
                _("A table of spheres and cylinders is not clear: which side is which?"),
                _("Write Sph and Cyl beside the table, powers in steps of 0.25."),
            ),
            "grid_cell_unreadable": (
                _("Sph %(sph)s, Cyl %(cyl)s: “%(value)s” is neither a price nor a mark."),
                _("Type a price, or empty the cell where the lens is not made."),
            ),
        }
