"""Rows of lenses as `ProductImportCase` has rows of products; ranges are put together first."""

from collections import namedtuple

from .product_import_case import ProductImportCase

Place = namedtuple("Place", "base")


class LensImportCase(ProductImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.target = cls.env["connector.import.target.lens"].sudo()
        cls.profile = cls.env["connector.import.profile"].create(
            {"name": "Lens maker", "partner_id": cls.supplier.id, "target": "lens"}
        )

    def context(self, **known):
        ctx = super().context(**known)
        ctx.profile = ctx.profile or self.profile.with_env(ctx.env)
        return ctx

    def records(self, rows):
        placed = [(Place(0), record) for record in super().records(rows)]
        return [record for _place, record in self.target._gathered(placed)]

    def span(self, sph=(-4, 4), cyl=(-2, 0), price=100, **values):
        """A row of a range."""
        return {
            "lens_name": "Linza 1.56 HMC",
            "index": 1.56,
            "coating": "HMC",
            "diameter": 65,
            "sph_min": sph[0],
            "sph_max": sph[1],
            "cyl_min": cyl[0],
            "cyl_max": cyl[1],
            "supplier_price": price,
            **values,
        }

    def power(self, sph, cyl=0, **values):
        """A row of one power in stock."""
        return {
            "lens_name": "Linza 1.56 HMC",
            "index": 1.56,
            "coating": "HMC",
            "diameter": 65,
            "sph": sph,
            "cyl": cyl,
            **values,
        }

    def lens(self):
        return (
            self.env["optics.lens"]
            .with_context(active_test=False)
            .search([("supplier_id", "=", self.supplier.id)])
        )

    def spans(self, lens=None):
        """`[(sph from, sph to, uncut)]`"""
        rows = (lens or self.lens()).range_ids.sorted(lambda row: (row.sph_min, row.cyl_min))
        return [(row.sph_min, row.sph_max, row.price_uncut) for row in rows]

    def assertUndone(self, outcomes, expected):
        answers = self.undo(outcomes)
        self.assertEqual([what for what, _why in answers], expected, answers)
