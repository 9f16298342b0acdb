from odoo import _, api, models


class ImportProblemText(models.AbstractModel):
    """A cell that cannot be read as what its column means."""

    _inherit = "connector.import.problem.text"

    @api.model
    def _row_texts(self):
        return {
            **super()._row_texts(),
            **self._number_texts(),
            **self._code_texts(),
            **self._expression_texts(),
            "cell_error": (
                _("%(column)s: the formula in the cell ends in %(error)s."),
                _("Type the value in place of the formula."),
            ),
            "text_too_long": (
                _("%(column)s: the text is longer than %(limit)s characters."),
                _("Shorten it."),
            ),
            "not_yes_or_no": (
                _("%(column)s: “%(value)s” is neither yes nor no."),
                _("Type yes or no."),
            ),
            "not_a_date": (
                _("%(column)s: “%(value)s” is not a date."),
                _("Type a date such as 31.12.2025."),
            ),
            "not_an_image_name": (
                _("%(column)s: “%(value)s” is neither an address nor the name of an image."),
                _("Type an address that begins with https:// or a name inside the archive."),
            ),
            "empty_required": (
                _("%(field)s is empty."),
                _("Fill the cell, or give the column a default in the profile."),
            ),
        }

    @api.model
    def _number_texts(self):
        return {
            "not_a_number": (
                _("%(column)s: “%(value)s” is not a number."),
                _("Type a number, or leave the cell empty to leave the value alone."),
            ),
            "not_whole": (
                _("%(column)s: “%(value)s” is not a whole number."),
                _("Type a whole number."),
            ),
            "ambiguous_number": (
                _("%(column)s: “%(value)s” may mean %(one)s or %(other)s."),
                _("Say in the profile which sign separates decimals and which thousands."),
            ),
            "wrong_decimal_sign": (
                _("%(column)s: “%(value)s”; the profile expects “%(sign)s” before decimals."),
                _("Correct the cell, or the decimal sign in the profile."),
            ),
            "number_too_long": (
                _("%(column)s: “%(value)s” has more than %(limit)s digits."),
                _("Correct the number; perhaps two cells ran together."),
            ),
            "date_in_number": (
                _("%(column)s: there is a date, %(value)s, in place of a number."),
                _("Excel takes 12.05 for a date: format the cell as text and type it again."),
            ),
            "percent_in_number": (
                _("%(column)s: “%(value)s” is a percentage in place of a number."),
                _("Type the number itself, or correct the meaning of the column."),
            ),
            "range_unexpected": (
                _("%(column)s: “%(value)s” is a range where one number belongs."),
                _("Type one number, or correct the meaning of the column."),
            ),
            "negative": (
                _("%(column)s: “%(value)s” is below zero."),
                _("Type a number from 0; goods sent back do not belong in a price list."),
            ),
            "out_of_bounds": (
                _("%(column)s: “%(value)s” is not possible; possible is %(allowed)s."),
                _("Correct the number, or the meaning of the column in the profile."),
            ),
            "off_step": (
                _("%(column)s: “%(value)s” is no multiple of %(step)s."),
                _("Correct the number."),
            ),
            "not_a_range": (
                _("%(column)s: “%(value)s” runs the wrong way, from %(low)s to %(high)s."),
                _("Type the smaller number first."),
            ),
            "currency_unexpected": (
                _("%(column)s: “%(value)s” is in %(found)s, the profile expects %(expected)s."),
                _("Correct the price, or give a column the meaning “Currency”."),
            ),
            "currency_mixed": (
                _("The row has prices in %(found)s and in %(other)s."),
                _("Split the row, or leave one of the two columns out."),
            ),
            "currency_unknown": (
                _("%(column)s: “%(value)s” is no currency that is known here."),
                _("Type its code, e.g. RUB, or switch the currency on in Odoo."),
            ),
            "price_on_request": (
                _("%(column)s: “%(value)s” in place of a price; the price is left alone."),
                _("Nothing, or ask the supplier for the price."),
            ),
            "price_zero": (
                _("%(column)s: the price is 0 and is left alone."),
                _("Nothing, or type the price: at 0 the goods would be given away."),
            ),
            "quantity_at_least": (
                _("%(column)s: “%(value)s” is taken as the number in it."),
                _("Nothing, or type the exact quantity."),
            ),
            "two_diameters": (
                _("%(column)s: of two diameters the larger one is taken, %(taken)s mm."),
                _("Nothing, or type the diameter of the blank."),
            ),
            "quantity_unknown": (
                _("%(column)s: “%(value)s” names no quantity; the stock is left alone."),
                _("Nothing, or type the quantity."),
            ),
        }

    @api.model
    def _code_texts(self):
        return {
            "barcode_scientific": (
                _("%(column)s: “%(value)s”: Excel has rounded the barcode, its digits are lost."),
                _("Format the column as a number without decimals or as text and type it anew."),
            ),
            "barcode_not_a_code": (
                _("%(column)s: “%(value)s” has blanks or letters that no barcode has."),
                _("Type the barcode as it is printed on the box, or empty the cell."),
            ),
            "barcode_check_digit": (
                _("%(column)s: the last digit of “%(value)s” should be %(expected)s."),
                _("Compare it with the box: a digit may be mistyped. It is taken as it is."),
            ),
            "several_barcodes": (
                _("%(column)s: of several barcodes %(taken)s is taken."),
                _("Nothing, or leave the right one alone in the cell."),
            ),
            "barcode_zeros_lost": (
                _("%(column)s: “%(value)s” has perhaps lost its zeros: %(suggested)s?"),
                _("Format the column as text and type the zeros. It is taken as it is."),
            ),
            "date_in_code": (
                _("%(column)s: there is a date, %(value)s, in place of a code."),
                _("Excel takes 12-05 for a date: format the cell as text and type it again."),
            ),
            "code_scientific": (
                _("%(column)s: “%(value)s”: Excel has rounded the code, its digits are lost."),
                _("Format the column as text and type the code anew."),
            ),
        }

    @api.model
    def _expression_texts(self):
        return {
            "expression_invalid": (
                _("%(field)s: the expression “%(value)s” cannot be computed."),
                _("Correct it in the profile, at character %(position)s."),
            ),
            "expression_value_missing": (
                _("%(field)s cannot be computed: %(names)s is empty in this row."),
                _("Fill the cell, or give the column a default in the profile."),
            ),
            "expression_division_by_zero": (
                _("%(field)s cannot be computed: it would be divided by zero."),
                _("Correct the row, or the expression in the profile."),
            ),
            "expression_overflow": (
                _("%(field)s: the expression makes a number too large to be a price."),
                _("Correct the row, or the expression in the profile."),
            ),
        }
