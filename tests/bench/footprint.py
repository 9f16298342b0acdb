"""What a till costs a machine while nobody sells: memory, and the time of a start."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path

from tests.bench.selling import sell
from tests.till_process import TillProcess, running_till

SALES_BEFORE = 50


def idle_memory_mb() -> float:
    """After some sales have been made, printed and delivered: resident, of the adapter alone."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, running_till(Path(folder)) as till:
        sell(till.port, SALES_BEFORE)
        till.wait_until_delivered()
        return _resident_mb(till.pid)


def start_s(old_buffer: Path | None, times: int = 3) -> float:
    """From the command to the first answer over HTTP; the median of some starts."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        if old_buffer is not None:
            shutil.copyfile(old_buffer, data_dir / "buffer.db")
        with running_till(Path(folder)) as till:
            return statistics.median(_one_start(till) for _ in range(times))


def _one_start(till: TillProcess) -> float:
    till.kill()
    started = time.monotonic()
    till.start()
    return time.monotonic() - started


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024
