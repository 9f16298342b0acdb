"""A whole number that may be absent: no axis is not an axis of zero degrees."""

from odoo import _, fields
from odoo.exceptions import ValidationError

from .optional_decimal import is_absent


class OptionalInteger(fields.Integer):
    """Integer column in which NULL stays NULL; see `OptionalDecimal` for what that means."""

    group_operator = None

    def convert_to_column(self, value, record, values=None, validate=True):
        if is_absent(value):
            return None
        if validate:
            self._refuse_fraction(value, record)
        return super().convert_to_column(value, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        if is_absent(value):
            return None
        if validate:
            self._refuse_fraction(value, record)
        return super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        return value

    def convert_to_read(self, value, record, use_display_name=True):
        return False if value is None else value

    def _refuse_fraction(self, value, record):
        if float(value) != int(float(value)):
            raise ValidationError(
                _(
                    "%(field)s: %(typed)s is not a whole number.",
                    field=self._description_string(record.env),
                    typed=value,
                )
            )
