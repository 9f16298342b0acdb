"""A decimal that may be absent: an eye that was not measured is not an eye without power."""

import math

from odoo import _, fields
from odoo.exceptions import ValidationError


class OptionalDecimal(fields.Float):
    """Exact decimal column in which NULL stays NULL, unlike `fields.Float`.

    In Python an absent value is `None`, so ask `value is None`, never `not value`: 0.0 is plano.
    To the web client an absent value is `false`; the `optics_decimal` widget shows it as nothing.
    A value finer than the column is refused, not rounded: nobody typed the rounded one.
    Eighths of a dioptre and half millimetres are exact in binary, so equality may be asked.

    Search with `("field", "=", False)` for the absent and `("field", "=", 0)` for plano. In memory
    (`filtered_domain`) core cannot tell them apart, because in Python `0.0 == False`.
    """

    # A sum of dioptres means nothing, and an average would tell of people one may not read.
    group_operator = None

    def __init__(self, string=fields.Default, digits=(7, 3), **kwargs):
        super().__init__(string=string, digits=digits, **kwargs)

    def convert_to_column(self, value, record, values=None, validate=True):
        if is_absent(value):
            return None
        number, places = self._number(value, record, validate)
        return f"{number:.{places}f}"

    def convert_to_cache(self, value, record, validate=True):
        if is_absent(value):
            return None
        # Not core's `float_round`: it makes 9.200000000000001 of 9.2.
        return self._number(value, record, validate)[0]

    def convert_to_record(self, value, record):
        return value

    def _number(self, value, record, validate):
        """The value as the column will hold it, and how many decimals that has."""
        number, places = float(value), self.get_digits(record.env)[1]
        if validate and not self._fits(number, places):
            raise ValidationError(
                _(
                    "%(field)s: %(typed)s is not a number of at most %(places)s decimals.",
                    field=self._description_string(record.env),
                    typed=value,
                    places=places,
                )
            )
        # "+ 0" takes the minus off a zero.
        return round(number, places) + 0, places

    def _fits(self, number, places):
        return math.isfinite(number) and abs(number - round(number, places)) < 1e-9


def is_absent(value):
    """Whether the value stands for "not measured" in the formats of forms, imports and SQL."""
    return value is None or value is False or value == ""
