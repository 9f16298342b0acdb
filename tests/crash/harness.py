"""One run: a till under load and under fire, then repaired, drained and audited."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash.audit import Books, Row, violations
from tests.crash.customers import Customer
from tests.crash.diary import Diary
from tests.crash.faults import clear
from tests.crash.mischief import Mischief
from tests.crash.power import Power
from tests.processes import ROOT, OfdProcess, RegisterProcess, pause
from tests.till_process import TillProcess

CUSTOMERS = 4
DRAIN_WITHIN_S = 120.0
BROKEN_ADAPTER = "tests.crash.broken_adapter"
# A breaker that opens for a minute would make most of a run an outage.
SETTINGS = {
    "sync__interval_s": 1,
    "sync__breaker_reset_s": 1,
    # Faults refuse at random here; the DLQ is another matter and has its own tests.
    "sync__max_refusals": 100_000,
    "kkt__timeout_s": 3,
}


@dataclass(slots=True)
class Outcome:
    seed: int
    kills: int
    seconds: float
    diary: Diary
    violations: list[str]
    figures: dict[str, int] = field(default_factory=dict)


class Run:
    def __init__(self, folder: Path, seed: int, *, broken: bool = False) -> None:
        self._folder = folder
        self._seed = seed
        (folder / "simulators").mkdir(parents=True, exist_ok=True)
        self._register = RegisterProcess(folder / "simulators", folder / "register.log")
        self._ofd = OfdProcess(folder / "simulators", log=folder / "ofd.log")
        self._till = TillProcess(
            folder / "data",
            self._register,
            self._ofd,
            folder / "adapter.log",
            module=BROKEN_ADAPTER if broken else "kkt_adapter",
            **SETTINGS,
        )
        self._diary = Diary()

    def execute(self, kills: int) -> Outcome:
        started = time.monotonic()
        # A thread of the harness that ends early would make the rest of the run too easy.
        threading.excepthook = lambda died: self._diary.surprised(
            f"{died.thread and died.thread.name} died: {died.exc_value!r}"
        )
        try:
            self._register.start()
            self._ofd.start()
            self._till.start()
            self._under_fire(kills)
            found = self._drain()
            found += self._stop()
            books = self._books()
            found += violations(books) + self._diary.unexpected + self._verify() + self._bugs()
            return Outcome(
                self._seed,
                kills,
                time.monotonic() - started,
                self._diary,
                found,
                self._figures(books),
            )
        finally:
            self._diary.closed.set()
            threading.excepthook = threading.__excepthook__
            self._till.http.close()
            for process in (self._till, self._register, self._ofd):
                process.kill()

    def _under_fire(self, kills: int) -> None:
        port, diary = self._till.port, self._diary
        customers = [Customer(port, diary, f"{self._seed}/{n}") for n in range(CUSTOMERS)]
        mischief = Mischief(port, self._register, self._ofd, diary, f"{self._seed}/mischief")
        chance = random.Random(f"{self._seed}/power")
        power = Power(self._till, port, self._register, self._ofd, diary, chance)
        for thread in (*customers, mischief):
            thread.start()
        for _ in range(kills):
            power.cut()
        self._till.wait_until_up()
        mischief.end()
        mischief.join(30)
        self._repair()
        for customer in customers:
            customer.leave()
        for customer in customers:
            customer.join(DRAIN_WITHIN_S)
            if customer.is_alive():
                self._diary.surprised(f"{customer.name} still has no answer")

    def _repair(self) -> None:
        for simulator in (self._register, self._ofd):
            if not simulator.running:
                simulator.restart()
            clear(simulator)

    def _drain(self) -> list[str]:
        """Everything printed and delivered by itself; only the pauses are cut short."""
        deadline = time.monotonic() + DRAIN_WITHIN_S
        while True:
            status = self._till.status()
            if status["current_queued"] == 0:
                return []
            if time.monotonic() > deadline:
                return [f"DID NOT DRAIN: {json.dumps(status, ensure_ascii=False)}"]
            self._till.post("/v1/kkt/buffer/sync", {"force": True})
            pause(0.5)

    def _stop(self) -> list[str]:
        code = self._till.stop()
        # uvicorn closes everything in good order and then ends by the signal it was sent.
        return (
            [] if code in {0, -signal.SIGTERM} else [f"the adapter ended with {code} after SIGTERM"]
        )

    def _books(self) -> Books:
        rows = self._till.query(
            "SELECT id, idempotency_key, total, print_state, status, fn, fd, fiscal_sign,"
            " hlc_local_time, hlc_logical_counter FROM receipts ORDER BY rowid"
        )
        register, ofd = self._register.journal(), self._ofd.journal()
        return Books(self._diary.promises, [Row(*row) for row in rows], register, ofd)

    def _verify(self) -> list[str]:
        checked = subprocess.run(
            [sys.executable, "-m", "kkt_adapter.verify", "--data-dir", self._till.data_dir],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        return [] if checked.returncode == 0 else [f"VERIFY: {checked.stdout}{checked.stderr}"]

    def _bugs(self) -> list[str]:
        """What the adapter itself calls a bug of its own in the log."""
        lines = (self._folder / "adapter.log").read_text(encoding="utf-8").splitlines()
        return [
            f"LOG: {line}"
            for line in lines
            if '"level": "CRITICAL"' in line or line.startswith("Traceback")
        ]

    def _figures(self, books: Books) -> dict[str, int]:
        found = dict(
            self._till.query(
                "SELECT 'prints known from the ' || json_extract(metadata, '$.known_by'), count(*)"
                " FROM buffer_events WHERE event_type = 'receipt_printed' GROUP BY 1"
                " UNION ALL SELECT 'event ' || event_type, count(*) FROM buffer_events"
                " GROUP BY event_type"
            )
        )
        return {
            "receipts acknowledged": len({promise.key for promise in books.promises}),
            "receipts in the buffer": len(books.rows),
            "receipts in the register": sum(1 for d in books.register if d["receipt_id"]),
            "other documents in the register": sum(
                1 for document in books.register if not document["receipt_id"]
            ),
            "receipts at the OFD": len(books.ofd),
            **found,
        }
