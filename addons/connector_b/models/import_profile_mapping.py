from decimal import Decimal

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ..rules.mapping import Mapping
from ..rules.number_format import NumberFormat
from ..rules.row_filter import RowFilter
from .number_signs import MARKS, NAMES


class ImportProfile(models.Model):
    """A profile as `rules.mapping` reads files with it, and back from the mapping screen."""

    _inherit = "connector.import.profile"

    def _mapping(self):
        self.ensure_one()
        own = self.company_id.currency_id
        foreign = self.currency_id and self.currency_id != own
        return Mapping(
            columns=tuple(column._rule() for column in self.column_ids),
            keys=self._key_names(),
            filters=tuple(map(RowFilter.from_json, self.filters or ())),
            sheet=self.sheet_pattern or "",
            header_row=self.header_row,
            group_target=self.group_target or "",
            currency=self.currency_id.name if foreign else "",
            rate=self._rate(),
            number=self._number_format(),
            grid=self.grid or "",
        )

    def _learn(self, mapping):
        """Remember what a person made of a file."""
        self.ensure_one()
        values = {
            "column_ids": [
                fields.Command.clear(),
                *(
                    fields.Command.create(self.env["connector.import.column"]._values_of(rule, n))
                    for n, rule in enumerate(mapping.columns, 1)
                ),
            ],
            "keys": ",".join(mapping.keys),
            "filters": [each.to_json() for each in mapping.filters],
            "sheet_pattern": mapping.sheet,
            "header_row": mapping.header_row,
            "group_target": mapping.group_target or False,
            "grid": mapping.grid or False,
            "decimal_separator": NAMES[mapping.number.decimal],
            "thousands_separator": NAMES[mapping.number.thousands],
            "is_fraction": mapping.number.fraction,
            "currency_id": self._currency_named(mapping.currency).id,
        }
        self.write(values)
        if mapping.rate is not None and mapping.rate != self._rate():
            self.write({"rate_source": "fixed", "fixed_rate": float(mapping.rate)})

    def _number_format(self):
        return NumberFormat(
            MARKS[self.decimal_separator], MARKS[self.thousands_separator], self.is_fraction
        )

    def _currency_named(self, code):
        if not code:
            return self.company_id.currency_id
        currency = self.env["res.currency"].search([("name", "=", code)], limit=1)
        if not currency:
            raise ValidationError(
                _(
                    "Currency %(code)s is not known or switched off here: switch it on first.",
                    code=code,
                )
            )
        return currency

    def _rate(self):
        """Units of the company's currency for one of the file's: the profile's, or of the day."""
        own = self.company_id.currency_id
        if not self.currency_id or self.currency_id == own:
            return Decimal(1)
        if self.rate_source == "fixed":
            return Decimal(str(self.fixed_rate))
        today = fields.Date.context_today(self)
        rate = self.env["res.currency"]._get_conversion_rate(
            self.currency_id, own, self.company_id, today
        )
        return Decimal(repr(rate))

    @api.constrains("decimal_separator", "thousands_separator", "column_ids")
    def _check_number_formats(self):
        for profile in self:
            try:
                profile._number_format()
                for column in profile.column_ids:
                    column._number()
            except ValueError as error:
                raise ValidationError(
                    _(
                        "%(profile)s: one sign cannot separate both decimals and thousands.",
                        profile=profile.name,
                    )
                ) from error
