from decimal import Decimal

from ..rules.power import Power
from .common import OpticsCase


class CatalogueCase(OpticsCase):
    """A supplier, and lenses made in a line of a test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls.env["res.partner"].create({"name": "Lens Works"})
        # Lenses of the demo data would answer too.
        cls.env["optics.lens"].search([]).active = False

    @classmethod
    def lens(cls, name="Clear 1.5", *, ranges=(), **values):
        return cls.env["optics.lens"].create(
            {
                "name": name,
                "supplier_id": cls.supplier.id,
                "range_ids": [(0, 0, cls.range_values(**row)) for row in ranges],
                **values,
            }
        )

    @staticmethod
    def range_values(sph=(-6, 4), cyl=(-2, 0), diameter=70, add=None, **values):
        return {
            "sph_min": sph[0],
            "sph_max": sph[1],
            "cyl_min": cyl[0],
            "cyl_max": cyl[1],
            "diameter": diameter,
            "add_min": add and add[0],
            "add_max": add and add[1],
            **values,
        }


def power(sph, cyl=None, axis=None, add=None):
    return Power(*_decimals(sph, cyl), axis, *_decimals(add))


def eye(sph, cyl=None, axis=None, add=None, **values):
    """Values of one eye, as `optics.eye.values._eye_values` gives them."""
    numbers = dict(zip(("sph", "cyl", "add"), _decimals(sph, cyl, add), strict=True))
    return {**numbers, "axis": axis, **values}


def _decimals(*numbers):
    return [None if number is None else Decimal(str(number)) for number in numbers]
