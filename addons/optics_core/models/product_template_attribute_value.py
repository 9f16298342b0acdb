from odoo import _, models


class ProductTemplateAttributeValue(models.Model):
    _inherit = "product.template.attribute.value"

    def _get_combination_name(self):
        """A lens variant is named by its power: "-2.00 -1.00 Ø70", not by four loose numbers."""
        powers = self.filtered("attribute_id.optics_power_part")
        if not powers:
            return super()._get_combination_name()
        rest = super(ProductTemplateAttributeValue, self - powers)._get_combination_name()
        return ", ".join(filter(None, [powers._power_name(), rest]))

    def _power_name(self):
        values = {
            ptav.attribute_id.optics_power_part: ptav.product_attribute_value_id for ptav in self
        }
        if all(value.optics_number is None for value in values.values()):
            return _("made to prescription")
        parts = [values[part].name for part in ("sph", "cyl") if part in values]
        if "add" in values:
            parts.append(f"Add {values['add'].name}")
        if "diameter" in values:
            parts.append(f"Ø{values['diameter'].name}")
        return " ".join(parts)
