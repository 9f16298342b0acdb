"""The till in one object: what the indicator in the POS, Odoo, Prometheus and the page show."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kkt_adapter.app.buffer import BufferDB
from kkt_adapter.app.catalogue import Catalogue
from kkt_adapter.app.config import Settings
from kkt_adapter.app.drift import ClockDrift
from kkt_adapter.app.errors import (
    AdapterError,
    BufferFull,
    RegisterBlocked,
    RegisterError,
    RegisterShiftExpired,
    Unreadable,
)
from kkt_adapter.app.heartbeat import Heartbeat
from kkt_adapter.app.kkt_driver import RegisterStatus
from kkt_adapter.app.ofd_client import OfdBreaker
from kkt_adapter.app.policy import (
    FN_BLOCK_DAYS,
    MIN_FREE_DISK_BYTES,
    BufferLevel,
    buffer_level,
    network_status,
    percent_full,
)
from kkt_adapter.app.print_lane import PrintLane
from kkt_adapter.app.register import Register
from kkt_adapter.app.responses import iso, shift_answer
from kkt_adapter.app.shift import ShiftDesk
from kkt_adapter.app.sync_lock import SyncLock
from kkt_adapter.app.sync_worker import SyncWorker

_DAY_S = 86_400


class StatusBoard:
    def __init__(
        self,
        settings: Settings,
        *,
        buffer: BufferDB,
        register: Register,
        lane: PrintLane,
        shifts: ShiftDesk,
        breaker: OfdBreaker,
        worker: SyncWorker,
        lock: SyncLock,
        catalogue: Catalogue,
        heartbeat: Heartbeat | None,
        drift: ClockDrift,
        opens_total: Callable[[], float],
        now: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._buffer = buffer
        self._register = register
        self._lane = lane
        self._shifts = shifts
        self._breaker = breaker
        self._worker = worker
        self._lock = lock
        self._catalogue = catalogue
        self._heartbeat = heartbeat
        self._drift = drift
        self._opens_total = opens_total
        self._now = now

    def read(self) -> dict[str, Any]:
        counts = self._buffer.counts()
        queued = counts["queued"] or 0
        capacity = self._settings.buffer.capacity
        level = buffer_level(queued, capacity)
        return {
            "pos_id": self._settings.adapter.pos_id,
            "mode": self._settings.adapter.mode,
            "total_capacity": capacity,
            "current_queued": queued,
            "percent_full": percent_full(queued, capacity),
            "level": level.value,
            "message": _level_words(level, queued, capacity),
            "network_status": self._network(),
            "breaker": {
                "state": self._breaker.state,
                "opens_total": int(self._opens_total()),
                "retry_in_s": round(self._breaker.blocked_for_s()),
            },
            "oldest_unsent_age_s": self._age(counts["oldest_unsent_at"]),
            "days_to_block": self._days_to_block(counts["oldest_printed_unsent_at"]),
            "dlq": counts["dlq"],
            "parked": counts["parked"],
            "refused": counts["refused"],
            "waiting_print": counts["waiting_print"],
            "print_lane": {
                "state": self._lane.view.state.value,
                "message": self._lane.view.message,
                "receipt_id": self._lane.view.receipt_id,
            },
            "register": self._register_view(),
            "shift": shift_answer(self._shifts.view()),
            "catalogue": {
                "products": len(self._catalogue),
                "age_s": self._catalogue.age_s(),
                "version": self._catalogue.version,
            },
            "last_sync_at": iso(self._worker.last_sync_at),
            "last_sync_duration_s": self._worker.last_duration_s,
            "odoo": self._odoo(),
            "redis": self._redis(),
            "clock_drift_s": self._drift.worst(),
            "clock_drift_by_source_s": self._drift.by_source(),
            "disk_free_bytes": free_bytes(self._settings.adapter.data_dir),
        }

    def health(self) -> dict[str, Any]:
        """`healthy`; `degraded`: it sells, somebody should look; `unhealthy`: it cannot sell."""
        status = self.read()
        enough_disk = status["disk_free_bytes"] >= MIN_FREE_DISK_BYTES
        register = status["register"]
        components = {
            "database": {"state": "ok"},
            "disk": {
                "state": "ok" if enough_disk else "low",
                "free_bytes": status["disk_free_bytes"],
            },
            "register": {"state": register["state"], "message": register["message"]},
            "circuit_breaker": {"state": status["breaker"]["state"]},
            "sync_worker": {
                "state": self._worker.state,
                "last_sync_at": status["last_sync_at"],
            },
            "redis": {"state": status["redis"]},
            "odoo": {"state": status["odoo"]},
            "buffer": {"state": status["level"], "percent_full": status["percent_full"]},
            "shift": {"state": status["shift"]["state"], "age_s": status["shift"]["age_s"]},
        }
        can_sell = status["level"] != BufferLevel.FULL and status["shift"]["state"] != "expired"
        if not enough_disk or not can_sell:
            verdict = "unhealthy"
        elif (
            register["state"] != "ready"
            or status["breaker"]["state"] != "CLOSED"
            or status["redis"] == "offline"
            or status["level"] == BufferLevel.WARNING
            or status["dlq"]
            or status["parked"]
            or status["refused"]
        ):
            verdict = "degraded"
        else:
            verdict = "healthy"
        return {"status": verdict, "components": components}

    def for_odoo(self) -> dict[str, Any]:
        """The heartbeat: who, how the buffer stands, and the breaker, on top for one UPSERT."""
        status = self.read()
        return {
            "pos_id": status["pos_id"],
            "buffer_status": status,
            "cb_state": status["breaker"]["state"],
            "sent_at": iso(self._now()),
        }

    def _network(self) -> str:
        odoo = None if self._heartbeat is None else self._heartbeat.link.online
        reachable = self._breaker.state == "CLOSED"
        return network_status(
            ofd_reachable=reachable, odoo_online=odoo, ofd_failing=self._worker.failing
        ).value

    def _odoo(self) -> str:
        if self._heartbeat is None:
            return "off"
        return "online" if self._heartbeat.link.online else "offline"

    def _redis(self) -> str:
        if not self._settings.redis.url:
            return "off"
        return "offline" if self._lock.redis_online is False else "online"

    def _age(self, moment: int | None) -> int | None:
        return None if moment is None else max(0, int(self._now() - moment))

    def _days_to_block(self, oldest: int | None) -> float | None:
        age = self._age(oldest)
        return None if age is None else round(FN_BLOCK_DAYS - age / _DAY_S, 2)

    def _register_view(self) -> dict[str, Any]:
        status = self._register.status
        # What stopped the lane outlives a glance at the register, which may look sound meanwhile.
        error = self._lane.stuck_on or self._register.last_error
        if status is None:
            return {
                "state": "offline" if error else "unknown",
                "fn": None,
                "last_fd": None,
                "message": error.message if error else "Регистратор ещё не ответил.",
                "documents_left": None,
                "memory_percent": None,
                "valid_until": None,
            }
        return {
            "state": _register_state(status, error),
            "fn": status.fn,
            "last_fd": status.last_fd,
            "message": error.message if error else None,
            "documents_left": status.documents_left,
            "memory_percent": status.memory_percent,
            "valid_until": status.valid_until,
        }


def _register_state(status: RegisterStatus, error: AdapterError | None) -> str:
    match error:
        case Unreadable():
            return "unreadable"
        case RegisterShiftExpired():
            return "ready"
        case RegisterBlocked():
            return "exhausted"
        case RegisterError(answered=False):
            return "offline"
    if status.exhausted:
        return "exhausted"
    return "ready" if status.paper else "no_paper"


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _level_words(level: BufferLevel, queued: int, capacity: int) -> str | None:
    if level is BufferLevel.FULL:
        return BufferFull.message
    if level is BufferLevel.WARNING:
        return (
            f"В буфере {queued} чеков из {capacity}: проверьте интернет. Продажи остановятся,"
            " когда буфер заполнится."
        )
    return None
