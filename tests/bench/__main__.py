"""`python -m tests.bench [--quick]`. Exit code 1: a bound does not hold."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from tests.bench import sections
from tests.bench.figures import Result
from tests.bench.report import show, write
from tests.bench.sections import FULL, QUICK, Size


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds and 20,000 old receipts; no page written"
    )
    parser.add_argument(
        "--only", choices=sorted(sections.ALL), nargs="+", help="these sections, no page written"
    )
    wish = parser.parse_args()
    results = []
    for result in _results(wish.only or list(sections.ALL), QUICK if wish.quick else FULL):
        show(result)
        results.append(result)
    if not wish.quick and not wish.only:
        write(results)
    failed = [bound for result in results for bound in result.bounds if not bound.holds]
    print(f"\nbounds that do not hold: {len(failed)}")
    return 1 if failed else 0


def _results(names: list[str], size: Size) -> Iterator[Result]:
    for name in names:
        yield from sections.ALL[name](size)


if __name__ == "__main__":
    sys.exit(main())
