"""Structured logs: one JSON object a line, with ids and numbers, never names or contents.

What a receipt contains stays in the buffer. `extra=` takes ids, codes, counts and durations.
"""

from __future__ import annotations

import logging
import sys
from typing import TextIO

from pythonjsonlogger.json import JsonFormatter


def configure(level: str, pos_id: str, stream: TextIO | None = None) -> None:
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        JsonFormatter(
            "%(asctime)s %(levelname)s %(name)s %(message)s",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            static_fields={"pos_id": pos_id},
            json_ensure_ascii=False,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # A line a request at these is noise; failures still come through.
    for name in ("httpx", "httpcore", "apscheduler", "redis_lock", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("redis_lock.acquire").setLevel(logging.ERROR)
