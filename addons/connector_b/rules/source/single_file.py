"""Readers by kind, for everything but archives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from .csv_source import CsvSource
from .limits import Limits
from .ods_source import OdsSource
from .packed import Unpacked
from .source import Facts, Source
from .xls_source import XlsSource
from .xlsx_source import XlsxSource


@contextmanager
def open_single(
    path: Path,
    file: str,
    kind: str,
    facts: Facts,
    *,
    encoding: str | None,
    delimiter: str | None,
    limits: Limits,
    unpacked: Unpacked | None = None,
) -> Iterator[Source]:
    """`unpacked` is what the archive around it has let out so far."""
    source: CsvSource | OdsSource | XlsSource | XlsxSource
    if kind == "csv":
        source = CsvSource(path, file, encoding, delimiter, limits, misnamed=facts.misnamed)
    elif kind == "xls":
        source = XlsSource(path, file, limits, facts)
    elif kind == "ods":
        source = OdsSource(path, file, limits, facts, unpacked)
    else:
        source = XlsxSource(path, file, limits, facts, unpacked)
    with closing(source):
        yield source
