"""A thread that keeps everything around the adapter going wrong, and does what people do then."""

from __future__ import annotations

import contextlib
import random
import threading
from collections.abc import Callable
from typing import Any

from tests.crash import faults
from tests.crash.caller import Caller
from tests.crash.diary import Diary
from tests.processes import Simulator

# What a person may be answered; None: no answer, the adapter was just killed.
_SHIFT_ANSWERS = {None, 200, 409, 503}
_SYNC_ANSWERS = {None, 202, 409}
_RESOLVE_ANSWERS = {None, 200, 409}


class Mischief(threading.Thread):
    def __init__(
        self, port: int, register: Simulator, ofd: Simulator, diary: Diary, seed: str
    ) -> None:
        super().__init__(name="mischief", daemon=True)
        self._caller = Caller(port)
        self._register = register
        self._ofd = ofd
        self._diary = diary
        self._chance = random.Random(seed)
        self._ending = threading.Event()

    def end(self) -> None:
        self._ending.set()

    def run(self) -> None:
        acts: dict[Callable[[], None], int] = {
            self._register_fault: 8,
            self._ofd_fault: 6,
            self._unreadable: 3,
            self._kill_register: 1,
            self._kill_ofd: 1,
            self._z_report: 2,
            self._x_report: 1,
            self._force_sync: 2,
        }
        with contextlib.closing(self._caller):
            while not self._ending.wait(self._chance.uniform(0.1, 0.8)):
                (act,) = self._chance.choices(list(acts), weights=list(acts.values()))
                act()

    # -- things break -----------------------------------------------------------------------------

    def _register_fault(self) -> None:
        self._break(self._register, "register", faults.register_fault(self._chance))

    def _ofd_fault(self) -> None:
        self._break(self._ofd, "OFD", faults.ofd_fault(self._chance))

    def _break(self, simulator: Simulator, name: str, fault: faults.Fault) -> None:
        """For a few times or, until it is repaired, for a while."""
        if self._chance.random() < 0.5:
            struck = faults.strike(simulator, fault, count=self._chance.randint(1, 5))
        else:
            struck = faults.strike(simulator, fault)
            self._ending.wait(self._chance.uniform(0.1, 1.5))
            faults.clear(simulator)
        if struck:
            self._diary.happened(f"{name}: {fault['name']}")

    def _unreadable(self) -> None:
        """A print is lost, and the register cannot say whether it was done: people decide."""
        lost = self._chance.choice(("deaf_after_print", "deaf_before_print"))
        faults.strike(self._register, {"name": "unreadable"})
        faults.strike(self._register, {"name": lost, "on": "receipt"}, count=1)
        self._ending.wait(self._chance.uniform(0.3, 1.5))
        if self._chance.random() < 0.7:
            self.press_buttons()
        faults.clear(self._register)
        self._diary.happened("register: unreadable")

    def _kill_register(self) -> None:
        self._restart(self._register, "register: SIGKILL")

    def _kill_ofd(self) -> None:
        self._restart(self._ofd, "OFD: SIGKILL")

    def _restart(self, simulator: Simulator, what: str) -> None:
        simulator.kill()
        self._ending.wait(self._chance.uniform(0, 0.5))
        simulator.restart()
        self._diary.happened(what)

    # -- people act -------------------------------------------------------------------------------

    def press_buttons(self) -> None:
        """The paper is looked at, and the right one of the two buttons pressed."""
        listed = self._caller.ask("GET", "/v1/kkt/receipts?print_state=parked")
        if listed is None:
            return
        for receipt in listed.body["items"]:
            # Parked means that nothing is in flight: the journal is what lies on the paper.
            paper = self._paper(receipt["receipt_id"])
            decision = {"by": "harness", "reason": "the register's journal"} | paper
            path = f"/v1/kkt/receipts/{receipt['receipt_id']}/resolve"
            self._post("button " + decision["outcome"], path, decision, _RESOLVE_ANSWERS)

    def _paper(self, receipt_id: str) -> dict[str, Any]:
        for document in self._register.journal():
            if document["receipt_id"] == receipt_id:
                sign = document["fiscal_sign"]
                return {"outcome": "printed", "fd": document["fd"], "fiscal_sign": sign}
        return {"outcome": "not_printed"}

    def _z_report(self) -> None:
        force = self._chance.random() < 0.5
        self._post("Z report", "/v1/kkt/shift/close", {"force": force}, _SHIFT_ANSWERS)

    def _x_report(self) -> None:
        self._post("X report", "/v1/kkt/shift/x-report", None, _SHIFT_ANSWERS)

    def _force_sync(self) -> None:
        self._post("forced delivery", "/v1/kkt/buffer/sync", {"force": True}, _SYNC_ANSWERS)

    def _post(
        self, what: str, path: str, body: dict[str, Any] | None, expected: set[int | None]
    ) -> None:
        answer = self._caller.ask("POST", path, body, within_s=10)
        status = None if answer is None else answer.status
        self._diary.happened(f"{what}: {status or 'no answer'}")
        if status not in expected:
            self._diary.surprised(f"{what}: {answer}")
