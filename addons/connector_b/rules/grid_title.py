"""What the texts above a grid say of its lens: name, index, coating, diameter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .cell import parser_of
from .finding import Finding
from .header_score import LONGEST_NAME
from .number_format import NumberFormat
from .record import Value
from .source.cell_value import CellValue
from .text_cell import one_line
from .vocabulary import matches

# A cell that names one of these is followed by its value: "Индекс | 1.5".
PAIRED = frozenset(
    "lens_name name index coating diameter material design base_curve brand category currency "
    "supplier_code barcode default_code delay".split()
)
_AUTO = NumberFormat()
_SURE = 0.85

_INDEX = re.compile(
    r"(?:(?:\bn|индекс|инд\.?|index)\s*[=:]?\s*)?(?<![\d.,])(1[.,](?:4[89]\d?|[5-9]\d{0,2}))(?![\d.,])",
    re.IGNORECASE,
)
_DIAMETER = re.compile(
    r"(?:[Øø⌀∅]|\bd\b|\bд\b|\bdia\b\.?|диам(?:етр)?\.?)\s*[=:,]?\s*(?:мм)?\s*(\d{2}(?:[.,]\d)?)(?!\d)"
    r"(?:\s*(?:мм|mm))?|(?<![\d.,])(\d{2}(?:[.,]\d)?)\s*(?:мм|mm)\b|\bd(\d{2})\b",
    re.IGNORECASE,
)
# As words of a title; the mark on our labels is the catalogue's business.
_COATINGS = (
    "SHMC", "HMC", "HC", "HARD", "AR", "UC", "UV420", "UV400", "SUPER HYDRO", "BLUE CUT",
    "BLUE BLOCK", "BLUECUT", "BLUE", "PHOTO", "TRANSITIONS", "EMI", "без покрытия",
    "мультипокрытие", "упрочняющее", "просветляющее", "фотохром",
)  # fmt: skip
_COATING = re.compile(
    r"(?<!\w)(" + "|".join(map(re.escape, sorted(_COATINGS, key=len, reverse=True))) + r")(?!\w)",
    re.IGNORECASE,
)


def facts_of(rows: Iterable[Sequence[CellValue]], *, sheet: str = "") -> dict[str, Value]:
    """Later rows say more certain things than earlier ones, pairs more than sentences, and the
    title of the sheet is only asked for what is missing."""
    said: dict[str, Value] = {}
    paired: dict[str, Value] = {}
    for cells in rows:
        texts = _read_pairs(cells, paired)
        for text in texts:
            said.update(_in_text(text))
    return {**_in_text(one_line(sheet)), **said, **paired}


def _read_pairs(cells: Sequence[CellValue], paired: dict[str, Value]) -> list[str]:
    """Takes "name, value" out; what is left are sentences."""
    texts: list[str] = []
    filled = [cell for cell in cells if cell is not None]
    skip = False
    for place, cell in enumerate(filled):
        if skip:
            skip = False
            continue
        if not isinstance(cell, str):
            continue
        text = one_line(cell)
        name, separator, rest = text.partition(":")
        following: CellValue = rest.strip() if separator and rest.strip() else None
        if following is None and place + 1 < len(filled):
            following = filled[place + 1]
            skip = True
        target = _named(name)
        value = _parsed(target, following) if target and following is not None else None
        if target and value is not None:
            paired[target] = value
        else:
            skip = False
            texts.append(text)
    return texts


def _named(text: str) -> str | None:
    if not text or len(text) > LONGEST_NAME:
        return None
    found = matches(text)[:1]
    if found and found[0].strength >= _SURE and found[0].target in PAIRED:
        return "lens_name" if found[0].target == "name" else found[0].target
    return None


def _parsed(target: str, cell: CellValue) -> Value:
    value = parser_of(target, _AUTO)(cell)
    return None if isinstance(value, Finding) else value


def _in_text(text: str) -> dict[str, Value]:
    """ "Линза полимерная 1.56 HMC Ø70" is a name, an index, a coating and a diameter."""
    found: dict[str, Value] = {}
    if diameter := _DIAMETER.search(text):
        digits = next(each for each in diameter.groups() if each)
        found["diameter"] = _parsed("diameter", digits)
    if index := _INDEX.search(text):
        found["index"] = _parsed("index", index[1])
    if coatings := _COATING.findall(text):
        found["coating"] = " ".join(coatings)
    if found.get("index") is not None:
        name = _DIAMETER.sub(" ", text)
        name = one_line(name).strip(" ,;.-–—")
        if any(mark.isalpha() for mark in name):
            found["lens_name"] = name
    return {target: value for target, value in found.items() if value is not None}
