"""A zip of price lists and images, as suppliers mail them."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from . import signature
from .errors import SourceError
from .kind import is_misnamed, kind_of
from .limits import Limits
from .packed import PackedFile
from .single_file import open_single
from .source import Facts, MergedRange, SheetInfo, Source, SourceRow

BETWEEN = " › "
_IMAGES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff"})
# What systems and programs leave in a folder; nobody packed it on purpose.
_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_NO_PRICE_LIST = frozenset({"not_what_it_says", "unknown_kind", "empty_file"})


class ArchiveSource:
    kind = "zip"

    def __init__(
        self,
        path: Path,
        file: str,
        encoding: str | None,
        delimiter: str | None,
        limits: Limits,
        *,
        misnamed: bool,
    ) -> None:
        self._file = file
        self._limits = limits
        self._encoding = encoding
        self._delimiter = delimiter
        self._places: dict[str, tuple[Source, str]] = {}
        self._open_things = ExitStack()
        try:
            self._open(path, misnamed)
        except BaseException:
            self._open_things.close()
            raise

    def _open(self, path: Path, misnamed: bool) -> None:
        self._packed = PackedFile(path, self._file, self.kind, self._limits)
        self._open_things.callback(self._packed.close)
        folder = Path(
            self._open_things.enter_context(tempfile.TemporaryDirectory(prefix="price-lists-"))
        )
        images: dict[str, Callable[[], bytes]] = {}
        left_out: list[str] = []
        sheets: list[SheetInfo] = []
        facts: list[Facts] = []
        members = [name for name in self._packed.names if not _is_litter(name)]
        base_names = Counter(_base(self._packed.shown_name(name)) for name in members)
        for index, member in enumerate(members):
            shown = self._packed.shown_name(member)
            if PurePosixPath(shown).suffix.lower() in _IMAGES:
                images[shown] = partial(self._packed.read, member, self._limits.max_image)
                continue
            short = _base(shown) if base_names[_base(shown)] == 1 else shown
            source = self._read_member(member, short, folder / str(index))
            if source is None:
                left_out.append(shown)
                continue
            facts.append(source.facts)
            for sheet in source.sheets:
                key = short if source.kind == "csv" else f"{short}{BETWEEN}{sheet.title}"
                sheets.append(replace(sheet, key=key, file=short))
                self._places[key] = (source, sheet.key)
        self.sheets = tuple(sheets)
        self.images: Mapping[str, Callable[[], bytes]] = MappingProxyType(images)
        self.left_out = tuple(left_out)
        text_facts = next((each for each in facts if each.encoding), Facts())
        self.facts = replace(text_facts, misnamed=misnamed or any(each.misnamed for each in facts))

    def rows(self, sheet_key: str) -> Iterator[SourceRow]:
        source, key = self._place(sheet_key)
        return source.rows(key)

    def merged(self, sheet_key: str) -> tuple[MergedRange, ...]:
        source, key = self._place(sheet_key)
        return source.merged(key)

    def close(self) -> None:
        self._open_things.close()

    def _place(self, sheet_key: str) -> tuple[Source, str]:
        if sheet_key not in self._places:
            raise SourceError(
                "no_such_sheet", file=self._file, sheet=sheet_key, sheets=list(self._places)
            )
        return self._places[sheet_key]

    def _read_member(self, member: str, short: str, path: Path) -> Source | None:
        """None for what is no price list: told in `left_out`, and no reason to refuse the rest."""
        name = f"{self._file}{BETWEEN}{short}"
        pieces = self._packed.chunks(member)
        head = next(pieces, b"")
        if not head or signature.binary(head) is not None:
            return None
        with path.open("wb") as copy:
            copy.write(head)
            for piece in pieces:
                copy.write(piece)
        try:
            kind = kind_of(path, name, self._limits)
        except SourceError as error:
            if error.code in _NO_PRICE_LIST:
                return None
            raise
        if kind == "zip":
            raise self._packed.bomb(short, "nested", 2, 1)
        return self._open_things.enter_context(
            open_single(
                path,
                name,
                kind,
                Facts(misnamed=is_misnamed(short, kind)),
                encoding=self._encoding,
                delimiter=self._delimiter,
                limits=self._limits,
                unpacked=self._packed.unpacked,
            )
        )


def _base(name: str) -> str:
    return PurePosixPath(name).name


def _is_litter(name: str) -> bool:
    small = name.lower()
    base = _base(small)
    return small.startswith(_LITTER[0]) or base in _LITTER or base.startswith(("._", "~$"))
