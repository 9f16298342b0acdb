"""The clock that orders receipts: it never steps back, whatever the wall clock does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kkt_adapter.app.hlc import HybridClock, HybridTimestamp
from tests.unit.till_parts import NOON, Clock


def test_hlc_monotonic(clock: Clock) -> None:
    hlc = HybridClock(clock, "POS-001")
    stamps = []
    for jump in (0, 1, 0.4, -86_400, 0, 3600, -1, 86_400 * 2):
        clock.advance(jump)
        stamps.append(hlc.tick())

    assert stamps == sorted(stamps)
    assert len(set(stamps)) == len(stamps)


def test_hlc_same_second(clock: Clock) -> None:
    hlc = HybridClock(clock, "POS-001")

    stamps = [hlc.tick() for _ in range(3)]
    clock.advance(1)
    stamps.append(hlc.tick())

    assert [(s.local_time, s.logical_counter) for s in stamps] == [
        (int(NOON), 0),
        (int(NOON), 1),
        (int(NOON), 2),
        (int(NOON) + 1, 0),
    ]


def test_hlc_ordering() -> None:
    stamps = [
        HybridTimestamp(10, 0, "POS-001"),
        HybridTimestamp(10, 0, "POS-002"),
        HybridTimestamp(10, 1, "POS-001"),
        HybridTimestamp(11, 0, "POS-001"),
    ]

    assert all(earlier < later for earlier, later in combinations(stamps, 2))


def test_the_servers_time_takes_no_part_in_the_order() -> None:
    early, late = HybridTimestamp(10, 0, "POS-001"), HybridTimestamp(10, 1, "POS-001")

    assert early.with_server_time(99) < late.with_server_time(1)
    assert early.with_server_time(99) == early


def test_hlc_thread_safe(clock: Clock) -> None:
    hlc = HybridClock(clock, "POS-001")

    with ThreadPoolExecutor(100) as pool:
        threads = list(pool.map(lambda _: [hlc.tick() for _ in range(50)], range(100)))

    everything = [stamp for stamps in threads for stamp in stamps]
    assert len(set(everything)) == 100 * 50
    assert sorted(stamp.logical_counter for stamp in everything) == list(range(100 * 50))
    assert all(stamps == sorted(stamps) for stamps in threads)


def test_a_restart_with_the_clock_set_back_goes_on_where_the_disk_ends(clock: Clock) -> None:
    stored = HybridTimestamp(int(NOON), 7, "POS-001", server_time=5)
    clock.advance(-86_400)
    hlc = HybridClock(clock, "POS-001")

    hlc.resume_after(stored)

    assert hlc.tick() == HybridTimestamp(int(NOON), 8, "POS-001")


def test_an_older_timestamp_on_disk_does_not_pull_it_back(clock: Clock) -> None:
    hlc = HybridClock(clock, "POS-001")
    newest = hlc.tick()

    hlc.resume_after(HybridTimestamp(1, 0, "POS-001"))

    assert hlc.tick() > newest


def test_it_tells_how_far_it_leads_a_wall_clock_that_was_set_back(clock: Clock) -> None:
    hlc = HybridClock(clock, "POS-001")
    hlc.tick()
    assert hlc.ahead_of_wall() == 0

    clock.advance(-3600)

    assert hlc.ahead_of_wall() == 3600


class AnyWallClock(RuleBasedStateMachine):
    """Jumps, standstills and restarts from what reached the disk."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock(1000)
        self.hlc = HybridClock(self.clock, "POS-001")
        self.on_disk: list[HybridTimestamp] = []

    @rule(moment=st.floats(0, 2**40))
    def wall_clock_jumps(self, moment: float) -> None:
        self.clock.moment = moment

    @rule(seconds=st.floats(0, 2))
    def time_goes_by(self, seconds: float) -> None:
        self.clock.advance(seconds)

    @rule(times=st.integers(1, 4))
    def receipts_are_stored(self, times: int) -> None:
        self.on_disk += [self.hlc.tick() for _ in range(times)]

    @rule()
    def process_restarts(self) -> None:
        self.hlc = HybridClock(self.clock, "POS-001")
        if self.on_disk:
            self.hlc.resume_after(self.on_disk[-1])

    @invariant()
    def the_disk_is_strictly_ordered(self) -> None:
        newest = self.on_disk[-5:]
        assert all(a < b for a, b in pairwise(newest))


TestAnyWallClock = AnyWallClock.TestCase
TestAnyWallClock.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
