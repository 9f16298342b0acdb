"""Two rows with one key inside one file, seen while the file streams by."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from .barcode import spellings
from .problem import Code, Problem
from .record import Record
from .targets import KEYS

BARCODE = "barcode"


class Duplicates:
    """Ask `problems_of` for every record, in the order of the file.

    A row is found in the database by the first key it has. So two rows are one product when the
    deciding key of either is also a key of the other; a shared article of two rows that each have
    a barcode of their own is two colours of one model. A barcode is never shared.
    """

    def __init__(self, keys: Sequence[str] = KEYS) -> None:
        self._keys = tuple(keys)
        # Value → row number, negative where that key does not decide. Plain texts and numbers:
        # a hundred thousand rows must not cost more than a few megabytes.
        self._seen: dict[str, dict[str, int]] = {key: {} for key in {*self._keys, BARCODE}}
        self._contents: dict[int, bytes] = {}
        # Numbers of first rows that a later one contradicts: nobody knows which of them is right.
        self.contradicted: set[int] = set()

    def problems_of(self, record: Record) -> tuple[Problem, ...]:
        """Nothing for the first row of a key. A later one that says the very same is a warning,
        to be skipped; one that says something else is refused, with the number of the first."""
        found: list[Problem] = []
        values = record.values
        deciding = True
        for key in self._keys if BARCODE in self._keys else (*self._keys, BARCODE):
            value = values.get(key)
            if value is None or value == "":
                continue
            text = str(value)
            if key == BARCODE:
                # 12 digits and the same behind a zero are one code.
                text = max(spellings(text), key=len)
            seen = self._seen[key]
            first = seen.get(text)
            if first is None:
                seen[text] = record.number if deciding else -record.number
            elif deciding or first > 0 or key == BARCODE:
                found.append(self._problem(record, key, str(value), abs(first)))
            deciding = deciding and key not in self._keys
        if not found:
            self._contents[record.number] = _digest(record)
        return tuple(found[:1])

    def says_the_same(self, first: int, record: Record) -> bool:
        """Of a row that is known to mean what row `first` does by other means than these keys."""
        return self._contents.get(first) == _digest(record)

    def _problem(self, record: Record, key: str, text: str, first: int) -> Problem:
        if self.says_the_same(first, record):
            return Problem(Code.DUPLICATE_IDENTICAL, key, None, text, {"first_row": first})
        self.contradicted.add(first)
        if key == BARCODE and self._keys[:1] != (BARCODE,):
            return Problem(Code.DUPLICATE_BARCODE, key, None, text, {"first_row": first})
        return Problem(Code.DUPLICATE_IN_FILE, key, None, text, {"key": key, "first_row": first})


def _digest(record: Record) -> bytes:
    """Eight bytes that only the same values give."""
    said = repr(sorted((name, str(value)) for name, value in record.values.items()))
    return blake2b(said.encode("utf-8", "replace"), digest_size=8).digest()
