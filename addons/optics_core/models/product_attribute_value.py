from odoo import api, models
from odoo.tools import float_repr

from .optional_decimal import OptionalDecimal


class ProductAttributeValue(models.Model):
    _inherit = "product.attribute.value"

    optics_number = OptionalDecimal(
        string="Number",
        readonly=True,
        help="Dioptres or millimetres. Empty: made to prescription, no fixed power.",
    )

    _sql_constraints = [
        (
            "optics_number_unique",
            "UNIQUE(attribute_id, optics_number)",
            "Number: this attribute has a value of that number already. Use it, or enter another "
            "number.",
        ),
    ]

    @api.model
    def _power_values(self, attribute, numbers):
        """The values of a power attribute by number; those not there yet are made."""
        attribute_values = self.sudo()
        found = {
            value.optics_number: value
            for value in attribute_values.search(
                [("attribute_id", "=", attribute.id), ("optics_number", "in", list(numbers))]
            )
        }
        missing = sorted(set(numbers) - set(found))
        made = attribute_values.create(
            [
                {
                    "attribute_id": attribute.id,
                    "name": _label(attribute.optics_power_part, number),
                    "optics_number": number,
                    # Core lists values by sequence: plus powers below minus ones, as on a box.
                    "sequence": 1000 + round(number * 8),
                }
                for number in missing
            ]
        )
        found.update(zip(missing, made, strict=True))
        return found


def _label(part, number):
    """A value's name; eighths keep all three digits, because names must differ."""
    places = 2 if (number * 100) == round(number * 100) else 3
    if part == "diameter":
        return float_repr(number, 0 if number == round(number) else 1)
    return f"{number:+.{places}f}" if number else float_repr(0.0, 2)
