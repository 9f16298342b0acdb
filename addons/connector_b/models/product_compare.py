"""A row beside the product it means: what differs, and what may not be written."""

from odoo import api, models

from ..rules.barcode import spellings
from ..rules.price_shift import margin_percent, shift_percent
from ..rules.problem import Code, Problem
from .import_outcome import Action, Change, Outcome
from .product_money import decimal
from .product_plan import ProductPlan

# target → field, of those whose value is written as it is read
VARIANT_TEXTS = (("default_code", "default_code"), ("barcode", "barcode"))
TEMPLATE_TEXTS = (("name", "name"), ("description", "description_sale"))


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _compare_row(self, ctx, record, findings, found):
        outcome = Outcome(
            number=record.number,
            action=Action.UNCHANGED,
            key=next((str(record.values[key]) for key in ctx.keys if record.values.get(key)), ""),
            name=record.values.get("name") or "",
            record=record,
            problems=list(record.problems),
        )
        if record.refused:
            return outcome.refuse()
        product, problem = self._the_product(ctx, record, findings, found)
        plan = ProductPlan(product)
        problem = problem or self._fill_plan(ctx, record, plan, outcome)
        if problem and product:
            # Refused it is, but its product does stand in the file.
            outcome.res_model, outcome.res_id = "product.product", product.id
        if problem:
            return outcome.refuse(problem)
        if product:
            ctx.cache["claimed"][product.id] = record.number
        if product is None:
            outcome.action = Action.CREATE
            outcome.res_model = "product.product"
            if record.values.get("list_price") is None:
                plan.values.update(self._leave_unpriced(ctx, plan, outcome))
        else:
            outcome.res_model, outcome.res_id = "product.product", product.id
            outcome.name = outcome.name or product.name
            if not plan.empty:
                outcome.action = Action.CHANGE
        if outcome.action != Action.UNCHANGED:
            outcome.plan = plan
            outcome.margin_percent = self._margin(ctx, record, plan)
        return outcome

    @api.model
    def _fill_plan(self, ctx, record, plan, outcome):
        """What is to be written; the first problem ends it."""
        for compare in (
            self._compare_whole,
            self._compare_texts,
            self._compare_references,
            self._compare_prices,
            self._compare_vendor,
            self._compare_quantity,
            self._compare_image,
        ):
            problem = compare(ctx, record, plan, outcome)
            if problem:
                return problem
        return None

    @api.model
    def _the_product(self, ctx, record, findings, found):
        """(product or None, problem or None): the first key that finds something decides, the
        other keys must not say otherwise."""
        values = record.values
        decided, decided_by, seen_key, confirmed = None, None, False, False
        for key in ctx.keys:
            value = values.get(key)
            if not value:
                continue
            seen_key = True
            ids = findings.products(key, value)
            if not ids:
                continue
            if decided is None and len(ids) > 1:
                return None, self._problem(
                    Code.KEY_AMBIGUOUS, key, value, names=self._names(found, ids)
                )
            if decided is None:
                decided, decided_by = ids[0], key
            elif decided not in ids:
                return None, self._problem(
                    Code.KEYS_DISAGREE,
                    key,
                    value,
                    first=decided_by,
                    first_name=found[decided].title,
                    second=key,
                    second_name=self._names(found, ids),
                )
            else:
                confirmed = True
        if not seen_key:
            return None, self._problem(Code.KEY_MISSING, None, None, keys=", ".join(ctx.keys))
        if decided is not None:
            first = ctx.cache.setdefault("claimed", {}).get(decided, record.number)
            if first != record.number:
                return None, self._problem(
                    Code.DUPLICATE_IN_FILE,
                    decided_by,
                    values[decided_by],
                    key=decided_by,
                    first_row=first,
                )
            if decided_by == "barcode" and not confirmed:
                return found[decided], self._other_article(ctx, record, found[decided])
        return (found[decided] if decided is not None else None), None

    @api.model
    def _other_article(self, ctx, record, product):
        """A barcode alone does not turn one article into another: it may be mistyped."""
        own = [
            line.code
            for line in product.vendor_lines
            if line.code and (not product.siblings or line.product_id == product.id)
        ]
        known = {"supplier_code": own, "default_code": [product.default_code]}
        for key, articles in known.items():
            value = record.values.get(key)
            if key in ctx.keys and value and any(articles) and value not in articles:
                return self._problem(
                    Code.BARCODE_OTHER_ARTICLE,
                    "barcode",
                    record.values["barcode"],
                    name=product.title,
                    key=key,
                    article=str(value),
                    known=articles[0],
                )
        return None

    @api.model
    def _compare_whole(self, ctx, record, plan, outcome):
        """Whether a new product may be made of it at all."""
        if plan.product is None:
            if not ctx.create_missing:
                return self._problem(Code.NOT_FOUND, ctx.keys[0], None)
            if not record.values.get("name"):
                return self._problem(Code.NAME_MISSING, "name", None)
        return None

    @api.model
    def _compare_texts(self, ctx, record, plan, outcome):
        product = plan.product
        for target, field in VARIANT_TEXTS:
            if target == "barcode" and product and self._has_barcode(record, product):
                continue
            self._note(ctx, record, plan, outcome, target, field, getattr(product, field, None))
        if product is None:
            for target, field in TEMPLATE_TEXTS:
                self._note(ctx, record, plan, outcome, target, field, None)
        else:
            for target, field, old in (
                ("name", "name", product.name),
                ("description", "description_sale", product.description),
            ):
                if not self._left_to_template(ctx, record, plan, outcome, target, old):
                    self._note(ctx, record, plan, outcome, target, field, old)
        active = record.values.get("active")
        if active is not None and active != (product.active if product else True):
            plan.values["active"] = active
            self._change(ctx, outcome, "product.product", "active", not active, active)
        return None

    @api.model
    def _has_barcode(self, record, product):
        """As it is or with a leading zero more or less, which stays as the shop has it."""
        barcode = record.values.get("barcode")
        return bool(barcode) and product.barcode in spellings(barcode)

    @api.model
    def _note(self, ctx, record, plan, outcome, target, field, old):
        """A text that differs is written; no text in the file leaves alone what is there."""
        new = record.values.get(target)
        if new and new != old:
            plan.values[field] = new
            self._change(ctx, outcome, "product.product", field, old or "", new)

    @api.model
    def _left_to_template(self, ctx, record, plan, outcome, target, old):
        """One of several variants does not rename, move or reprice the others: a warning says
        so, the template keeps what it has."""
        product = plan.product
        if product is None or not product.siblings:
            return False
        new = record.values.get(target)
        if new is not None and new != "" and new != old:
            outcome.problems.append(
                self._problem(Code.SEVERAL_VARIANTS, target, new, name=product.title)
            )
        return True

    @api.model
    def _compare_references(self, ctx, record, plan, outcome):
        values, product = record.values, plan.product
        path = values.get("category")
        if path:
            category_id = self._category_id(ctx, path)
            old_id = product.category_id if product else None
            if category_id is None and not ctx.create_dictionary:
                return self._problem(Code.CATEGORY_UNKNOWN, "category", path)
            if category_id is None or category_id != old_id:
                old = self._title(ctx, "product.category", old_id)
                if not self._left_to_template(ctx, record, plan, outcome, "category", old):
                    if category_id is None:
                        plan.made["category"] = path
                    else:
                        plan.values["categ_id"] = category_id
                    new = self._title(ctx, "product.category", category_id) or path
                    self._change(ctx, outcome, "product.product", "categ_id", old, new)
        name = values.get("brand")
        if name:
            brand_id = self._brand_id(ctx, name)
            old_id = product.brand_id if product else None
            if brand_id is None and not ctx.create_dictionary:
                return self._problem(Code.BRAND_UNKNOWN, "brand", name)
            if brand_id is None or brand_id != old_id:
                old = self._title(ctx, "optics.brand", old_id)
                if not self._left_to_template(ctx, record, plan, outcome, "brand", old):
                    if brand_id is None:
                        plan.made["brand"] = name
                    else:
                        plan.values["optics_brand_id"] = brand_id
                    new = self._title(ctx, "optics.brand", brand_id) or name
                    self._change(ctx, outcome, "product.product", "optics_brand_id", old, new)
        if values.get("uom"):
            return self._compare_uom(ctx, record, plan, outcome)
        return None

    @api.model
    def _compare_uom(self, ctx, record, plan, outcome):
        name, product = record.values["uom"], plan.product
        uom_id = self._uom_id(ctx, name)
        if uom_id is None:
            return self._problem(Code.UOM_UNKNOWN, "uom", name)
        if product and uom_id == product.uom_id:
            return None
        uom = ctx.env["uom.uom"].browse(uom_id)
        if product:
            old = ctx.env["uom.uom"].browse(product.uom_id)
            if uom.category_id != old.category_id:
                return self._problem(Code.UOM_FOREIGN, "uom", name, uom=old.display_name)
            if self._left_to_template(ctx, record, plan, outcome, "uom", old.display_name):
                return None
            plan.values["uom_id"] = uom_id
            if product.purchase_uom_id == product.uom_id:
                plan.values["uom_po_id"] = uom_id
            self._change(
                ctx, outcome, "product.product", "uom_id", old.display_name, uom.display_name
            )
        elif uom_id != self._defaults(ctx).get("uom_id"):
            # A new product is also bought in the unit it is counted in.
            plan.values.update(uom_id=uom_id, uom_po_id=uom_id)
            self._change(ctx, outcome, "product.product", "uom_id", "", uom.display_name)
        return None

    @api.model
    def _compare_image(self, ctx, record, plan, outcome):
        image = record.values.get("image")
        if image and self._image_wanted(ctx, plan.product, image):
            plan.image = image
            self._change(ctx, outcome, "product.product", "image_1920", "", image)
        return None

    @api.model
    def _margin(self, ctx, record, plan):
        """Of the retail price over the cost as both will be, in the company's currency."""
        values, product = record.values, plan.product
        company_currency = self._company_currency(ctx)
        if values.get("list_price") is not None:
            price = self._amount(ctx, record, "list_price", company_currency)
        elif product:
            price = product.list_price
        else:
            return None
        for target in ("cost", "supplier_price"):
            if values.get(target) is not None:
                cost = self._amount(ctx, record, target, company_currency)
                break
        else:
            cost = product.cost if product else None
        if not price or not cost:
            return None
        return margin_percent(decimal(price), decimal(cost), values.get("vat"))

    @api.model
    def _shift(self, outcome, old, new):
        """The row's shift is the largest of its prices'."""
        shift = shift_percent(decimal(old or 0), decimal(new))
        if shift is not None and (
            outcome.shift_percent is None or abs(shift) > abs(outcome.shift_percent)
        ):
            outcome.shift_percent = shift

    @api.model
    def _change(self, ctx, outcome, model, field, old, new):
        labels = ctx.cache.setdefault("labels", {})
        label = labels.get((model, field))
        if label is None:
            label = ctx.env["ir.model.fields"]._get(model, field).field_description
            labels[model, field] = label
        outcome.changes.append(Change(field, label, old, new))

    @api.model
    def _problem(self, code, target, value, **params):
        return Problem(
            code, target=target, value=None if value is None else str(value), params=params
        )

    @api.model
    def _names(self, found, ids):
        return ", ".join(found[each].title for each in sorted(ids))
