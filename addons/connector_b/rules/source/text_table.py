"""The texts that a workbook keeps once for all its cells, packed closely."""

from __future__ import annotations

from array import array

# Units, brands and colours return in every row; what stands in one row only is not worth keeping.
_KEPT = 4096


class TextTable:
    """Half a million texts as one piece of UTF-8; a list of str needs five times the memory."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q")
        self._recent: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._ends)

    @property
    def size(self) -> int:
        return len(self._bytes)

    def append(self, text: str) -> None:
        self._bytes += text.encode("utf-8", "replace")
        self._ends.append(len(self._bytes))

    def __getitem__(self, index: int) -> str:
        known = self._recent.get(index)
        if known is not None:
            return known
        if not 0 <= index < len(self._ends):
            raise IndexError(index)
        begin = self._ends[index - 1] if index else 0
        text = self._bytes[begin : self._ends[index]].decode()
        if len(self._recent) >= _KEPT:
            self._recent.clear()
        self._recent[index] = text
        return text
