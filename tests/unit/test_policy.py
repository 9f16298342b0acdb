"""The tables of the edge: back-off, fullness, network, link."""

from __future__ import annotations

import pytest

from kkt_adapter.app.policy import (
    BufferLevel,
    LinkState,
    NetworkStatus,
    backoff_s,
    buffer_level,
    is_due,
    network_status,
    percent_full,
)


def test_the_pause_doubles_up_to_a_minute() -> None:
    assert [backoff_s(n) for n in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.parametrize("failures", [0, -1])
def test_before_any_failure_there_is_no_pause(failures: int) -> None:
    assert backoff_s(failures) == 0


def test_days_of_failures_do_not_overflow_the_pause() -> None:
    assert backoff_s(10**9) == 60


@pytest.mark.parametrize(
    ("now", "due"), [(999, False), (999.999, False), (1000, True), (5000, True), (940, False)]
)
def test_an_attempt_waits_for_its_moment(now: float, due: bool) -> None:
    assert is_due(now, 1000) is due


def test_a_receipt_never_tried_is_due() -> None:
    assert is_due(0, None)


def test_a_moment_further_off_than_any_pause_was_written_before_the_clock_was_set_back() -> None:
    assert is_due(1000 - 86_400, 1000)
    assert not is_due(1000 - 61, 1000)
    assert is_due(1000 - 61.1, 1000)


@pytest.mark.parametrize(
    ("queued", "level"),
    [
        (0, BufferLevel.OK),
        (159, BufferLevel.OK),
        (160, BufferLevel.WARNING),
        (199, BufferLevel.WARNING),
        (200, BufferLevel.FULL),
        (201, BufferLevel.FULL),
    ],
)
def test_the_buffer_warns_at_80_percent_and_is_full_at_100(queued: int, level: BufferLevel) -> None:
    assert buffer_level(queued, 200) is level


def test_fullness_is_shown_to_a_tenth() -> None:
    assert percent_full(1, 3) == 33.3
    assert percent_full(250, 200) == 125.0


@pytest.mark.parametrize(
    ("ofd", "odoo", "status"),
    [
        (True, None, NetworkStatus.ONLINE),
        (True, True, NetworkStatus.ONLINE),
        (True, False, NetworkStatus.DEGRADED),
        (False, True, NetworkStatus.DEGRADED),
        (False, None, NetworkStatus.OFFLINE),
        (False, False, NetworkStatus.OFFLINE),
    ],
)
def test_the_network_is_what_can_be_reached(
    ofd: bool, odoo: bool | None, status: NetworkStatus
) -> None:
    assert network_status(ofd_reachable=ofd, odoo_online=odoo) is status


def after(link: LinkState, *beats: bool) -> LinkState:
    for beat in beats:
        link = link.after(beat)
    return link


def test_a_link_is_online_after_two_successes() -> None:
    assert not after(LinkState(), True).online
    assert after(LinkState(), True, True).online
    assert not after(LinkState(), True, False, True).online


def test_a_link_is_offline_after_three_failures_in_a_row() -> None:
    online = after(LinkState(), True, True)

    assert after(online, False, False).online
    assert not after(online, False, False, False).online
    assert after(online, False, False, True, False, False).online


def test_a_link_that_was_offline_needs_two_successes_again() -> None:
    offline = after(LinkState(), True, True, False, False, False)

    assert not after(offline, True).online
    assert after(offline, True, True).online
