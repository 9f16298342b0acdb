"""Makes a supplier's price list.

python -m bootstrap.supplier_files --style optmarket --rows 10000 --errors 3% --seed 7 out.xlsx
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bootstrap.supplier_files.making import KINDS, make
from bootstrap.supplier_files.order import FOREIGN_BARCODE, BadOrder, Order
from bootstrap.supplier_files.styles import STYLES
from bootstrap.supplier_files.writers import KINDS as FORMATS


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bootstrap.supplier_files", description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--style", choices=sorted(STYLES), default="optmarket")
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0, help="other prices for the same goods")
    parser.add_argument("--format", choices=FORMATS, default="", help="else by the name")
    parser.add_argument(
        "--errors", type=_share, default=Decimal(0), help="share of spoiled rows: 3%%"
    )
    parser.add_argument(
        "--error", default="", metavar="NAME,…", help=f"only these: {', '.join(KINDS)}"
    )
    parser.add_argument("--repriced", type=_share, default=Decimal(0), help="share of rows: 1%%")
    parser.add_argument("--by", type=_percent, default=Decimal(25), help="dearer by: 25%%")
    parser.add_argument("--foreign-barcode", default=FOREIGN_BARCODE)
    asked = parser.parse_args(words)
    order = Order(
        style=asked.style,
        rows=asked.rows,
        seed=asked.seed,
        errors=asked.errors,
        kinds=tuple(filter(None, asked.error.split(","))),
        repriced=asked.repriced,
        repriced_by=asked.by,
        foreign_barcode=asked.foreign_barcode,
    )
    try:
        made = make(order, asked.path, asked.format)
    except BadOrder as error:
        print(error, file=sys.stderr)
        return 2
    spoiled = ", ".join(f"{name} {count}" for name, count in sorted(made.errors.items()))
    print(f"{made.path}: {made.rows} rows" + (f"; with errors: {spoiled}" if spoiled else ""))
    return 0


def _percent(text: str) -> Decimal:
    try:
        return Decimal(text.removesuffix("%").replace(",", "."))
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text}: not a percentage, such as 3%") from None


def _share(text: str) -> Decimal:
    share = _percent(text) / 100
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text}: from 0% to 100%")
    return share


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
