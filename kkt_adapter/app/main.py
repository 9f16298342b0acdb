"""The application: wiring, lifespan, schedule. `python -m kkt_adapter` runs it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from fastapi import FastAPI

from kkt_adapter.app import __version__, tracing
from kkt_adapter.app.auth import load_tokens
from kkt_adapter.app.config import Settings, is_loopback, load_settings
from kkt_adapter.app.gate import Gate
from kkt_adapter.app.models import ReceiptRequest
from kkt_adapter.app.routes import buffer, error_map, health, page, receipts, sale, shift, training
from kkt_adapter.app.schedule import CLOCK_CHECK_S, Schedule
from kkt_adapter.app.till import Till

log = logging.getLogger(__name__)

_DESCRIPTION = """\
The service beside a till. It keeps every receipt durably before anything is printed, prints it on
the fiscal register exactly once, and delivers it to the fiscal data operator (OFD).

Every error has one shape: `code` (stable), `message` (for the cashier, in Russian), `field`,
`request_id`.
"""


def create_app(settings: Settings | None = None, till: Till | None = None) -> FastAPI:
    """The application for these settings, by default those of config.toml and the environment."""
    settings = settings or load_settings()
    tokens = load_tokens(settings)
    built = till or Till(settings)
    schedule = Schedule(built)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if settings.tracing.enabled:
            tracing.start(settings.tracing.endpoint, settings.adapter.pos_id)
        built.start()
        schedule.start()
        watch = asyncio.create_task(_watch_clock(schedule), name="clock watch")
        log.info("till is open", extra={"mode": settings.adapter.mode})
        try:
            yield
        finally:
            watch.cancel()
            schedule.stop()
            await built.stop()
            tracing.stop()
            log.info("till is closed")

    app = FastAPI(
        title="OpticsERP KKT adapter",
        version=__version__,
        description=_DESCRIPTION,
        lifespan=lifespan,
        # The pages FastAPI offers load scripts from the internet, which a till may not have.
        docs_url=None,
        redoc_url=None,
        license_info={"name": "LGPL-3.0-or-later"},
    )
    app.state.till = built
    app.state.tokens = tokens
    error_map.install(app)
    for module in (sale, receipts, buffer, shift, health):
        app.include_router(module.router)
    for module in (receipts, buffer):
        app.include_router(module.admin)
    if settings.adapter.mode == "training":
        app.include_router(training.router)
    page.mount(app)
    _describe_receipt_body(app)
    app.add_middleware(
        Gate,
        max_body_bytes=settings.adapter.max_body_bytes,
        allowed_origins=settings.adapter.allowed_origins,
        loopback_only=is_loopback(settings.adapter.host),
    )
    return app


async def _watch_clock(schedule: Schedule) -> None:
    while True:
        # asyncio sleeps by a monotonic clock: it is what a jump of the wall clock cannot stop.
        await asyncio.sleep(CLOCK_CHECK_S)
        schedule.watch_clock()


def _describe_receipt_body(app: FastAPI) -> None:
    """The receipt's body is parsed by hand (see routes.sale), so its schema is added here."""
    schema = ReceiptRequest.model_json_schema(ref_template="#/components/schemas/{model}")
    parts = schema.pop("$defs", {})
    generate = app.openapi

    def openapi() -> dict[str, object]:
        description = generate()
        components = description.setdefault("components", {}).setdefault("schemas", {})
        components.update({**parts, "ReceiptRequest": schema})
        return description

    app.openapi = openapi  # type: ignore[method-assign]
