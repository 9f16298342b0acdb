from decimal import Decimal

from odoo import api, fields, models

from ..rules.column_rule import By, ColumnRule
from ..rules.number_format import NumberFormat
from ..rules.targets import TARGETS
from .number_signs import DECIMAL_SIGNS, MARKS, NAMES, THOUSANDS_SIGNS


class ImportColumn(models.Model):
    """One thing a profile reads from a row: which column, what it means, how it is written.

    `rules.column_rule` as a record, so that a person can correct it.
    """

    _name = "connector.import.column"
    _description = "Column of a Price List"
    _order = "sequence, id"
    _rec_name = "target"

    profile_id = fields.Many2one(
        comodel_name="connector.import.profile",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    target = fields.Selection(selection="_selection_target", string="Meaning", required=True)
    by = fields.Selection(
        selection=[
            ("name", "Column by name"),
            ("position", "Column by letter"),
            ("pattern", "Column by pattern"),
            ("fixed", "Fixed value"),
            ("expression", "Formula"),
        ],
        string="Taken From",
        required=True,
        default="name",
    )
    source = fields.Char(
        string="Column", help="Its name in the header, its letter, or a pattern of its name."
    )
    fixed = fields.Char(string="Fixed Value", help="The same for all rows.")
    expression = fields.Char(
        string="Formula",
        help="E.g. round_to(cost * rate * 1.6, 0.90). “value” is what stands in the cell.",
    )
    default_value = fields.Char(string="Default", help="Taken where the cell is empty.")
    unit_factor = fields.Float(
        digits=(16, 6), default=1.0, help="The number in the cell is multiplied by this."
    )
    pad = fields.Integer(
        string="Digits", help="A code of digits gets zeros in front up to so many. 0: none."
    )
    is_required = fields.Boolean(string="Required", help="A row without it is refused.")
    company_currency = fields.Boolean(
        string="In Own Currency",
        help="The column is in the company's currency although the file's is another.",
    )
    decimal_separator = fields.Selection(
        selection=DECIMAL_SIGNS, help="Empty: as the profile says."
    )
    thousands_separator = fields.Selection(
        selection=THOUSANDS_SIGNS, help="Empty: as the profile says."
    )
    is_fraction = fields.Boolean(string="Percent as Fraction", help="0.2 in the cell means 20 %.")

    @api.model
    def _selection_target(self):
        words = self.env["connector.import.problem.text"]._target_names()
        return [(name, words.get(name, name)) for name in TARGETS]

    def _rule(self):
        self.ensure_one()
        factor = Decimal(str(self.unit_factor)).normalize()
        return ColumnRule(
            target=self.target,
            by=By(self.by),
            source=self.source or "",
            number=self._number(),
            factor=None if factor in (0, 1) else factor,
            expression=self.expression or "",
            fixed=self.fixed or "",
            default=self.default_value or "",
            pad=self.pad,
            required=self.is_required,
            company_currency=self.company_currency,
        )

    def _number(self):
        """None where the column has nothing of its own to say."""
        if not (self.decimal_separator or self.thousands_separator or self.is_fraction):
            return None
        common = self.profile_id
        return NumberFormat(
            MARKS[self.decimal_separator or common.decimal_separator],
            MARKS[self.thousands_separator or common.thousands_separator],
            self.is_fraction,
        )

    @api.model
    def _values_of(self, rule, sequence):
        """For `create`, from a rule."""
        number = rule.number
        return {
            "sequence": sequence,
            "target": rule.target,
            "by": str(rule.by),
            "source": rule.source,
            "fixed": rule.fixed,
            "expression": rule.expression,
            "default_value": rule.default,
            "unit_factor": 1.0 if rule.factor is None else float(rule.factor),
            "pad": rule.pad,
            "is_required": rule.required,
            "company_currency": rule.company_currency,
            "decimal_separator": number and NAMES[number.decimal],
            "thousands_separator": number and NAMES[number.thousands],
            "is_fraction": bool(number and number.fraction),
        }
