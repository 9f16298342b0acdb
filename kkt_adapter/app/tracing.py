"""OpenTelemetry traces of a receipt's way (accept → commit → print → deliver), off by default.

A receipt's id is the id of its trace, so the delivery of tomorrow joins the sale of today without
anything being stored for it. Where tracing is off a span costs nothing.
"""

from __future__ import annotations

import contextlib
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.trace import Tracer

_NOTHING: contextlib.AbstractContextManager[object] = contextlib.nullcontext()
_tracer: Tracer | None = None


def start(endpoint: str, pos_id: str) -> None:
    """Send spans to this OTLP/HTTP endpoint, in the background. Needs the `tracing` extra."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    send_to(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)), pos_id)


def send_to(processor: SpanProcessor, pos_id: str) -> None:
    """Hand finished spans to this processor."""
    global _tracer  # noqa: PLW0603 - one tracer a process
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    provider = TracerProvider(
        resource=Resource.create({"service.name": "kkt_adapter", "service.instance.id": pos_id})
    )
    provider.add_span_processor(processor)
    _tracer = provider.get_tracer("kkt_adapter")


def stop() -> None:
    global _tracer  # noqa: PLW0603 - one tracer a process
    _tracer = None


def span(name: str, receipt_id: str) -> contextlib.AbstractContextManager[object]:
    if _tracer is None:
        return _NOTHING
    from opentelemetry import trace

    number = uuid.UUID(receipt_id).int
    parent = trace.SpanContext(
        trace_id=number,
        span_id=number & 0xFFFF_FFFF_FFFF_FFFF,
        is_remote=True,
        trace_flags=trace.TraceFlags(trace.TraceFlags.SAMPLED),
    )
    context = trace.set_span_in_context(trace.NonRecordingSpan(parent))
    return _tracer.start_as_current_span(name, context=context)
