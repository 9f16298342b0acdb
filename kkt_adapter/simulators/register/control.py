"""The register's control side: what both simulators have, and the FN's size."""

from __future__ import annotations

from typing import Any

from fastapi import Body, FastAPI

from kkt_adapter.simulators.control import control_app, number_in
from kkt_adapter.simulators.register.server import RegisterServer


def register_control(server: RegisterServer) -> FastAPI:
    app = control_app("Виртуальный регистратор: управление", server)

    @app.get("/fn")
    async def fn() -> dict[str, Any]:
        return _fn(server)

    @app.post("/fn")
    async def resize(wish: dict[str, Any] = Body()) -> dict[str, Any]:
        """A small FN shows its end within a demonstration."""
        now = {"capacity": server.device.fn.capacity}
        now["unsent_capacity"] = server.device.fn.unsent_capacity
        wish = now | wish
        server.device.resize(
            int(number_in(wish, "capacity", 1, 10**9)),
            int(number_in(wish, "unsent_capacity", 1, 10**9)),
        )
        return _fn(server)

    return app


def _fn(server: RegisterServer) -> dict[str, Any]:
    fn = server.device.fn
    return {
        "serial": fn.serial,
        "registration_number": fn.registration_number,
        "capacity": fn.capacity,
        "unsent_capacity": fn.unsent_capacity,
        "documents_left": server.device.documents_left,
        "confirmed_fd": fn.confirmed_fd,
    }
