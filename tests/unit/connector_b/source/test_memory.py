"""Files are read row by row: memory is measured in a process of its own.

The bound is 150 MB for 100,000 rows; a fifth of both is held here, which is stricter.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.unit.connector_b.source import compound
from tests.unit.connector_b.source.files import (
    ODS_HEAD,
    ODS_TYPE,
    ods_rows,
    unzipped,
    xlsx_of,
)

ROWS = 20_000
ALLOWED = 30 << 20

# Prints by how many bytes the peak grew over what the process needs for a small file.
CHILD = """
import json, re, sys
from pathlib import Path
from types import ModuleType

addon = ModuleType("connector_b")
addon.__path__ = [sys.argv[1]]
sys.modules["connector_b"] = addon
from connector_b.rules.source import open_source

def read(path):
    with open_source(Path(path), path) as source:
        sheet = source.sheets[0].key
        found = sum(1 for row in source.rows(sheet))
        source.merged(sheet)
        return found

def peak():
    # Not ru_maxrss: that begins with what the process had before it became this one.
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\\s*(\\d+) kB", status)[1]) * 1024

read(sys.argv[2])
idle = peak()
print(json.dumps([read(sys.argv[3]), peak() - idle]))
"""
ADDON = Path(__file__).parents[4] / "addons" / "connector_b"


def row(index: int) -> list[object]:
    """Texts that stand once, texts that return, barcodes and prices."""
    return [
        f"ОПР-{index:06}",
        f"Оправа Ray-Ban RB{index % 9000} {index * 7919 % 9973} цвет чёрный матовый",
        "Luxottica",
        4_600_000_000_000 + index,
        index * 7919 % 100_003 / 100,
        index % 50,
        f"RB{index * 31 % 99_991}/{index % 999}",
        52,
        18,
        145,
        "шт",
        "Италия",
        index * 104_729 % 100_003 / 100,
        0.15,
        f"комментарий {index}",
    ]


def as_xlsx(rows: int) -> bytes:
    """As Excel writes it: every text once, cells refer to it by number."""
    known: dict[str, int] = {}

    def cell(reference: str, value: object) -> str:
        if isinstance(value, str):
            index = known.setdefault(value, len(known))
            return f'<c r="{reference}" t="s"><v>{index}</v></c>'
        return f'<c r="{reference}"><v>{value}</v></c>'

    lines = []
    for number in range(1, rows + 1):
        cells = (
            cell(f"{chr(65 + column)}{number}", value) for column, value in enumerate(row(number))
        )
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    members = unzipped(xlsx_of([["x"]]))
    members["xl/worksheets/sheet1.xml"] = _within(
        members["xl/worksheets/sheet1.xml"], "sheetData", "".join(lines)
    )
    texts = "".join(f"<si><t>{text}</t></si>" for text in known)
    members["xl/sharedStrings.xml"] = _within(members["xl/sharedStrings.xml"], "sst", texts)
    return _packed(members)


def _within(part: bytes, element: str, content: str) -> bytes:
    text = part.decode()
    begin = text.index(">", text.index(f"<{element}")) + 1
    end = text.index(f"</{element}>")
    return (text[:begin] + content + text[end:]).encode()


def as_ods(rows: int) -> bytes:
    table = ods_rows(row(index) for index in range(rows))
    content = (
        f'{ODS_HEAD}<office:body><office:spreadsheet><table:table table:name="S">{table}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return _packed({"mimetype": ODS_TYPE.encode(), "content.xml": content.encode()})


def _packed(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return data.getvalue()


def as_xls(rows: int) -> bytes:
    known: dict[str, int] = {}

    def records() -> Iterator[bytes]:
        for index in range(rows):
            for column, value in enumerate(row(index)):
                if isinstance(value, str):
                    yield compound.shared(index, column, known.setdefault(value, len(known)))
                else:
                    assert isinstance(value, int | float)
                    yield compound.number(index, column, value)

    cells = b"".join(records())
    return compound.xls([cells], globals_=compound.shared_texts_in_parts(list(known)))


def as_csv(rows: int) -> bytes:
    lines = (";".join(map(str, row(index))) for index in range(rows))
    return "\r\n".join(lines).encode("cp1251")


def as_zip(rows: int) -> bytes:
    return _packed({"цены.xlsx": as_xlsx(rows)})


@pytest.mark.slow
@pytest.mark.parametrize("write", [as_xlsx, as_ods, as_xls, as_csv, as_zip])
def test_many_rows_stay_within_the_memory_allowed(
    tmp_path: Path, write: Callable[[int], bytes]
) -> None:
    small, big = tmp_path / "small", tmp_path / "big"
    small.write_bytes(write(20))
    big.write_bytes(write(ROWS))
    answer = subprocess.run(
        [sys.executable, "-c", CHILD, str(ADDON), str(small), str(big)],
        check=True,
        capture_output=True,
        text=True,
    )
    found, grown = json.loads(answer.stdout)
    assert found == ROWS
    assert grown < ALLOWED
