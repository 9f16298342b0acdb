"""Drivers of fiscal registers, chosen by the scheme of `kkt.uri`."""

from __future__ import annotations

from urllib.parse import urlsplit

from kkt_adapter.app.config import ConfigError
from kkt_adapter.app.kkt_driver import KktDriver


def open_driver(uri: str, *, timeout_s: float) -> KktDriver:
    """The driver for this address; it connects when first asked to."""
    parts = urlsplit(uri)
    if parts.scheme == "virtual":
        from kkt_adapter.app.drivers.virtual import VirtualDriver

        return VirtualDriver(parts.hostname or "", parts.port or 0, timeout_s=timeout_s)
    raise ConfigError(f"Настройка kkt.uri: драйвера «{parts.scheme}» нет, есть: virtual.")
