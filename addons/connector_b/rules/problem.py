"""What is wrong with a row or with a mapping: for code to translate, never a text for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# What a problem quotes of a cell: enough to find it, never a whole essay.
MOST_QUOTED = 200


class Severity(StrEnum):
    REFUSED = "refused"
    WARNING = "warning"


class Code(StrEnum):
    """Every code, and behind it what its `params` hold."""

    # A cell and its value.
    CELL_ERROR = "cell_error"  # error: "#REF!"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    AMBIGUOUS_NUMBER = "ambiguous_number"  # one, other: 1.234 is 1234 or 1.234
    WRONG_DECIMAL_SIGN = "wrong_decimal_sign"  # sign: the one the mapping expects
    NUMBER_TOO_LONG = "number_too_long"  # limit: digits
    DATE_IN_NUMBER = "date_in_number"  # a price "12.05" that Excel took for a date
    DATE_IN_CODE = "date_in_code"  # an article or size "12-05", the same
    PERCENT_IN_NUMBER = "percent_in_number"  # "15 %" where a price or a number belongs
    NEGATIVE = "negative"
    OUT_OF_BOUNDS = "out_of_bounds"  # low, high; either may be None
    OFF_STEP = "off_step"  # step
    RANGE_UNEXPECTED = "range_unexpected"  # "-6…+2" where one power belongs
    CURRENCY_UNEXPECTED = "currency_unexpected"  # found, expected: ISO codes
    CURRENCY_MIXED = "currency_mixed"  # found, other: two currencies in one row
    CURRENCY_UNKNOWN = "currency_unknown"
    PRICE_ON_REQUEST = "price_on_request"  # warning: left alone
    PRICE_ZERO = "price_zero"  # warning: left alone, nobody gives goods away
    QUANTITY_AT_LEAST = "quantity_at_least"  # warning: ">10" was taken as 10; taken
    QUANTITY_UNKNOWN = "quantity_unknown"  # warning: "in stock" without a number, left alone
    BARCODE_SCIENTIFIC = "barcode_scientific"  # 4.60703E+12: digits are lost
    BARCODE_NOT_A_CODE = "barcode_not_a_code"  # letters of another alphabet, blanks inside
    BARCODE_CHECK_DIGIT = "barcode_check_digit"  # warning; expected: the right last digit
    BARCODE_ZEROS_LOST = "barcode_zeros_lost"  # warning; suggested: with the zeros back
    CODE_SCIENTIFIC = "code_scientific"  # an article 1E+15: digits are lost
    SEVERAL_BARCODES = "several_barcodes"  # warning; taken, others: the first that checks
    TWO_DIAMETERS = "two_diameters"  # warning; taken, other: "65/70", the larger
    TEXT_TOO_LONG = "text_too_long"  # limit
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_DATE = "not_a_date"
    NOT_AN_IMAGE_NAME = "not_an_image_name"
    EMPTY_REQUIRED = "empty_required"
    # Expressions. Reasons are those of `expression.Reason`.
    EXPRESSION_INVALID = "expression_invalid"  # reason, position, name: of the mapping
    EXPRESSION_VALUE_MISSING = "expression_value_missing"  # names that are empty in this row
    EXPRESSION_DIVISION_BY_ZERO = "expression_division_by_zero"
    EXPRESSION_OVERFLOW = "expression_overflow"
    # A mapping beside a file.
    HEADER_NOT_FOUND = "header_not_found"
    TABLES_BESIDE = "tables_beside"  # warning; columns: names that the header repeats
    PRICES_BY_KIND = "prices_by_kind"  # columns: coatings or indices that stand in the header
    COLUMN_MISSING = "column_missing"  # by, source
    COLUMN_AMBIGUOUS = "column_ambiguous"  # by, source, columns: headers that fit
    TARGET_TWICE = "target_twice"
    TARGET_UNKNOWN = "target_unknown"
    KEY_NOT_MAPPED = "key_not_mapped"  # keys
    PATTERN_INVALID = "pattern_invalid"  # reason, position
    VALUE_INVALID = "value_invalid"  # why: the code of what a fixed value or default is
    EXPRESSION_CIRCLE = "expression_circle"  # names
    # Rows beside each other.
    DUPLICATE_IN_FILE = "duplicate_in_file"  # key, first_row
    DUPLICATE_BARCODE = "duplicate_barcode"  # first_row
    DUPLICATE_IDENTICAL = "duplicate_identical"  # warning: first_row; the row adds nothing, skip it
    # Grids of lenses.
    GRID_AXIS_UNCLEAR = "grid_axis_unclear"
    GRID_CELL_UNREADABLE = "grid_cell_unreadable"  # sph, cyl
    # A record beside the database.
    KEY_MISSING = "key_missing"  # keys
    KEY_AMBIGUOUS = "key_ambiguous"  # key, names
    KEYS_DISAGREE = "keys_disagree"  # first, first_name, second, second_name
    BARCODE_TAKEN = "barcode_taken"  # name
    BARCODE_OF_PACKAGING = "barcode_of_packaging"  # name
    BARCODE_ELSEWHERE = "barcode_elsewhere"  # a product of another company, not to be named
    BARCODE_OTHER_ARTICLE = "barcode_other_article"  # name, key, article, known
    NOT_FOUND = "not_found"
    NAME_MISSING = "name_missing"
    NO_RETAIL_PRICE = "no_retail_price"  # warning: a new product gets the price 0
    CATEGORY_UNKNOWN = "category_unknown"
    BRAND_UNKNOWN = "brand_unknown"
    UOM_UNKNOWN = "uom_unknown"
    UOM_FOREIGN = "uom_foreign"  # uom
    SUPPLIER_UNKNOWN = "supplier_unknown"
    LOCATION_MISSING = "location_missing"
    LOCATION_UNKNOWN = "location_unknown"
    QUANTITY_OF_SERVICE = "quantity_of_service"
    QUANTITY_OF_CONSUMABLE = "quantity_of_consumable"
    QUANTITY_TRACKED = "quantity_tracked"  # tracking
    SEVERAL_VARIANTS = "several_variants"  # warning; name
    IMAGE_UNREACHABLE = "image_unreachable"  # warning, as the three below
    IMAGE_ADDRESS_FORBIDDEN = "image_address_forbidden"
    IMAGE_TOO_BIG = "image_too_big"
    IMAGE_NOT_AN_IMAGE = "image_not_an_image"
    REFUSED_BY_ODOO = "refused_by_odoo"  # message
    VAT_UNKNOWN = "vat_unknown"
    # Lenses and frames beside the database.
    OPTICS_KIND_UNKNOWN = "optics_kind_unknown"
    LENS_NAME_MISSING = "lens_name_missing"
    LENS_AMBIGUOUS = "lens_ambiguous"  # names
    INDEX_UNKNOWN = "index_unknown"
    COATING_UNKNOWN = "coating_unknown"
    MATERIAL_UNKNOWN = "material_unknown"
    DESIGN_UNKNOWN = "design_unknown"
    DIAMETER_MISSING = "diameter_missing"
    SPHERE_MISSING = "sphere_missing"
    LIMITS_REVERSED = "limits_reversed"  # low, high
    MIXED_CYLINDER_SIGNS = "mixed_cylinder_signs"  # low, high
    RANGES_OVERLAP = "ranges_overlap"  # warning; other_row
    LENS_SOURCE_UNKNOWN = "lens_source_unknown"
    LENS_INCOMPLETE = "lens_incomplete"  # rows: those of the same lens that were refused
    PRICE_NOT_BY_VALUES = "price_not_by_values"  # name: of the model
    NOT_A_FRAME_SIZE = "not_a_frame_size"
    FRAME_MODEL_MISSING = "frame_model_missing"

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self in _WARNINGS else Severity.REFUSED

    @property
    def refuses(self) -> bool:
        return self not in _WARNINGS


_WARNINGS = frozenset(
    {
        Code.PRICE_ON_REQUEST,
        Code.PRICE_ZERO,
        Code.QUANTITY_AT_LEAST,
        Code.QUANTITY_UNKNOWN,
        Code.BARCODE_CHECK_DIGIT,
        Code.BARCODE_ZEROS_LOST,
        Code.SEVERAL_BARCODES,
        Code.TWO_DIAMETERS,
        Code.DUPLICATE_IDENTICAL,
        Code.SEVERAL_VARIANTS,
        Code.NO_RETAIL_PRICE,
        Code.IMAGE_UNREACHABLE,
        Code.IMAGE_ADDRESS_FORBIDDEN,
        Code.IMAGE_TOO_BIG,
        Code.IMAGE_NOT_AN_IMAGE,
        Code.RANGES_OVERLAP,
        Code.TABLES_BESIDE,
        Code.NOT_AN_IMAGE_NAME,
    }
)


@dataclass(frozen=True)
class Problem:
    """`column` is the header of the supplier's column, `value` what its cell shows.

    `params` are JSON values, decimals as text.
    """

    code: Code
    target: str | None = None
    column: str | None = None
    value: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.value is not None and len(self.value) > MOST_QUOTED:
            object.__setattr__(self, "value", self.value[: MOST_QUOTED - 1] + "…")

    @property
    def severity(self) -> Severity:
        return self.code.severity

    @property
    def refuses(self) -> bool:
        return self.code.refuses

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"code": str(self.code)}
        for name in ("target", "column", "value"):
            if (value := getattr(self, name)) is not None:
                found[name] = value
        if self.params:
            found["params"] = dict(self.params)
        return found

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Problem:
        return cls(
            Code(data["code"]),
            data.get("target"),
            data.get("column"),
            data.get("value"),
            data.get("params") or {},
        )
