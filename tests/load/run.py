"""`python -m tests.load.run`: the load scenarios against tills started here, a minute at most.

1: one till, 100 receipts an hour, 10 hours. 2: five tills, 50 receipts an hour each, 8 hours.
The receipts are all sold; only the pauses between them are shorter. Exit code 1: a request failed,
a receipt did not reach the OFD, or P95 of a sale is over its bound.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.processes import ROOT
from tests.till_process import TillProcess, running_till

P95_BOUND_MS = 7000
SALE = "/v1/kkt/receipt"
Stats = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Scenario:
    tills: int
    receipts_an_hour: int
    hours: int

    @property
    def receipts(self) -> int:
        """Of one till."""
        return self.receipts_an_hour * self.hours


SCENARIOS = {1: Scenario(1, 100, 10), 2: Scenario(5, 50, 8)}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load.run", description=__doc__)
    parser.add_argument("--scenario", type=int, choices=list(SCENARIOS), action="append")
    parser.add_argument("--seconds", type=int, default=10, help="of each scenario")
    wish = parser.parse_args()
    sound = [run(number, SCENARIOS[number], wish.seconds) for number in wish.scenario or SCENARIOS]
    return 0 if all(sound) else 1


def run(number: int, scenario: Scenario, seconds: int) -> bool:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="load-")))
        tills = [
            stack.enter_context(running_till(folder / str(place)))
            for place in range(scenario.tills)
        ]
        compression = scenario.hours * 3600 / seconds
        print(
            f"\nscenario {number}: tills {scenario.tills}, receipts an hour each"
            f" {scenario.receipts_an_hour}, hours {scenario.hours}, time x{compression:.0f}",
            flush=True,
        )
        stats = _locust(folder, [till.page_url for till in tills], scenario, seconds)
        for till in tills:
            till.wait_until_delivered(60)
        return _sound(stats, scenario, tills)


def _locust(folder: Path, urls: list[str], scenario: Scenario, seconds: int) -> Stats:
    users, out = str(len(urls)), folder / "locust"
    pace = {
        "LOAD_TILLS": ",".join(urls),
        "LOAD_RECEIPTS": str(scenario.receipts),
        "LOAD_RATE": str(scenario.receipts / seconds),
    }
    subprocess.run(
        [
            *(sys.executable, "-m", "locust", "-f", "tests/load/locustfile.py", "--headless"),
            *("--users", users, "--spawn-rate", users, "--stop-timeout", "10"),
            # A slow machine may take longer than the compressed hours, but not for ever.
            *("--run-time", f"{3 * seconds}s", "--json-file", str(out)),
            *("--loglevel", "ERROR", "--only-summary"),
            # What came of it is judged by _sound.
            *("--exit-code-on-error", "0"),
        ],
        cwd=ROOT,
        env=os.environ | pace,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    stats: Stats = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    return stats


def _sound(stats: Stats, scenario: Scenario, tills: list[TillProcess]) -> bool:
    (sales,) = [entry for entry in stats if entry["name"] == SALE]
    times = sorted(float(ms) for ms, count in sales["response_times"].items() for _ in range(count))
    p95 = times[int(0.95 * len(times))]
    errors = sum(entry["num_failures"] for entry in stats)
    delivered = sum(len(till.ofd.journal()) for till in tills)
    wanted = scenario.receipts * scenario.tills
    sound = wanted == sales["num_requests"] == delivered and not errors and p95 <= P95_BOUND_MS
    print(
        f"  sold {sales['num_requests']} of {wanted}, at the OFD {delivered}, errors {errors},"
        f" median {times[len(times) // 2]:.0f} ms, P95 {p95:.0f} ms (bound {P95_BOUND_MS}):"
        f" {'PASS' if sound else 'FAIL'}",
        flush=True,
    )
    return sound


if __name__ == "__main__":
    sys.exit(main())
