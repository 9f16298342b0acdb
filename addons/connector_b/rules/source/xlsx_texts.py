"""The texts that cells of an .xlsx refer to by number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from .limits import Limits
from .packed import PackedFile
from .text_table import TextTable
from .xlsx_escape import unescaped
from .xlsx_parts import NewPart
from .xml_part import XmlPart, local
from .xml_plain import NotPlain, plain_blocks, unescape

# <si> with one <t>, or with anything else inside it.
_ITEM = re.compile(
    r"<si(?:\s[^>]*)?(?:/>|>(?:<t(?:\s[^>]*)?(?:/>|>([^<]*)</t>)</si>|(.*?)</si>))", re.DOTALL
)
_ITEM_START = re.compile(r"<si[\s/>]")
_RUN = re.compile(r"<t(?:\s[^>]*[^/>])?>([^<]*)</t>")
_READING_AID = re.compile(r"<rPh[\s>].*?</rPh>", re.DOTALL)


class SharedTexts:
    """The texts that cells refer to by number; read when the first row is asked for."""

    def __init__(
        self, packed: PackedFile, new_part: NewPart, part: str | None, limits: Limits
    ) -> None:
        self._packed = packed
        self._new_part = new_part
        self._part = part
        self._limits = limits
        self._table: TextTable | None = None

    def table(self) -> TextTable:
        if self._table is None:
            try:
                self._table = self._read(self._plain_texts)
            except NotPlain:
                self._table = self._read(self._exact_texts)
        return self._table

    def _read(self, texts: Callable[[str], Iterator[str]]) -> TextTable:
        table = TextTable()
        if self._part is None:
            return table
        for text in texts(self._part):
            table.append(unescaped(text))
            if table.size > self._limits.max_texts:
                raise self._packed.bomb(self._part, "texts", table.size, self._limits.max_texts)
        return table

    def _plain_texts(self, part: str) -> Iterator[str]:
        pieces = self._packed.chunks(part)
        for block in plain_blocks(pieces, self._new_part(part), "sst", "si"):
            items = _ITEM.findall(block)
            if len(items) != len(_ITEM_START.findall(block)):
                raise NotPlain
            for simple, formatted in items:
                if formatted:
                    runs = _RUN.findall(_READING_AID.sub("", formatted))
                    yield unescape("".join(runs))
                else:
                    yield unescape(simple) if "&" in simple else simple

    def _exact_texts(self, part: str) -> Iterator[str]:
        reader = _ExactTexts(self._new_part(part), self._limits.max_cell)
        return reader.texts(self._packed.chunks(part))


class _ExactTexts:
    def __init__(self, part: XmlPart, max_cell: int) -> None:
        self._part = part
        self._max_cell = max_cell
        self._ready: list[str] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0
        part.parser.StartElementHandler = self._start
        part.parser.EndElementHandler = self._end

    def texts(self, pieces: Iterable[bytes]) -> Iterator[str]:
        for piece in pieces:
            self._part.feed(piece)
            yield from self._ready
            self._ready.clear()
        self._part.finish()
        yield from self._ready

    def _start(self, prefixed: str, _attributes: dict[str, str]) -> None:
        self._path.append(local(prefixed))
        self._part.check_depth(len(self._path))
        if len(self._path) == 2:
            self._text = []
            self._length = 0
        elif self._path[2:] in (["t"], ["r", "t"]):
            self._part.parser.CharacterDataHandler = self._take

    def _take(self, text: str) -> None:
        self._length += len(text)
        # A cell that long is refused by name later; what is beyond is not worth memory.
        if self._length <= self._max_cell + len(text):
            self._text.append(text)

    def _end(self, _prefixed: str) -> None:
        self._part.parser.CharacterDataHandler = None
        if len(self._path) == 2 and self._path[1] == "si":
            self._ready.append("".join(self._text))
        self._path.pop()
