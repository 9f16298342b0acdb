"""Taking rows back, each only as long as nobody else has touched what it left."""

from dataclasses import replace
from datetime import datetime, timedelta

import psycopg2

from odoo import _, api, models
from odoo.tools import format_datetime, mute_logger

from .import_outcome import Undo
from .product_change import OLD_VALUES

EVERYTHING = frozenset({"cost", "list_price", "quantity"})
# Odoo keeps whole seconds of some moments; nobody edits a product before it is committed.
SAME_MOMENT = timedelta(seconds=1)
PRECISION = {
    "list_price": "Product Price",
    "standard_price": "Product Price",
    "price": "Product Price",
    "fixed_price": "Product Price",
    "min_qty": "Product Unit of Measure",
}


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _undo(self, ctx, rows):
        for model in self._READ_MODELS:
            ctx.env[model].flush_model()
        ctx = replace(ctx, targets=ctx.targets | EVERYTHING, cache={})
        found = self._found(
            ctx,
            rows.mapped("res_id"),
            {
                row.after["quantity"]["location_id"]
                for row in rows
                if (row.after or {}).get("quantity")
            },
        )
        answers, created, changed = {}, rows.browse(), rows.browse()
        for row in rows:
            product = found.get(row.res_id)
            if product is None and row.action == "create":
                answers[row.id] = (Undo.UNDONE, _("The product was deleted before."))
            elif reason := self._changed_since(ctx, row, product):
                answers[row.id] = (Undo.KEPT, reason)
            elif row.action == "create":
                created |= row
            else:
                changed |= row
        self._undo_created(ctx, created, answers)
        for unit in self._passing_barcodes(changed):
            self._undo_changed(ctx, unit, found, answers)
        return [(row.id, *answers[row.id]) for row in rows]

    @api.model
    def _changed_since(self, ctx, row, product):
        """A sentence if something the row wrote no longer is as the row left it."""
        if product is None:
            return _("The product is no longer there.")
        after = row.after or {}
        for field, value in after.get("product", {}).items():
            if field not in OLD_VALUES:
                continue
            now = getattr(product, OLD_VALUES[field])
            if not self._still(ctx, field, now, value):
                return self._touched(ctx, row, "product.product", field, now)
        for part, model in (("vendor", "product.supplierinfo"), ("item", "product.pricelist.item")):
            if part in after and (reason := self._line_changed(ctx, row, model, after[part])):
                return reason
        quantity = after.get("quantity")
        if quantity:
            now = product.quantities.get(quantity["location_id"], 0.0)
            if not self._same(ctx, now, quantity["quantity"], "Product Unit of Measure"):
                return self._touched(ctx, row, "stock.quant", "quantity", now)
        if row.action == "create":
            if self._has_got_variants(product):
                return _("The product has got variants since.")
            return self._edited_since(ctx, row)
        return None

    @api.model
    def _has_got_variants(self, product):
        """Of a product that the import has made alone; variants are other targets' trade."""
        return bool(product.siblings)

    @api.model
    def _line_changed(self, ctx, row, model, left):
        line = ctx.env[model].browse(left["id"]).exists()
        if not line:
            return _(
                "%(what)s that the import wrote was deleted since.",
                what=ctx.env["ir.model"]._get(model).name,
            )
        for field, value in left.items():
            now = line[field].id if line._fields[field].type == "many2one" else line[field]
            if field != "id" and not self._still(ctx, field, now, value):
                return self._touched(ctx, row, model, field, now)
        return None

    @api.model
    def _still(self, ctx, field, now, value):
        if field in PRECISION:
            return self._same(ctx, now or 0.0, round(value, 10), PRECISION[field]) or (
                self._same(ctx, value, round(now or 0.0, 10), PRECISION[field])
            )
        return (now or False) == (value or False)

    @api.model
    def _touched(self, ctx, row, model, field, now):
        product = ctx.env["product.product"].browse(row.res_id)
        return _(
            "%(field)s is %(now)s since; the product was last changed by %(user)s, %(moment)s.",
            field=ctx.env["ir.model.fields"]._get(model, field).field_description,
            now=now,
            **self._last_change(ctx, product),
        )

    @api.model
    def _edited_since(self, ctx, row):
        """A product that somebody has worked on is no longer only the import's."""
        product = ctx.env["product.product"].browse(row.res_id)
        left = datetime.fromisoformat(row.after.get("written") or row.after["created"])
        last = max(product.write_date, product.product_tmpl_id.write_date)
        if last <= left + SAME_MOMENT:
            return None
        return _("Changed by %(user)s, %(moment)s.", **self._last_change(ctx, product))

    @api.model
    def _last_change(self, ctx, product):
        last = max(product, product.product_tmpl_id, key=lambda each: each.write_date)
        return {
            "user": last.write_uid.name,
            "moment": format_datetime(ctx.env, last.write_date),
        }

    @api.model
    def _undo_created(self, ctx, rows, answers):
        """Deleted; one whose stock was counted is emptied and archived, as Odoo deletes no
        stock moves."""
        products = ctx.env["product.product"].browse(rows.mapped("res_id"))
        counted = {row.res_id for row in rows if row.after.get("quantity")}
        documents = self._documents(
            ctx,
            products,
            [row.after["vendor"]["id"] for row in rows if row.after.get("vendor")],
            [row.after["item"]["id"] for row in rows if row.after.get("item")],
            counted,
        )
        free = rows.filtered(lambda row: row.res_id not in documents)
        for row in rows - free:
            answers[row.id] = (Undo.KEPT, documents[row.res_id])
        for row in free.filtered(lambda row: row.res_id in counted):
            self._under_savepoint(ctx, row, answers, self._empty_and_archive)
        self._delete_in_halves(ctx, free.filtered(lambda row: row.res_id not in counted), answers)

    @api.model
    def _delete_in_halves(self, ctx, rows, answers):
        if not rows:
            return
        try:
            with mute_logger("odoo.sql_db"), ctx.env.cr.savepoint():
                ctx.env["product.product"].browse(rows.mapped("res_id")).unlink()
                ctx.env.flush_all()
        except psycopg2.OperationalError:
            raise
        except Exception as error:  # noqa: BLE001  whatever another addon raises: only this row is kept
            if len(rows) == 1:
                answers[rows.id] = (Undo.KEPT, self._in_words(ctx, error))
                return
            middle = len(rows) // 2
            self._delete_in_halves(ctx, rows[:middle], answers)
            self._delete_in_halves(ctx, rows[middle:], answers)
        else:
            for row in rows:
                answers[row.id] = (Undo.UNDONE, "")

    @api.model
    def _empty_and_archive(self, ctx, row):
        quantity = row.after["quantity"]
        self._count(ctx, [(row.res_id, quantity["location_id"], 0.0)])
        ctx.env["product.product"].browse(row.res_id).action_archive()
        return _("Archived with nothing in stock: Odoo does not delete stock moves.")

    @api.model
    def _passing_barcodes(self, rows):
        """Rows alone, or together where one got the barcode that another gave up."""
        now = {
            barcode: row
            for row in rows
            if (barcode := (row.after or {}).get("product", {}).get("barcode"))
        }
        units = {row.id: row for row in rows}
        for row in rows:
            holder = now.get((row.before or {}).get("product", {}).get("barcode"))
            if holder and units[holder.id] != units[row.id]:
                joined = units[holder.id] | units[row.id]
                units.update({each.id: joined for each in joined})
        seen = set()
        for row in rows:
            if row.id not in seen:
                seen.update(units[row.id].ids)
                yield units[row.id]

    @api.model
    def _undo_changed(self, ctx, unit, found, answers):
        self._under_savepoint(ctx, unit, answers, self._give_back, found)

    @api.model
    def _under_savepoint(self, ctx, rows, answers, step, *arguments):
        """All of `rows` or none; what goes wrong is the reason they are kept for."""
        try:
            with mute_logger("odoo.sql_db"), ctx.env.cr.savepoint():
                note = step(ctx, rows, *arguments)
                ctx.env.flush_all()
        except psycopg2.OperationalError:
            raise
        except Exception as error:  # noqa: BLE001  whatever another addon raises: only this row is kept
            reason = self._in_words(ctx, error)
            answers.update({row.id: (Undo.KEPT, reason) for row in rows})
        else:
            answers.update({row.id: (Undo.UNDONE, note or "") for row in rows})

    @api.model
    def _give_back(self, ctx, rows, found):
        products = ctx.env["product.product"].browse(rows.mapped("res_id"))
        if len(rows) > 1:
            products.write({"barcode": False})
        notes = []
        for row, product in zip(rows, products, strict=True):
            before, after = row.before or {}, row.after or {}
            if before.get("product"):
                self._write_back(ctx, product, before["product"])
            for part, model in (
                ("vendor", "product.supplierinfo"),
                ("item", "product.pricelist.item"),
            ):
                if part in after:
                    line = ctx.env[model].browse(after[part]["id"])
                    if part in before:
                        line.write({k: v for k, v in before[part].items() if k != "id"})
                    else:
                        line.unlink()
            if "quantity" in before:
                quantity = before["quantity"]
                self._count(ctx, [(row.res_id, quantity["location_id"], quantity["quantity"])])
            notes.append(self._take_image_back(ctx, product, after.get("image")))
        return " ".join(filter(None, notes))

    @api.model
    def _write_back(self, ctx, product, values):
        values = {field: value if value is not None else False for field, value in values.items()}
        active = values.pop("active", None)
        cost = {name: values.pop(name) for name in ("standard_price",) if name in values}
        if values:
            product.write(values)
        if cost:
            unstocked = product.id not in self._stocked(ctx, [product.id])
            product.with_context(disable_auto_svl=unstocked).write(cost)
        if active is False:
            product.action_archive()
        elif active:
            product.action_unarchive()

    @api.model
    def _take_image_back(self, ctx, product, image):
        if not image or self._image_mark(product) != image["mark"]:
            return ""
        if image["had"]:
            return _("The picture stays: the one before it is gone.")
        product.image_1920 = False
        return ""
