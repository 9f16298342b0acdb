"""The rules of thumb of the edge, as tables and small functions. No clock, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

BACKOFF_CAP_S = 60
RETRY_AFTER_CAP_S = 3600
WARNING_PERCENT = 80.0
FN_BLOCK_DAYS = 30
SHIFT_LIMIT_S = 24 * 3600
SHIFT_WARNING_S = 22 * 3600
MIN_FREE_DISK_BYTES = 1 << 30


def backoff_s(failures: int) -> int:
    """Pause before attempt number `failures` + 1: 1, 2, 4 … 60 s."""
    return min(BACKOFF_CAP_S, 1 << min(failures - 1, 6)) if failures > 0 else 0


def is_due(now: float, next_attempt_at: float | None) -> bool:
    """Whether an attempt may be made. A moment further off than any back-off can be was written
    before the clock was set back, and must not hold a receipt for a day."""
    if next_attempt_at is None or next_attempt_at <= now:
        return True
    # Moments are kept in whole seconds, rounded up.
    return next_attempt_at - now > BACKOFF_CAP_S + 1


class BufferLevel(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FULL = "full"


def percent_full(queued: int, capacity: int) -> float:
    return round(100.0 * queued / capacity, 1)


def buffer_level(queued: int, capacity: int) -> BufferLevel:
    if queued >= capacity:
        return BufferLevel.FULL
    return BufferLevel.WARNING if 100.0 * queued / capacity >= WARNING_PERCENT else BufferLevel.OK


class NetworkStatus(StrEnum):
    ONLINE = "online"
    DEGRADED = "degraded"
    OFFLINE = "offline"


def network_status(
    *, ofd_reachable: bool, odoo_online: bool | None, ofd_failing: bool = False
) -> NetworkStatus:
    """`odoo_online` is None where no Odoo is configured; `ofd_failing`: the last attempt failed,
    though not yet so often that the breaker took the OFD for unreachable."""
    if ofd_reachable and odoo_online is not False:
        return NetworkStatus.DEGRADED if ofd_failing else NetworkStatus.ONLINE
    if not ofd_reachable and not odoo_online:
        return NetworkStatus.OFFLINE
    return NetworkStatus.DEGRADED


@dataclass(frozen=True, slots=True)
class LinkState:
    """Online or offline with hysteresis, so that one lost packet does not frighten anybody."""

    online: bool = False
    failures: int = 0
    successes: int = 0

    FAILURES_TO_OFFLINE = 3
    SUCCESSES_TO_ONLINE = 2

    def after(self, success: bool) -> LinkState:
        if success:
            successes = self.successes + 1
            return LinkState(self.online or successes >= self.SUCCESSES_TO_ONLINE, 0, successes)
        failures = self.failures + 1
        return LinkState(self.online and failures < self.FAILURES_TO_OFFLINE, failures, 0)
