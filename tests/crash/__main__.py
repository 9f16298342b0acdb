"""`python -m tests.crash --kills 500 [--seed N]`. Exit code 1: something was lost or doubled."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
from pathlib import Path

from tests.crash.harness import Outcome, Run

SHOWN = 40


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=500, help="how often the power is cut")
    parser.add_argument("--seed", type=int, default=None, help="repeat the chances of a run")
    parser.add_argument("--keep", type=Path, help="leave data and logs in this (new) folder")
    parser.add_argument(
        "--broken",
        action="store_true",
        help="run a build that prints blindly again: the audit must find its duplicates",
    )
    wish = parser.parse_args()
    seed = secrets.randbelow(2**32) if wish.seed is None else wish.seed
    print(f"seed {seed}, {wish.kills} kills", flush=True)
    with tempfile.TemporaryDirectory(prefix="crash-") as temporary:
        folder = wish.keep or Path(temporary)
        outcome = Run(folder, seed, broken=wish.broken).execute(wish.kills)
    show(outcome)
    return 1 if outcome.violations else 0


def show(outcome: Outcome) -> None:
    print(f"\n{outcome.kills} kills in {outcome.seconds:.0f} s, seed {outcome.seed}\n")
    for title, figures in (("books", outcome.figures), ("happened", outcome.diary.counts)):
        print(title)
        for name, count in figures.items() if title == "books" else sorted(figures.items()):
            print(f"  {name:<44} {count:>7}")
    print(f"\nviolations: {len(outcome.violations)}")
    for violation in outcome.violations[:SHOWN]:
        print(f"  {violation}")
    if outcome.violations:
        print(f"FAILED; to repeat its chances: python -m tests.crash --seed {outcome.seed}")


if __name__ == "__main__":
    sys.exit(main())
