"""Kinds of files; all of them write line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bootstrap.supplier_files.sheet import Sheet
from bootstrap.supplier_files.writers.archive import write_zip
from bootstrap.supplier_files.writers.delimited import write_csv
from bootstrap.supplier_files.writers.opendocument import write_ods
from bootstrap.supplier_files.writers.workbook import write_xlsx

Writer = Callable[[Path, Sequence[Sheet]], None]

KINDS = ("xlsx", "csv", "ods", "zip")


def writer(kind: str, encoding: str) -> Writer:
    writers: dict[str, Writer] = {
        "xlsx": write_xlsx,
        "csv": partial(write_csv, encoding=encoding),
        "ods": write_ods,
        "zip": write_zip,
    }
    return writers[kind]
