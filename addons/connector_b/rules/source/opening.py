"""From a path to an opened source: the content decides who reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from .archive_source import ArchiveSource
from .errors import SourceError
from .kind import is_misnamed, kind_of
from .limits import Limits
from .single_file import open_single
from .source import Facts, Source

_DEFAULT = Limits()


@contextmanager
def open_source(
    path: Path,
    name: str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    limits: Limits = _DEFAULT,
) -> Iterator[Source]:
    """The file at `path`, which the person knows as `name`.

    `encoding` and `delimiter` are one of ENCODINGS and DELIMITERS, None to have them guessed; what
    is no text pays no heed to them. Raises SourceError, here and from `rows`. At least one sheet
    has a filled row.
    """
    size = path.stat().st_size
    if size > limits.max_file:
        raise SourceError("too_big", file=name, size=size, limit=limits.max_file)
    kind = kind_of(path, name, limits)
    misnamed = is_misnamed(name, kind)
    if kind == "zip":
        archive = ArchiveSource(path, name, encoding, delimiter, limits, misnamed=misnamed)
        with closing(archive):
            _require_rows(archive, name)
            yield archive
    else:
        with open_single(
            path,
            name,
            kind,
            Facts(misnamed=misnamed),
            encoding=encoding,
            delimiter=delimiter,
            limits=limits,
        ) as single:
            _require_rows(single, name)
            yield single


def _require_rows(source: Source, name: str) -> None:
    if not source.sheets:
        raise SourceError("no_sheets", file=name, kind=source.kind, left_out=list(source.left_out))
    if not any(_has_row(source, sheet.key) for sheet in source.sheets):
        titles = [sheet.title for sheet in source.sheets]
        raise SourceError("no_rows", file=name, sheets=titles)


def _has_row(source: Source, sheet_key: str) -> bool:
    return next(iter(source.rows(sheet_key)), None) is not None
