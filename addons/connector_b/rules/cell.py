"""Which parser reads the cells of a target's column."""

from __future__ import annotations

from decimal import Decimal

from .barcode import read_barcode
from .finding import Parser
from .number_cell import number_parser
from .number_format import NumberFormat
from .targets import TARGETS, Kind
from .text_cell import (
    code_parser,
    read_currency,
    read_date,
    read_description,
    read_flag,
    read_image,
    read_name,
)

# Texts that a spreadsheet may have spoilt by taking them for numbers or dates.
CODES = frozenset(
    {"default_code", "supplier_code", "frame_model", "frame_colour", "frame_size", "design"}
)
_READERS: dict[Kind, Parser] = {
    Kind.BARCODE: read_barcode,
    Kind.CURRENCY: read_currency,
    Kind.FLAG: read_flag,
    Kind.DATE: read_date,
    Kind.IMAGE: read_image,
}


def parser_of(
    name: str,
    form: NumberFormat,
    *,
    currency: str | None = "",
    factor: Decimal | None = None,
    pad: int = 0,
) -> Parser:
    """The parser of the column that fills the target `name`; see `finding.Parser` and, for what
    the options mean, `number_parser` and `code_parser`."""
    target = TARGETS[name]
    if target.kind.is_number:
        return number_parser(target, form, currency=currency, factor=factor)
    if name in CODES:
        return code_parser(pad)
    if name == "description":
        return read_description
    return _READERS.get(target.kind, read_name)
