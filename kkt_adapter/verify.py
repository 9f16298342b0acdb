"""`python -m kkt_adapter.verify`: is this till's buffer what its events say? Exit code 1: no.

Reads only, and may run beside the adapter.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path

from kkt_adapter.app.buffer_verifier import Checked, verify
from kkt_adapter.app.config import ConfigError, load_settings

SHOWN = 100


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m kkt_adapter.verify",
        description="Проверяет буфер чеков: цепочку событий и строки, которые из неё следуют.",
    )
    parser.add_argument(
        "--data-dir", type=Path, help="каталог данных (по умолчанию — adapter.data_dir)"
    )
    data_dir: Path | None = parser.parse_args(arguments).data_dir
    try:
        path = (data_dir or load_settings().adapter.data_dir) / "buffer.db"
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    checked = Checked()
    findings = verify(path, checked)
    shown = 0
    for finding in itertools.islice(findings, SHOWN):
        print(f"ОШИБКА: {finding}")
        shown += 1
    rest = sum(1 for _ in findings)
    if rest:
        print(f"…и ещё {rest}")
    looked_at = (
        f"чеков {checked.receipts}, событий {checked.events},"
        f" в очереди разбора {checked.dead_letters}"
    )
    if shown:
        print(
            f"Буфер {path} нарушен ({looked_at}). Сохраните копию каталога и позвоните в поддержку."
        )
        return 1
    print(f"Буфер {path} цел: {looked_at}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
