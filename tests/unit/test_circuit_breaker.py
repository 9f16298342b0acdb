"""The circuit breaker to the OFD, by a monotonic clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pybreaker
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kkt_adapter.app.errors import NotReached, RefusedByContent, ServerRefused, TryLater
from kkt_adapter.app.ofd_client import OfdBreaker
from tests.unit.till_parts import Clock, FakeOfd

pytestmark = pytest.mark.anyio

FAILURES, RESET_S, SUCCESSES = 5, 60, 2


class Line:
    """A breaker in front of an OFD in memory."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.ofd = FakeOfd()
        self.changes: list[str] = []
        self.breaker = OfdBreaker(
            failures=FAILURES,
            reset_s=RESET_S,
            successes=SUCCESSES,
            changed=self.changes.append,
            monotonic=self.clock,
        )

    @property
    def state(self) -> str:
        return self.breaker.state

    async def call(self, outcome: Exception | None = None) -> None:
        self.ofd.always = outcome
        await self.breaker.deliver(self.ofd, "r-1", {"fd": 1})

    async def fail(self, times: int = 1, error: Exception | None = None) -> None:
        for _ in range(times):
            given = error or NotReached("нет сети")
            with pytest.raises(type(given)):
                await self.call(given)

    async def refuses_to_try(self) -> bool:
        asked = len(self.ofd.asked)
        with pytest.raises(pybreaker.CircuitBreakerError):
            await self.call()
        return len(self.ofd.asked) == asked


@pytest.fixture
def line() -> Line:
    return Line()


async def test_cb_starts_closed_and_lets_calls_through(line: Line) -> None:
    await line.call()

    assert line.state == "CLOSED"
    assert line.breaker.blocked_for_s() == 0
    assert line.ofd.taken_fds == [1]


async def test_cb_opens_after_5_failures(line: Line) -> None:
    await line.fail(4)
    assert line.state == "CLOSED"

    await line.fail()

    assert line.state == "OPEN"
    assert line.changes == ["open"]


async def test_cb_failures_must_be_consecutive(line: Line) -> None:
    await line.fail(4)
    await line.call()
    await line.fail(4)

    assert line.state == "CLOSED"


async def test_cb_open_makes_no_calls(line: Line) -> None:
    await line.fail(5)

    assert await line.refuses_to_try()
    assert line.breaker.blocked_for_s() == RESET_S


async def test_cb_half_open_after_60s(line: Line) -> None:
    await line.fail(5)
    line.clock.advance(RESET_S - 1)
    assert await line.refuses_to_try()
    assert line.breaker.blocked_for_s() == 1

    line.clock.advance(1)

    assert line.breaker.blocked_for_s() == 0
    await line.call()
    assert line.state == "HALF_OPEN"


async def test_cb_closes_after_2_successes(line: Line) -> None:
    await line.fail(5)
    line.clock.advance(RESET_S)

    await line.call()
    assert line.state == "HALF_OPEN"
    await line.call()

    assert line.state == "CLOSED"
    assert line.changes == ["open", "half-open", "closed"]
    await line.fail(4)
    assert line.state == "CLOSED"


@pytest.mark.parametrize("successes", [0, 1])
async def test_cb_reopens_on_failure(line: Line, successes: int) -> None:
    await line.fail(5)
    line.clock.advance(RESET_S)
    for _ in range(successes):
        await line.call()

    await line.fail()

    assert line.state == "OPEN"
    assert line.breaker.blocked_for_s() == RESET_S
    assert await line.refuses_to_try()


@pytest.mark.parametrize(
    "answer", [RefusedByContent("нет тега"), TryLater("много запросов", pause_s=5)]
)
async def test_an_ofd_that_answers_about_a_receipt_is_alive(line: Line, answer: Exception) -> None:
    await line.fail(20, answer)
    assert line.state == "CLOSED"

    await line.fail(4)
    await line.fail(1, answer)
    await line.fail(4)
    assert line.state == "CLOSED"


async def test_an_ofd_that_fails_on_receipts_counts_as_failing(line: Line) -> None:
    await line.fail(5, ServerRefused("500"))

    assert line.state == "OPEN"


async def test_a_person_need_not_wait_out_the_pause(line: Line) -> None:
    await line.fail(5)

    line.breaker.try_now()
    await line.call()

    assert line.state == "HALF_OPEN"


async def test_a_person_changes_nothing_while_it_is_closed(line: Line) -> None:
    line.breaker.try_now()

    assert (line.state, line.changes) == ("CLOSED", [])


async def test_the_original_error_is_raised_by_the_call_that_trips_it(line: Line) -> None:
    await line.fail(4)

    with pytest.raises(NotReached, match="нет сети"):
        await line.call(NotReached("нет сети"))


async def test_a_wall_clock_set_back_a_day_does_not_keep_it_open(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    class YesterdaysClock(pybreaker.datetime):  # type: ignore[misc, name-defined]
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return super().now(tz) - pybreaker.timedelta(days=1)

    await line.fail(5)
    monkeypatch.setattr("pybreaker.datetime", YesterdaysClock)
    monkeypatch.setattr("kkt_adapter.app.ofd_client.datetime", YesterdaysClock)
    assert await line.refuses_to_try()

    line.clock.advance(RESET_S)
    await line.call()

    assert line.state == "HALF_OPEN"


class AnyCalls(RuleBasedStateMachine):
    """The breaker against a model of four lines."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.line = Line()
        self.state = "CLOSED"
        self.failed = self.succeeded = 0
        self.opened_at = 0.0

    def teardown(self) -> None:
        self.loop.close()

    def _run(self, step: Callable[[], Any]) -> Any:
        return self.loop.run_until_complete(step())

    def _open(self) -> None:
        self.state, self.opened_at = "OPEN", self.line.clock()

    def _may_call(self) -> bool:
        if self.state == "OPEN" and self.line.clock() >= self.opened_at + RESET_S:
            self.state, self.succeeded = "HALF_OPEN", 0
        return self.state != "OPEN"

    @rule(seconds=st.sampled_from([0, 1, 30, 59, 60, 3600]))
    def time_goes_by(self, seconds: int) -> None:
        self.line.clock.advance(seconds)

    @rule(answer=st.sampled_from([None, RefusedByContent("422"), TryLater("429")]))
    def the_ofd_answers(self, answer: Exception | None) -> None:
        if not self._may_call():
            assert self._run(self.line.refuses_to_try)
            return
        try:
            self._run(lambda: self.line.call(answer))
        except (RefusedByContent, TryLater):
            assert answer is not None
        self.failed = 0
        if self.state == "HALF_OPEN":
            self.succeeded += 1
            if self.succeeded == SUCCESSES:
                self.state = "CLOSED"

    @rule(error=st.sampled_from([NotReached("нет сети"), ServerRefused("500")]))
    def the_ofd_fails(self, error: Exception) -> None:
        if not self._may_call():
            assert self._run(self.line.refuses_to_try)
            return
        self._run(lambda: self.line.fail(1, error))
        self.failed += 1
        if self.state == "HALF_OPEN" or self.failed >= FAILURES:
            self._open()
            self.failed = 0

    @precondition(lambda self: self.state == "OPEN")
    @rule()
    def a_person_forces_it(self) -> None:
        self.line.breaker.try_now()
        self.state, self.succeeded = "HALF_OPEN", 0

    @invariant()
    def it_is_in_the_models_state(self) -> None:
        assert self.line.state == self.state

    @invariant()
    def it_tells_how_long_it_is_blocked(self) -> None:
        left = self.opened_at + RESET_S - self.line.clock()
        expected = max(0.0, left) if self.state == "OPEN" else 0.0
        assert self.line.breaker.blocked_for_s() == expected


TestAnyCalls = AnyCalls.TestCase
TestAnyCalls.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
