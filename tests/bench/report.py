"""Results as a table on the screen and as a Markdown page between its markers."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench.figures import Bound, Result
from tests.processes import ROOT

PAGE = ROOT / "docs/reference/benchmarks.md"
BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
_VERDICT = {True: "PASS", False: "FAIL"}


def show(result: Result) -> None:
    print(f"\n{result.title}")
    rows = [list(result.header), *[list(row) for row in result.rows]]
    widths = [max(len(row[column]) for row in rows) for column in range(len(result.header))]
    for row in rows:
        cells = zip(row, widths, strict=True)
        print("  " + "  ".join(f"{cell:<{width}}" for cell, width in cells))
    for bound in result.bounds:
        print(f"  {_VERDICT[bound.holds]}  {_words(bound)}")


def write(results: Sequence[Result], path: Path = PAGE) -> None:
    page = path.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    parts = [_machine(), *(_section(result) for result in results)]
    body = "\n\n".join(parts)
    path.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}", encoding="utf-8")


def _section(result: Result) -> str:
    lines = [f"## {result.title}", ""]
    lines += [_cells(result.header), _cells(["---"] * len(result.header))]
    lines += [_cells(row) for row in result.rows]
    if result.bounds:
        lines.append("")
    lines += [f"- **{_VERDICT[bound.holds]}** {_words(bound)}" for bound in result.bounds]
    if result.note:
        lines += ["", result.note]
    return "\n".join(lines)


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("fastapi", "uvicorn", "pydantic"))
    return (
        f"Измерено {datetime.now().astimezone():%d.%m.%Y %H:%M}: {_processor()},"
        f" ядер {os.cpu_count()}, {platform.system()} {platform.release()},"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _words(bound: Bound) -> str:
    return f"{bound.what}: {bound.value:.2f} ({bound.limit})"


def _cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
