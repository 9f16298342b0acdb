from odoo import api, fields, models

from ..rules.transposition import canonical

# Attributes of every lens, in the order a power is read out; an addition only where there is one.
POWER_PARTS = ("sph", "cyl", "add", "diameter")
TYPES_WITH_ADD = ("bifocal", "progressive", "office")


class OpticsLens(models.Model):
    """Powers of a lens as variants of its product: Odoo's own, made when first needed.

    A new lens may have four thousand powers, so variants are made in one batch, and attribute
    values are added to the product once a batch: core then looks through all its variants.
    """

    _inherit = "optics.lens"

    def _variant_for(self, power, diameter):
        """The stock variant of one power (`rules.power.Power`), made if it is not there."""
        return self._variants_for([(power, diameter)])

    def _variants_for(self, wanted):
        """Stock variants for `[(power, diameter)]`, in that order, made where missing."""
        self.ensure_one()
        keys = [self._variant_key(power, diameter) for power, diameter in wanted]
        found = self._find_variants(keys)
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing:
            found.update(zip(missing, self._create_variants(missing), strict=True))
        variants = self.env["product.product"].browse([found[key].id for key in keys])
        variants.filtered(lambda product: not product.active).sudo().active = True
        return variants

    def _find_variant(self, power, diameter):
        """The stock variant of one power, or none: reading does not make products."""
        self.ensure_one()
        key = self._variant_key(power, diameter)
        return self._find_variants([key]).get(key, self.env["product.product"])

    def _stock_variants(self, power):
        """`{(lens id, blank): product id}` of these lenses' variants of one power."""
        by_product = {lens.product_tmpl_id.id: lens for lens in self}
        power = canonical(power)
        variants = self.env["product.product"].search_fetch(
            [
                ("product_tmpl_id", "in", list(by_product)),
                ("optics_sph", "=", float(power.sph)),
                ("optics_cyl", "=", float(power.cyl or 0)),
            ],
            ["product_tmpl_id", "optics_add", "optics_diameter"],
        )
        found = {}
        for variant in variants:
            lens = by_product[variant.product_tmpl_id.id]
            wanted = None if power.add is None or not lens._has_add() else float(power.add)
            if variant.optics_add == wanted:
                found[lens.id, variant.optics_diameter] = variant.id
        return found

    def _rx_variant(self):
        """The variant that stands for this lens made to a prescription."""
        self.ensure_one()
        return self.env["product.product"].search(
            [
                ("product_tmpl_id", "=", self.product_tmpl_id.id),
                ("optics_sph", "=", False),
            ],
            limit=1,
        )

    def _has_add(self):
        return self.type in TYPES_WITH_ADD

    def _variant_key(self, power, diameter):
        """Stock is kept in minus cylinders, whatever sign the prescription was written in."""
        power = canonical(power)
        if power.sph is None:
            raise ValueError(f"no lens without a sphere: {power}")
        has_add = self._has_add() and power.add is not None
        return (
            float(power.sph),
            float(power.cyl or 0),
            float(power.add) if has_add else None,
            float(diameter),
        )

    def _find_variants(self, keys):
        variants = (
            self.env["product.product"]
            .with_context(active_test=False)
            .search_fetch(
                [
                    ("product_tmpl_id", "=", self.product_tmpl_id.id),
                    ("optics_sph", "in", list({key[0] for key in keys})),
                    ("optics_cyl", "in", list({key[1] for key in keys})),
                ],
                [f"optics_{part}" for part in POWER_PARTS] + ["active"],
                # A live variant hides an archived one of the same power.
                order="active, id",
            )
        )
        return {
            tuple(variant[f"optics_{part}"] for part in POWER_PARTS): variant
            for variant in variants
        }

    def _create_variants(self, keys):
        ptavs = self._ptavs_by_number(
            {
                part: {key[position] for key in keys if key[position] is not None}
                for position, part in enumerate(POWER_PARTS)
            }
        )
        vals_list = []
        for key in keys:
            numbers = dict(zip(POWER_PARTS, key, strict=True))
            # The numbers are given too, so that they are not read back from the values.
            vals_list.append(
                {
                    "product_tmpl_id": self.product_tmpl_id.id,
                    "product_template_attribute_value_ids": [
                        fields.Command.set([ptavs[part][numbers[part]] for part in ptavs])
                    ],
                    **{f"optics_{part}": number for part, number in numbers.items()},
                }
            )
        products = self.env["product.product"].sudo().with_context(tracking_disable=True)
        return products.create(vals_list)

    def _ptavs_by_number(self, numbers_by_part):
        """`{part: {number: id}}` of this product's values; None is "made to prescription"."""
        lines = self.sudo().product_tmpl_id.attribute_line_ids.filtered(
            "attribute_id.optics_power_part"
        )
        grown = lines.browse()
        for line in lines:
            numbers = numbers_by_part[line.attribute_id.optics_power_part]
            missing = numbers - set(line.value_ids.mapped("optics_number"))
            if missing:
                values = line.value_ids._power_values(line.attribute_id, missing)
                line.with_context(update_product_template_attribute_values=False).value_ids = [
                    fields.Command.link(value.id) for value in values.values()
                ]
                grown |= line
        if grown:
            grown._update_product_template_attribute_values()
        return {
            line.attribute_id.optics_power_part: {
                ptav.product_attribute_value_id.optics_number: ptav.id
                for ptav in line.product_template_value_ids._only_active()
            }
            for line in lines
        }

    @api.model
    def _power_attributes(self, lens_type):
        """The attributes that tell variants of such a lens apart."""
        parts = [part for part in POWER_PARTS if part != "add" or lens_type in TYPES_WITH_ADD]
        return {part: self.env.ref(f"optics_core.attribute_{part}") for part in parts}

    @api.model
    def _power_lines(self, lens_type):
        """Attribute lines for a new lens: no stock powers yet, made to prescription only."""
        return [
            fields.Command.create(
                {
                    "attribute_id": attribute.id,
                    "value_ids": [
                        fields.Command.set(
                            self.env.ref(f"optics_core.attribute_value_{part}_rx").ids
                        )
                    ],
                }
            )
            for part, attribute in self._power_attributes(lens_type).items()
        ]

    def _ensure_power_lines(self):
        """Give a lens made from a product of the shop, or one that got an addition, its lines."""
        for lens in self:
            present = lens.attribute_line_ids.attribute_id.mapped("optics_power_part")
            missing = [
                command
                for part, command in zip(
                    lens._power_attributes(lens.type), lens._power_lines(lens.type), strict=True
                )
                if part not in present
            ]
            if missing:
                lens.product_tmpl_id.sudo().attribute_line_ids = missing

    def _ensure_rx_variant(self):
        vals_list = []
        for lens in self:
            if not lens._rx_variant():
                ptavs = lens._ptavs_by_number(dict.fromkeys(POWER_PARTS, set()))
                vals_list.append(
                    {
                        "product_tmpl_id": lens.product_tmpl_id.id,
                        "product_template_attribute_value_ids": [
                            fields.Command.set([numbers[None] for numbers in ptavs.values()])
                        ],
                    }
                )
        self.env["product.product"].sudo().create(vals_list)
