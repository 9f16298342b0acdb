"""Every Prometheus name of the adapter. A registry of its own, so that tests can make many apps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from kkt_adapter.app.policy import FN_BLOCK_DAYS

disable_created_metrics()  # type: ignore[no-untyped-call]

# name → (help, how to find it in the status of the till; None = not known now, no sample)
GAUGES: dict[str, tuple[str, Callable[[dict[str, Any]], float | None]]] = {
    "kkt_buffer_size": (
        "Receipts in the buffer that the OFD does not have yet",
        lambda s: s["current_queued"],
    ),
    "kkt_buffer_percent_full": ("Fullness of the buffer, %", lambda s: s["percent_full"]),
    "kkt_circuit_breaker_state": (
        "Circuit breaker to the OFD: 0=CLOSED, 1=OPEN, 2=HALF_OPEN",
        lambda s: ("CLOSED", "OPEN", "HALF_OPEN").index(s["breaker"]["state"]),
    ),
    "kkt_dlq_size": ("Receipts in the dead letter queue", lambda s: s["dlq"]),
    "kkt_hlc_drift_seconds": (
        "Largest known difference between a server's clock and the till's",
        lambda s: s["clock_drift_s"],
    ),
    "kkt_parked_receipts": ("Receipts whose print a person must decide", lambda s: s["parked"]),
    "kkt_refused_receipts": ("Receipts that the register refused", lambda s: s["refused"]),
    "kkt_print_queue": ("Receipts that wait for the register", lambda s: s["waiting_print"]),
    "kkt_oldest_unsent_age_seconds": (
        "Age of the oldest receipt that the OFD does not have",
        lambda s: s["oldest_unsent_age_s"] or 0,
    ),
    "kkt_fn_days_to_block": (
        "Days until the FN stops for want of OFD confirmations",
        lambda s: FN_BLOCK_DAYS if s["days_to_block"] is None else s["days_to_block"],
    ),
    "kkt_register_up": (
        "1 when the register can print",
        lambda s: float(s["register"]["state"] == "ready"),
    ),
    "kkt_fn_memory_percent": ("FN memory used, %", lambda s: s["register"]["memory_percent"]),
    "kkt_fn_documents_left": (
        "Documents that the FN can still take",
        lambda s: s["register"]["documents_left"],
    ),
    "kkt_shift_age_seconds": ("Age of the open shift", lambda s: s["shift"]["age_s"] or 0),
    "kkt_catalogue_age_seconds": ("Age of the catalogue", lambda s: s["catalogue"]["age_s"]),
    "kkt_catalogue_products": ("Products in the catalogue", lambda s: s["catalogue"]["products"]),
    "kkt_odoo_up": (
        "1 when Odoo hears the heartbeat",
        lambda s: None if s["odoo"] == "off" else float(s["odoo"] == "online"),
    ),
    "kkt_disk_free_bytes": ("Free space for the buffer", lambda s: s["disk_free_bytes"]),
}

_PRINT_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 7, 10, 20, 60)
_SYNC_BUCKETS = (0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600)


class Metrics:
    def __init__(self, pos_id: str) -> None:
        self.registry = CollectorRegistry()
        self._pos_id = pos_id

        def counter(name: str, text: str) -> Counter:
            return Counter(name, text, ["pos_id"], registry=self.registry).labels(pos_id)

        def histogram(name: str, text: str, buckets: tuple[float, ...]) -> Histogram:
            return Histogram(
                name, text, ["pos_id"], registry=self.registry, buckets=buckets
            ).labels(pos_id)

        self.breaker_opens = counter(
            "kkt_circuit_breaker_opens_total", "Times the breaker has opened"
        )
        self.synced = counter("kkt_receipts_synced_total", "Receipts delivered to the OFD")
        self.accepted = counter("kkt_receipts_accepted_total", "Receipts taken into the buffer")
        self.unknown_outcomes = counter(
            "kkt_print_unknown_outcomes_total", "Prints whose outcome the register had to be asked"
        )
        self.heartbeat_failures = counter(
            "kkt_heartbeat_failures_total", "Heartbeats that Odoo did not take"
        )
        self.sync_seconds = histogram(
            "kkt_sync_duration_seconds", "Duration of a pass over the buffer", _SYNC_BUCKETS
        )
        self.print_seconds = histogram(
            "kkt_print_duration_seconds", "From the queue's head to the paper", _PRINT_BUCKETS
        )

    def expose(self, status: Callable[[], dict[str, Any]]) -> None:
        """Gauges are read from the till's status at the moment of the scrape."""
        self.registry.register(_StatusGauges(self._pos_id, status))


class _StatusGauges(Collector):
    def __init__(self, pos_id: str, status: Callable[[], dict[str, Any]]) -> None:
        self._pos_id = pos_id
        self._status = status

    def collect(self) -> Iterator[GaugeMetricFamily]:
        status = self._status()
        for name, (text, find) in GAUGES.items():
            value = find(status)
            if value is not None:
                family = GaugeMetricFamily(name, text, labels=["pos_id"])
                family.add_metric([self._pos_id], float(value))
                yield family

    def describe(self) -> list[GaugeMetricFamily]:
        return []
