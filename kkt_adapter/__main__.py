"""`python -m kkt_adapter`: the till's adapter. Exit code 2: the settings do not allow a start."""

from __future__ import annotations

import signal
import sys

import uvicorn

from kkt_adapter.app import logs
from kkt_adapter.app.buffer_file import BufferDamaged
from kkt_adapter.app.config import ConfigError, load_settings
from kkt_adapter.app.main import create_app


def main() -> int:
    try:
        settings = load_settings()
        logs.configure(settings.adapter.log_level, settings.adapter.pos_id)
        app = create_app(settings)
    except (ConfigError, BufferDamaged) as error:
        print(error, file=sys.stderr)
        return 2
    # uvicorn repeats the signal when it is done; a till that was asked to end has not failed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        app,
        host=settings.adapter.host,
        port=settings.adapter.port,
        log_config=None,
        access_log=False,
        server_header=False,
        # A print in hand is finished before the service ends.
        timeout_graceful_shutdown=int(settings.kkt.answer_within_s + settings.kkt.timeout_s),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
