from decimal import Decimal

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..rules.column_rule import By, ColumnRule
from ..rules.mapping import Mapping
from ..rules.number_format import NumberFormat
from ..rules.row_filter import Condition, RowFilter
from .connector_case import ConnectorCase

LEARNT = Mapping(
    columns=(
        ColumnRule("supplier_code", source="Article", pad=8, required=True),
        ColumnRule("name", By.PATTERN, "^name"),
        ColumnRule("cost", By.POSITION, "D", NumberFormat(",", " "), factor=Decimal("0.5")),
        ColumnRule("list_price", By.EXPRESSION, expression="round_to(cost * rate * 2, 10)"),
        ColumnRule("brand", By.FIXED, fixed="Optica"),
        ColumnRule("supplier_price", source="Price, own", default="1", company_currency=True),
    ),
    keys=("supplier_code", "barcode"),
    filters=(RowFilter("name", Condition.EMPTY),),
    sheet="Price*",
    header_row=4,
    group_target="category",
    number=NumberFormat(".", ","),
)


@tagged("post_install", "-at_install", "connector")
class TestImportProfile(ConnectorCase):
    def test_what_was_learnt_is_what_is_read_with(self):
        profile = self.make_profile(name="Learner")
        profile._learn(LEARNT)
        profile.invalidate_recordset()
        read = profile._mapping()
        self.assertEqual(read.to_json(), {**LEARNT.to_json(), "rate": "1"})

    def test_learning_again_replaces_the_columns(self):
        profile = self.make_profile(name="Learner")
        profile._learn(LEARNT)
        profile._learn(profile._mapping())
        self.assertEqual(len(profile.column_ids), len(LEARNT.columns))

    def test_a_foreign_currency_has_the_rate_of_the_day_or_a_fixed_one(self):
        currency = self.env["res.currency"].create(
            {
                "name": "XOP",
                "symbol": "X",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 0.5})],
            }
        )
        profile = self.make_profile(name="Abroad", currency_id=currency.id)
        self.assertEqual(profile._mapping().rate, 2)
        self.assertEqual(profile._mapping().currency, "XOP")
        profile.write({"rate_source": "fixed", "fixed_rate": 95.5})
        self.assertEqual(profile._mapping().rate, Decimal("95.5"))

    def test_a_rate_that_a_person_typed_is_remembered_as_fixed(self):
        currency = self.env["res.currency"].create({"name": "XOP", "symbol": "X"})
        profile = self.make_profile(name="Abroad", currency_id=currency.id)
        profile._learn(Mapping(keys=("barcode",), currency="XOP", rate=Decimal("95.5")))
        self.assertEqual((profile.rate_source, profile.fixed_rate), ("fixed", 95.5))

    def test_unknown_keys_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "colour"):
            self.make_profile(name="Mistaken", keys="barcode, colour")

    def test_limits_make_sense(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.make_profile(name="Negative", max_shift_percent=-1)
        with self.assertRaises(ValidationError):
            self.make_profile(name="Endless", chunk_size=0)
        with self.assertRaises(ValidationError):
            self.make_profile(name="Free", rate_source="fixed", fixed_rate=0)
        with self.assertRaises(ValidationError):
            self.make_profile(
                name="Unclear", decimal_separator="comma", thousands_separator="comma"
            )

    def test_a_copy_reads_as_the_original(self):
        profile = self.make_profile(name="Learner")
        profile._learn(LEARNT)
        twin = profile.copy()
        self.assertEqual(twin._mapping(), profile._mapping())
        self.assertNotEqual(twin.name, profile.name)
