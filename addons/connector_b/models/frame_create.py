"""New models with their variants, and new variants of known models: only those the file names."""

from itertools import takewhile

from odoo import api, fields, models

from ..rules.variant_prices import told_apart
from .frame_identity import size_key
from .product_create import NO_DEFAULT
from .product_dictionary import folded
from .product_money import decimal

VARIANT_FIELDS = ("default_code", "barcode", "standard_price", "active")
# Nothing of Odoo's own making of variants is to happen meanwhile.
QUIETLY = {"create_product_product": False, "tracking_disable": True}


class ImportTargetFrame(models.AbstractModel):
    _inherit = "connector.import.target.frame"

    @api.model
    def _write_rows(self, ctx, outcomes):
        result = super()._write_rows(ctx, outcomes)
        self._write_measures(ctx, outcomes)
        self._write_variant_prices(ctx, outcomes)
        return result

    @api.model
    def _create_products(self, ctx, outcomes):
        """Odoo would make a model's variants one by one, and all colours in all sizes."""
        if not outcomes:
            return
        values = self._attribute_values(ctx, outcomes)
        # As they are by now: an earlier batch may have made the model.
        keys = {each.plan.meant.model_key for each in outcomes}
        self._note_models(ctx, self._read_models(ctx, keys, ()))
        groups = {}
        for outcome in outcomes:
            model = self._model_to_join(ctx, outcome)
            key = model.template_id if model else self._model_unit(ctx, outcome)
            groups.setdefault(key, (model, []))[1].append(outcome)
        new = [group for model, group in groups.values() if model is None]
        self._create_models(ctx, new, values)
        for model, group in groups.values():
            if model is not None:
                self._join_model(ctx, model, group, values)
        self._create_variants(ctx, outcomes)

    @api.model
    def _model_unit(self, ctx, outcome):
        """New variants of one model have the same attributes: those without a size are another."""
        meant = outcome.plan.meant
        shape = (bool(meant.colour), bool(meant.size))
        return (folded(meant.brand), meant.model_key, shape)

    @api.model
    def _model_to_join(self, ctx, outcome):
        """The known model that has the same attributes as the row."""
        meant = outcome.plan.meant
        shape = (bool(meant.colour), bool(meant.size))
        return next(
            (
                model
                for model in self._models_meant(ctx, meant)
                if model.shape == {shape} and any(shape)
            ),
            None,
        )

    @api.model
    def _attribute_values(self, ctx, outcomes):
        """(attribute id, key) → id of the value, made where it is missing."""
        colour, size = self._frame_attributes(ctx)
        wanted = {}
        for outcome in outcomes:
            meant = outcome.plan.meant
            if meant.colour:
                wanted.setdefault((colour, folded(meant.colour)), meant.colour)
            if meant.size:
                wanted.setdefault((size, size_key(meant.size)), meant.size)
        known = ctx.cache.get("attribute_values")
        if known is None:
            known = ctx.cache["attribute_values"] = {}
            for value in ctx.env["product.attribute.value"].search_fetch(
                [("attribute_id", "in", [colour, size])], ["name", "attribute_id"], order="id desc"
            ):
                attribute_id = value.attribute_id.id
                key = size_key(value.name) if attribute_id == size else folded(value.name)
                known[attribute_id, key] = value.id
        missing = [key for key in wanted if key not in known]
        made = ctx.env["product.attribute.value"].create(
            [{"attribute_id": key[0], "name": wanted[key]} for key in missing]
        )
        known.update(zip(missing, made.ids, strict=True))
        return known

    @api.model
    def _values_meant(self, ctx, outcome, values):
        """Attribute id → id of the value, of one row."""
        colour, size = self._frame_attributes(ctx)
        meant = outcome.plan.meant
        found = {}
        if meant.colour:
            found[colour] = values[colour, folded(meant.colour)]
        if meant.size:
            found[size] = values[size, size_key(meant.size)]
        return found

    @api.model
    def _create_models(self, ctx, groups, values):
        templates = (
            ctx.env["product.template"]
            .with_context(**QUIETLY)
            .create([self._model_values(ctx, group, values) for group in groups])
        )
        line_values, owners = [], []
        for template, group in zip(templates, groups, strict=True):
            by_attribute = {}
            for outcome in group:
                meant = self._values_meant(ctx, outcome, values)
                outcome.plan.made["values"] = meant
                outcome.plan.made["template"] = template.id
                for attribute_id, value_id in meant.items():
                    by_attribute.setdefault(attribute_id, {})[value_id] = None
            for attribute_id, ids in by_attribute.items():
                line_values.append(
                    {
                        "product_tmpl_id": template.id,
                        "attribute_id": attribute_id,
                        "value_ids": [fields.Command.set(list(ids))],
                    }
                )
                owners.append((group, attribute_id, list(ids)))
        lines = (
            ctx.env["product.template.attribute.line"].with_context(**QUIETLY).create(line_values)
        )
        wanted, places = [], []
        for line, (group, attribute_id, ids) in zip(lines, owners, strict=True):
            extras = group[0].plan.made["extras"]
            for value_id in ids:
                wanted.append(
                    {
                        "attribute_line_id": line.id,
                        "product_attribute_value_id": value_id,
                        "price_extra": float(extras.get(value_id, 0)),
                    }
                )
                places.append((group, attribute_id, value_id))
        made = ctx.env["product.template.attribute.value"].create(wanted)
        for ptav, (group, attribute_id, value_id) in zip(made, places, strict=True):
            for outcome in group:
                if outcome.plan.made["values"].get(attribute_id) == value_id:
                    outcome.plan.made.setdefault("ptavs", []).append(ptav.id)

    @api.model
    def _model_values(self, ctx, group, values):
        """A template; of rows that disagree on what is the model's, the first is taken."""
        first = group[0]
        meant = first.plan.meant
        found = dict(self._model_defaults(ctx))
        for outcome in reversed(group):
            found.update(
                {
                    name: value
                    for name, value in outcome.plan.values.items()
                    if name not in (*VARIANT_FIELDS, "list_price", "name")
                }
            )
        found.update(
            name=self._model_name(ctx, group),
            optics_kind=meant.kind or "frame",
            frame_model=meant.model,
            detailed_type="product",
        )
        prices = self._prices_of_new(ctx, group, values)
        found["list_price"] = 0.0 if prices is None else float(prices.base)
        first.plan.made["extras"] = prices.extras if prices else {}
        return found

    @api.model
    def _prices_of_new(self, ctx, group, values):
        """A base and extras; in a pricelist each variant has a price of its own."""
        asked = {}
        for outcome in group:
            if "list_price" in outcome.plan.values:
                meant = self._values_meant(ctx, outcome, values)
                colour, size = self._frame_attributes(ctx)
                price = decimal(outcome.plan.values["list_price"])
                asked[meant.get(colour), meant.get(size)] = price
        if not asked:
            return None
        if ctx.pricelist:
            return told_apart({(None, None): min(asked.values())}, None)
        prices = told_apart(asked, None)
        if any(prices.of(variant) != price for variant, price in asked.items()):
            raise self._misfit(self._model_name(ctx, group))
        return prices

    @api.model
    def _model_name(self, ctx, group):
        """What the names of its rows begin with, as far as that is more than a word."""
        meant = group[0].plan.meant
        plain = " ".join(part for part in (meant.brand, meant.model) if part)
        names = [each.plan.values.get("name") for each in group]
        if not all(names):
            return plain
        if len(names) == 1:
            return self._without_variant(names[0], meant) or plain
        words = [
            columns[0]
            for columns in takewhile(
                lambda each: len(set(each)) == 1,
                zip(*(name.split() for name in names), strict=False),
            )
        ]
        common = " ".join(words).strip(" ,;-–—/")
        number = group[0].plan.values["name"] and meant.model_key
        known = number in common.casefold() or len(words) > 2
        return common if known and common else plain

    @api.model
    def _without_variant(self, name, meant):
        """ "Оправа Вега 1000 чёрный, ацетат" up to its colour, so that a second one fits in."""
        ends = [
            place
            for part in (meant.colour, meant.colour_name, meant.colour_code, meant.size)
            if part and (place := name.casefold().find(part.casefold())) > 0
        ]
        return name[: min(ends)].strip(" ,;-–—/") if ends else name

    @api.model
    def _model_defaults(self, ctx):
        if "model_defaults" not in ctx.cache:
            templates = ctx.env["product.template"]
            names = [
                name
                for name, each in templates._fields.items()
                if name not in NO_DEFAULT and not name.startswith("image_")
            ]
            ctx.cache["model_defaults"] = templates.default_get(names)
        return ctx.cache["model_defaults"]

    @api.model
    def _join_model(self, ctx, model, group, values):
        """New colours and sizes of a model that is there."""
        lines = ctx.env["product.template"].browse(model.template_id).attribute_line_ids
        by_attribute = {line.attribute_id.id: line for line in lines}
        for outcome in group:
            meant = outcome.plan.made["values"] = self._values_meant(ctx, outcome, values)
            outcome.plan.made["template"] = model.template_id
            ptavs, added = [], []
            for attribute_id, value_id in meant.items():
                ptav, is_new = self._value_of_line(ctx, by_attribute[attribute_id], value_id)
                ptavs.append(ptav.id)
                if is_new:
                    added.append(ptav.id)
            outcome.plan.made["ptavs"] = ptavs
            outcome.plan.made["added"] = added

    @api.model
    def _value_of_line(self, ctx, line, value_id):
        """(the template's value, whether it was made now)"""
        ptavs = line.product_template_value_ids.filtered(
            lambda each: each.product_attribute_value_id.id == value_id
        )
        if ptavs and ptavs[0].ptav_active:
            return ptavs[0], False
        line.with_context(update_product_template_attribute_values=False).write(
            {"value_ids": [fields.Command.link(value_id)]}
        )
        if ptavs:
            ptavs[0].ptav_active = True
            return ptavs[0], True
        made = ctx.env["product.template.attribute.value"].create(
            {"attribute_line_id": line.id, "product_attribute_value_id": value_id}
        )
        return made, True

    @api.model
    def _create_variants(self, ctx, outcomes):
        products = (
            ctx.env["product.product"]
            .with_context(tracking_disable=True)
            .create([self._variant_values(ctx, each) for each in outcomes])
        )
        moment = ctx.env.cr.now().isoformat()
        for outcome, product in zip(outcomes, products, strict=True):
            made = outcome.plan.made
            outcome.res_id = product.id
            outcome.before = {}
            outcome.after = {
                "created": moment,
                "template": made["template"],
                "product": {
                    name: outcome.plan.values[name]
                    for name in VARIANT_FIELDS
                    if name in outcome.plan.values
                },
            }
            if "added" in made:
                outcome.after["joined"] = made["template"]
                outcome.after["added"] = made["added"]
        self._create_variant_lines(ctx, outcomes)

    @api.model
    def _variant_values(self, ctx, outcome):
        plan = outcome.plan
        values = {name: plan.values[name] for name in VARIANT_FIELDS if name in plan.values}
        values.update({f"frame_{part}": number for part, number in plan.measures.items()})
        values["product_tmpl_id"] = plan.made["template"]
        values["product_template_attribute_value_ids"] = [
            fields.Command.set(plan.made.get("ptavs", []))
        ]
        return values

    @api.model
    def _write_measures(self, ctx, outcomes):
        """Of variants that were there; new ones were made with theirs."""
        measured = [each for each in outcomes if each.plan.product and each.plan.measures]
        products = ctx.env["product.product"].browse([each.res_id for each in measured])
        for outcome, product in zip(measured, products, strict=True):
            new = outcome.plan.measures
            outcome.before["measures"] = {part: product[f"frame_{part}"] for part in new}
            outcome.after["measures"] = dict(new)
            product.write({f"frame_{part}": number for part, number in new.items()})

    @api.model
    def _item_values(self, ctx, outcome):
        """A variant's own price, never that of the whole model."""
        values = super()._item_values(ctx, outcome)
        return {**values, "applied_on": "0_product_variant", "product_id": outcome.res_id}

    @api.model
    def _forget_made(self, ctx):
        ctx.cache.pop("attribute_values", None)
        return super()._forget_made(ctx)
