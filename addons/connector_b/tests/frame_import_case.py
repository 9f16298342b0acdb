"""Rows of frames as `ProductImportCase` has rows of products."""

from .product_import_case import ProductImportCase


class FrameImportCase(ProductImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.target = cls.env["connector.import.target.frame"].sudo()

    def frame(self, model="VG1000", colour="C01", size="54-16-145", **values):
        return {"frame_model": model, "frame_colour": colour, "frame_size": size, **values}

    def frames(self, model="VG1000"):
        """The variants of a model."""
        return self.env["product.product"].search([("frame_model", "=", model)], order="id")

    def value_names(self, product):
        return product.product_template_attribute_value_ids.mapped("name")

    def prices(self, model="VG1000"):
        """Colour → what the customer pays."""
        return {self.value_names(product)[0]: product.lst_price for product in self.frames(model)}

    def assertUndone(self, outcomes, expected):
        answers = self.undo(outcomes)
        self.assertEqual([what for what, _why in answers], expected, answers)
