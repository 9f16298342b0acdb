"""Reading a supplier's file, whatever it is: one way in, `open_source`."""

from .cell_value import CellError, CellValue, Percent
from .errors import SourceError
from .limits import Limits
from .opening import open_source
from .source import Facts, MergedRange, SheetInfo, Source, SourceRow
from .text_delimiter import DELIMITERS
from .text_encoding import ENCODINGS

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "CellError",
    "CellValue",
    "Facts",
    "Limits",
    "MergedRange",
    "Percent",
    "SheetInfo",
    "Source",
    "SourceError",
    "SourceRow",
    "open_source",
]
