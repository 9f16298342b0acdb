"""One trace a receipt: from its acceptance to its delivery, whenever that is."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from kkt_adapter.app import tracing
from kkt_adapter.app.sync_worker import SyncWorker
from tests.unit.receipt_samples import SMALLEST, request
from tests.unit.till_parts import Clock, FakeOfd, make_till

sdk = pytest.importorskip("opentelemetry.sdk.trace.export")
memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")


@pytest.fixture
def spans() -> Iterator[object]:
    exporter = memory.InMemorySpanExporter()
    tracing.send_to(sdk.SimpleSpanProcessor(exporter), "POS-001")
    yield exporter
    tracing.stop()


@pytest.mark.anyio
async def test_a_receipt_is_one_trace_from_accept_to_delivery(
    tmp_path: Path, clock: Clock, spans: object
) -> None:
    till = make_till(tmp_path, now=clock)
    till.register.on_printed = till.lane.settle
    worker = SyncWorker(
        till.buffer,
        FakeOfd(),
        till.breaker,
        till.sync_lock,
        till.metrics,
        till.drift,
        now=till.now,
        max_refusals=20,
    )
    till.start()

    sold = [await till.fiscal.accept(request(SMALLEST), str(uuid.uuid4())) for _ in range(2)]
    await worker.run_pass()
    await till.stop()

    finished = spans.get_finished_spans()  # type: ignore[attr-defined]
    for receipt in sold:
        trace_id = uuid.UUID(receipt.id).int
        mine = [span for span in finished if span.context.trace_id == trace_id]
        names = sorted(span.name for span in mine)
        assert names == ["accept", "commit", "commit_printed", "deliver", "print"]
        assert {span.resource.attributes["service.instance.id"] for span in mine} == {"POS-001"}
    assert len(finished) == 10


def test_where_it_is_off_a_span_is_nothing() -> None:
    with tracing.span("accept", "not even a number") as span:
        assert span is None
