"""The power cuts: SIGKILL at a chosen kind of moment, and a new start, over and over."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable

from tests.crash.diary import Diary
from tests.crash.faults import ofd_fault, register_fault, strike
from tests.processes import START_WITHIN_S, Process, Simulator, pause


class Power:
    def __init__(
        self,
        till: Process,
        port: int,
        register: Simulator,
        ofd: Simulator,
        diary: Diary,
        chance: random.Random,
    ) -> None:
        self._till = till
        self._port = port
        self._register = register
        self._ofd = ofd
        self._diary = diary
        self._chance = chance
        # How long the last start took: what "during the start" means on this machine today.
        self._start_s = 1.0

    def cut(self) -> None:
        """Wait for a moment of some kind, cut, and switch on again."""
        moments: list[tuple[str, Callable[[], None]]] = [
            ("at any moment of the cycle", self._any_moment),
            ("while it starts", self._while_it_starts),
            ("just after the start", self._just_after_the_start),
            ("just after a fault", self._just_after_a_fault),
            ("during a slow print", self._during_a_slow_print),
        ]
        name, wait = self._chance.choices(moments, weights=(4, 1, 2, 2, 2))[0]
        wait()
        if self._till.running:
            self._diary.happened(f"killed {name}")
        else:
            self._diary.surprised(f"the adapter ended by itself, {name}")
        self._till.kill()
        self._till.start(wait=False)

    def wait_until_up(self) -> None:
        started = time.monotonic()
        while not self._answers():
            if not self._till.running or time.monotonic() - started > START_WITHIN_S:
                return
            pause()
        self._start_s = min(3.0, max(0.2, time.monotonic() - started))

    def _any_moment(self) -> None:
        pause(self._chance.uniform(0, 2 * self._start_s + 0.5))

    def _while_it_starts(self) -> None:
        pause(self._chance.uniform(0, self._start_s))

    def _just_after_the_start(self) -> None:
        self.wait_until_up()
        pause(self._chance.uniform(0, 0.2))

    def _just_after_a_fault(self) -> None:
        self.wait_until_up()
        pause(self._chance.uniform(0, 0.4))
        if self._chance.random() < 0.7:
            strike(self._register, register_fault(self._chance), count=self._chance.randint(1, 3))
        else:
            strike(self._ofd, ofd_fault(self._chance), count=self._chance.randint(1, 3))
        pause(self._chance.uniform(0, 0.15))

    def _during_a_slow_print(self) -> None:
        self.wait_until_up()
        pause(self._chance.uniform(0, 0.3))
        strike(self._register, {"name": "slow", "seconds": 0.5, "on": "receipt"}, count=1)
        pause(self._chance.uniform(0.05, 0.55))

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=1.0):
                return True
        except OSError:
            return False
