"""What the import leaves is what Odoo's own `load()` leaves, column by column."""

import json
from datetime import date, datetime
from decimal import Decimal

from odoo.tests import tagged

from ..models.import_outcome import Action
from .product_import_case import ProductImportCase

# target → column of load(); the vendor's currency and partner are added where there is a line.
LOADED = {
    "name": "name",
    "default_code": "default_code",
    "barcode": "barcode",
    "list_price": "list_price",
    "cost": "standard_price",
    "category": "categ_id",
    "brand": "optics_brand_id",
    "description": "description_sale",
    "uom": "uom_id",
    "active": "active",
    "supplier_code": "seller_ids/product_code",
    "supplier_name": "seller_ids/product_name",
    "supplier_price": "seller_ids/price",
    "min_qty": "seller_ids/min_qty",
    "delay": "seller_ids/delay",
}
# Every table a product's creation or change writes to.
TABLES = (
    "product_template",
    "product_product",
    "product_supplierinfo",
    "ir_property",
    "mail_message",
    "mail_followers",
    "stock_valuation_layer",
    "stock_quant",
    "product_pricelist_item",
    "product_taxes_rel",
    "product_supplier_taxes_rel",
    "stock_route_product",
    "product_variant_combination",
    "product_template_attribute_line",
)
# What tells two runs apart without being a difference.
NOT_COMPARED = {"id", "create_date", "write_date"}


@tagged("post_install", "-at_install", "connector")
class TestProductEquality(ProductImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        category = cls.env["product.category"]
        cls.frames = category.create({"name": "Frames of import"})
        category.create({"name": "Metal", "parent_id": cls.frames.id})
        cls.env["optics.brand"].create({"name": "Ray of import"})
        cls.company_cost_default()

    @classmethod
    def company_cost_default(cls):
        """Costs equal to a company's default leave no row: the trap of the comparison."""
        cls.env["ir.property"]._set_default(
            "standard_price", "product.product", 77.0, cls.env.company
        )

    def rows(self):
        """Shapes as they come: from a bare name to every column, edges included."""
        shapes = [
            {},
            {"list_price": "1990.90"},
            {"list_price": "0"},
            {"cost": "812.37"},
            {"cost": "77"},
            {"cost": "0.01", "list_price": "0.01"},
            {"category": "Frames of import / Metal"},
            {"category": "Frames of import", "list_price": "12"},
            {"brand": "Ray of import"},
            {"description": "Оправа, металл; 52-18-140"},
            {"uom": "Dozens"},
            {"active": False},
            {"active": False, "barcode": True, "cost": "14.20"},
            {"barcode": True},
            {"barcode": True, "cost": "500", "list_price": "1200.55"},
            {"supplier_code": True, "supplier_price": "480.10"},
            {"supplier_code": True, "supplier_price": "480.10", "min_qty": "10", "delay": "14"},
            {"supplier_name": "RB Vista 52", "supplier_price": "1.99"},
            {"supplier_price": "99999999.99", "cost": "99999999.99"},
        ]
        everything = {
            "list_price": "2990.90",
            "cost": "1205.33",
            "category": "Frames of import / Metal",
            "brand": "Ray of import",
            "description": "All columns",
            "barcode": True,
            "supplier_code": True,
            "supplier_name": "As the supplier calls it",
            "supplier_price": "1100.00",
            "min_qty": "2",
            "delay": "3",
        }
        shapes += [everything]
        shapes += [
            {name: value for name, value in everything.items() if name != left_out}
            for left_out in everything
        ]
        shapes += [{**everything, "name": name} for name in ("Длинное " * 20, "«Ёлочки» & <b>")]
        shapes += [{**everything, "list_price": f"{price}.{price % 100:02}"} for price in range(12)]
        rows = []
        for number, shape in enumerate(shapes):
            row = {"name": f"Equal {number:03}", "default_code": f"EQ-{number:03}", **shape}
            row["name"] = f"{row['name'].strip()} {number}"
            if row.get("barcode"):
                row["barcode"] = f"29000000{number:05}"
            if row.get("supplier_code"):
                row["supplier_code"] = f"SUP-{number}"
            rows.append(row)
        return rows

    def load(self, rows, ids=None):
        """As the web importer does, each shape with the columns it has."""
        products = self.env["product.template"].with_context(
            import_file=True, tracking_disable=True, name_create_enabled_fields={}
        )
        for number, row in enumerate(rows):
            # Odoo's default price of 1.00 would sell: the import gives a new product none.
            row = {**({} if ids else {"list_price": "0"}), **row}
            columns, values = [], []
            if any(LOADED[name].startswith("seller_ids") for name in row):
                columns.append("seller_ids/partner_id/.id")
                values.append(str(self.supplier.id))
            if ids:
                columns.append(".id")
                values.append(str(ids[number]))
                line = self.vendor_lines(
                    self.env["product.template"]
                    .browse(ids[number])
                    .with_context(active_test=False)
                    .product_variant_id
                )
                if line and columns[0].startswith("seller_ids"):
                    columns.append("seller_ids/.id")
                    values.append(str(line.id))
            for name, value in row.items():
                columns.append(LOADED[name])
                values.append(str(value))
            if "uom" in row:
                columns.append("uom_po_id")
                values.append(row["uom"])
            answer = products.load(columns, [values])
            self.assertFalse(answer["messages"], (row, answer["messages"]))

    def imported(self, rows, action, **known):
        numbers = {"list_price", "cost", "supplier_price", "min_qty", "delay"}
        outcomes = self.run_import(
            *[
                {name: Decimal(value) if name in numbers else value for name, value in row.items()}
                for row in rows
            ],
            keys=("default_code",),
            **known,
        )
        for outcome in outcomes:
            self.assertEqual(outcome.action, action, (outcome.key, outcome.problems))

    def left(self):
        """What the tables hold about the products named here, without ids and moments."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, default_code, product_tmpl_id FROM product_product "
            "WHERE default_code LIKE 'EQ-%'"
        )
        variants, templates = {}, {}
        for variant_id, code, template_id in self.env.cr.fetchall():
            variants[variant_id] = templates[template_id] = code
        return {
            table: sorted(self.rows_of(table, variants, templates), key=json.dumps)
            for table in TABLES
        }

    def rows_of(self, table, variants, templates):
        self.env.cr.execute(f'SELECT * FROM "{table}"')
        for row in self.env.cr.dictfetchall():
            ours = table == "product_template" and row["id"] in templates
            ours = ours or (table == "product_product" and row["id"] in variants)
            seen = {"self": templates.get(row.get("id"))} if table == "product_template" else {}
            for column, value in row.items():
                if column in NOT_COMPARED:
                    continue
                if column in ("product_tmpl_id", "prod_id") and value in templates:
                    ours, value = True, templates[value]
                elif column == "product_id" and table in (
                    "stock_route_product",
                    "product_supplierinfo",
                    "stock_quant",
                    "stock_valuation_layer",
                ):
                    names = templates if table == "stock_route_product" else variants
                    ours, value = ours or value in names, names.get(value)
                elif column == "res_id":
                    name = self.named(row, value, variants, templates)
                    ours, value = ours or bool(name), name
                seen[column] = self.plain(value)
            if ours:
                yield seen

    def named(self, row, value, variants, templates):
        if isinstance(value, str):
            model, _comma, number = value.partition(",")
            value = int(number)
        else:
            model = row.get("model") or row.get("res_model")
        names = {"product.product": variants, "product.template": templates}.get(model, {})
        return f"{model} {names[value]}" if value in names else None

    def plain(self, value):
        if isinstance(value, datetime | date):
            return value.isoformat()
        return float(value) if isinstance(value, Decimal) else value

    def assert_equal(self, theirs, ours):
        for table in TABLES:
            self.assertEqual(len(theirs[table]), len(ours[table]), table)
            for their_row, our_row in zip(theirs[table], ours[table], strict=True):
                self.assertEqual(their_row, our_row, table)

    def both_ways(self, theirs, ours):
        """What each of two ways leaves, begun from the same database."""
        answers = []
        for way in (theirs, ours):
            savepoint = self.env.cr.savepoint()
            way()
            answers.append(self.left())
            savepoint.rollback()
            self.env.invalidate_all()
        return answers

    def test_new_products_are_those_of_load(self):
        rows = self.rows()
        self.assertGreater(len(rows), 40)
        theirs, ours = self.both_ways(
            lambda: self.load(rows), lambda: self.imported(rows, Action.CREATE)
        )
        self.assertEqual(len(theirs["product_product"]), len(rows))
        self.assert_equal(theirs, ours)

    def test_a_cost_of_zero_is_zero_where_load_leaves_the_companys_default(self):
        """The one difference: a template's `create` drops a cost that is false."""
        self.load([{"name": "Loaded", "default_code": "EQ-0", "cost": "0"}])
        loaded = self.env["product.product"].search([("default_code", "=", "EQ-0")])
        self.assertEqual(loaded.standard_price, 77)
        product = self.import_one(name="Imported", default_code="EQ-1", cost=0)
        self.assertEqual(product.standard_price, 0)

    def test_new_products_are_those_of_load_in_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env = self.env(context=dict(self.env.context, lang="ru_RU"))
        rows = [row for row in self.rows() if "uom" not in row]
        theirs, ours = self.both_ways(
            lambda: self.load(rows), lambda: self.imported(rows, Action.CREATE, lang="ru_RU")
        )
        self.assert_equal(theirs, ours)

    def test_changed_products_are_those_of_load(self):
        rows = [row for row in self.rows() if row.get("active") is not False and "uom" not in row]
        self.load(rows)
        ids = [
            self.env["product.template"].search([("default_code", "=", row["default_code"])]).id
            for row in rows
        ]
        changed = [self.changed(row, number) for number, row in enumerate(rows)]
        theirs, ours = self.both_ways(
            lambda: self.load(changed, ids), lambda: self.imported(changed, Action.CHANGE)
        )
        self.assert_equal(theirs, ours)

    def changed(self, row, number):
        """Every column that the row has, with another value; and some it had not."""
        new = {
            "name": f"{row['name']} anew",
            "barcode": f"29100000{number:05}",
            "list_price": f"{number + 1}.50",
            "cost": f"{number + 3}.25",
            "category": "Frames of import",
            "description": f"Anew {number}",
            "supplier_code": f"NEW-{number}",
            "supplier_price": f"{number + 2}.75",
            "min_qty": str(number + 3),
            "delay": str(number + 5),
        }
        kept = {name: new.get(name, value) for name, value in row.items()}
        return {**kept, "name": new["name"], "list_price": new["list_price"], "cost": new["cost"]}
