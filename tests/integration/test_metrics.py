"""GET /metrics: exactly the promised names, each with the till's label, and values that move."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.till_process import TillProcess, eventually, running_till

PROMISED = {
    "kkt_buffer_size",
    "kkt_buffer_percent_full",
    "kkt_circuit_breaker_state",
    "kkt_circuit_breaker_opens_total",
    "kkt_sync_duration_seconds",
    "kkt_receipts_synced_total",
    "kkt_dlq_size",
    "kkt_hlc_drift_seconds",
}
FOR_OPERATORS = {
    "kkt_print_duration_seconds",
    "kkt_print_unknown_outcomes_total",
    "kkt_oldest_unsent_age_seconds",
    "kkt_fn_days_to_block",
    "kkt_fn_memory_percent",
    "kkt_shift_age_seconds",
    "kkt_catalogue_age_seconds",
}
HISTOGRAM_PART = re.compile("_(bucket|count|sum)$")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[TillProcess]:
    quick = {"sync__interval_s": 1, "sync__breaker_failures": 2, "sync__breaker_reset_s": 600}
    with running_till(tmp_path, adapter__pos_id="POS-042", **quick) as till:
        (till.data_dir / "cache.json").write_text(
            '{"version": "1", "updated_at": 1790000000, "products": []}', encoding="utf-8"
        )
        till.stop()
        yield till.restart()


def samples(till: TillProcess) -> dict[str, float]:
    """Value by name; the label is checked on the way."""
    found = {}
    for family in text_string_to_metric_families(till.http.get("/metrics").text):
        for sample in family.samples:
            assert sample.labels.get("pos_id") == "POS-042", sample
            if "le" not in sample.labels:
                found[sample.name] = sample.value
    return found


def value(till: TillProcess, name: str) -> float:
    return samples(till)[name]


def test_every_promised_name_is_there_and_nothing_foreign(till: TillProcess) -> None:
    till.sell()
    till.wait_until_delivered()

    names = {HISTOGRAM_PART.sub("", name) for name in samples(till)}
    assert names >= PROMISED | FOR_OPERATORS
    assert all(name.startswith("kkt_") for name in names)


def test_values_follow_a_delivered_sale(till: TillProcess) -> None:
    till.sell()
    till.wait_until_delivered()

    now = eventually(lambda: samples(till) if value(till, "kkt_receipts_synced_total") else None)
    assert now is not None
    assert now["kkt_receipts_synced_total"] == 1
    assert now["kkt_buffer_size"] == 0
    assert now["kkt_circuit_breaker_state"] == 0
    assert now["kkt_print_duration_seconds_count"] == 1
    eventually(lambda: value(till, "kkt_sync_duration_seconds_count") == 1)


def test_values_follow_an_ofd_that_is_away(till: TillProcess) -> None:
    till.ofd.fault("down")
    till.sell()
    till.sell()
    eventually(lambda: value(till, "kkt_circuit_breaker_state") == 1)

    now = samples(till)
    assert now["kkt_buffer_size"] == 2
    assert now["kkt_buffer_percent_full"] == 1.0
    assert now["kkt_circuit_breaker_opens_total"] == 1
    assert 29 < now["kkt_fn_days_to_block"] <= 30
    assert now["kkt_receipts_synced_total"] == 0


def test_values_follow_refusals_doubts_and_clocks(till: TillProcess) -> None:
    till.ofd.shift_clock(3600)
    till.ofd.fault("refuse", count=1)
    till.register.fault("deaf_after_print", count=1)
    till.sell()
    till.sell()
    till.wait_until_delivered()

    eventually(lambda: value(till, "kkt_dlq_size") == 1)
    assert value(till, "kkt_print_unknown_outcomes_total") == 1
    assert value(till, "kkt_hlc_drift_seconds") == pytest.approx(3600, abs=10)
