"""`python -m kkt_adapter.verify`: a sound buffer is found sound, and any edit of it is seen."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.processes import ROOT
from tests.till_process import TillProcess, eventually, running_till

TRIGGERS = (
    "buffer_events_are_never_changed",
    "buffer_events_are_never_deleted",
    "receipts_are_never_deleted",
)


def verify(data_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kkt_adapter.verify", "--data-dir", str(data_dir)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def live_a_little(till: TillProcess) -> None:
    """Every kind of fate: delivered, lost answers, the DLQ and back, a shift closed."""
    till.register.fault("deaf_after_print", count=1)
    till.ofd.fault("error", count=1)
    till.sell()
    till.ofd.fault("refuse", count=2)
    till.sell()
    till.sell()
    first, second = eventually(lambda: till.dlq() if len(till.dlq()) == 2 else None)  # type: ignore[misc]
    decision = {"by": "Смирнов", "reason": "разобрались"}
    till.post(f"/v1/kkt/dlq/{first['id']}/requeue", decision)
    till.post(f"/v1/kkt/dlq/{second['id']}/resolve", decision)
    till.ofd.fault("refuse", count=1)
    till.sell(order_ref="left in the DLQ")
    eventually(till.dlq)
    till.post("/v1/kkt/shift/close")
    till.sell()
    till.wait_until_delivered()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TillProcess]:
    with running_till(tmp_path_factory.mktemp("till"), sync__interval_s=1) as till:
        live_a_little(till)
        yield till


@pytest.fixture
def copy(lived: TillProcess, tmp_path: Path) -> Path:
    """The data directory of a till that has lived, to be spoilt."""
    (tmp_path / "data").mkdir()
    with (
        closing(sqlite3.connect(lived.data_dir / "buffer.db")) as source,
        closing(sqlite3.connect(tmp_path / "data" / "buffer.db")) as target,
    ):
        source.backup(target)
    return tmp_path / "data"


def spoil(data_dir: Path, *statements: str) -> None:
    with closing(sqlite3.connect(data_dir / "buffer.db", isolation_level=None)) as connection:
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement


def test_a_buffer_that_has_lived_is_sound(lived: TillProcess) -> None:
    result = verify(lived.data_dir)

    assert result.returncode == 0, result.stdout
    assert result.stdout.count("\n") == 1
    assert "цел: чеков 5" in result.stdout


def test_a_till_never_used_is_sound(till: TillProcess) -> None:
    assert verify(till.data_dir).returncode == 0


def test_it_reads_beside_an_adapter_that_sells(lived: TillProcess) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kkt_adapter.verify", "--data-dir", str(lived.data_dir)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as verifying:
        statuses = {lived.sell().json()["status"] for _ in range(20)}
        output, _ = verifying.communicate(timeout=60)

    assert statuses == {"printed"}
    assert verifying.returncode == 0, output


def test_it_changes_nothing(copy: Path) -> None:
    before = (copy / "buffer.db").read_bytes()

    assert verify(copy).returncode == 0

    assert (copy / "buffer.db").read_bytes() == before


def test_it_reads_what_a_power_cut_left(lived: TillProcess, tmp_path: Path) -> None:
    # The WAL as it lies on disk at this moment, without the shared memory of the live process.
    for name in ("buffer.db", "buffer.db-wal"):
        shutil.copy(lived.data_dir / name, tmp_path / name)

    assert verify(tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("edit", "finding"),
    [
        ("UPDATE buffer_events SET metadata = '{}' WHERE id = 1", "событие 1"),
        ("UPDATE buffer_events SET timestamp = timestamp + 1 WHERE id = 3", "событие 3"),
        ("UPDATE buffer_events SET event_type = 'clock_jumped' WHERE id = 2", "событие 2"),
        ("UPDATE buffer_events SET hash = zeroblob(32) WHERE id = 4", "событие 4"),
        ("DELETE FROM buffer_events WHERE id = 5", "событий 5–5 нет"),
        ("DELETE FROM buffer_events WHERE id BETWEEN 5 AND 7", "событий 5–7 нет"),
        (
            "DELETE FROM buffer_events WHERE id > (SELECT max(id) - 2 FROM buffer_events)",
            "конец журнала удалили",
        ),
        ("UPDATE receipts SET total = total - 1 WHERE rowid = 1", "total"),
        ("UPDATE receipts SET fiscal_doc = '{}' WHERE rowid = 1", "документ изменён"),
        ("UPDATE receipts SET status = 'pending' WHERE rowid = 1", "status"),
        ("UPDATE receipts SET fiscal_sign = '1' WHERE rowid = 1", "fiscal_sign"),
        ("UPDATE receipts SET fd = 900 WHERE rowid = 1", "fd"),
        ("UPDATE receipts SET hlc_logical_counter = 99 WHERE rowid = 1", "hlc_logical_counter"),
        ("UPDATE receipts SET hlc_server_time = 1 WHERE rowid = 1", "hlc_server_time"),
        ("UPDATE receipts SET retry_count = 9 WHERE rowid = 1", "retry_count"),
        ("UPDATE receipts SET ofd_id = 'OFD-1000' WHERE rowid = 1", "ofd_id"),
        ("DELETE FROM receipts WHERE rowid = 1", "строки нет"),
        ("DELETE FROM dlq WHERE resolved_at IS NULL", "в очереди разбора его нет"),
        ("UPDATE dlq SET last_error = '' WHERE resolved_at IS NULL", "last_error"),
        ("UPDATE dlq SET resolved_by = 'никто' WHERE resolution = 'resolved'", "resolved_by"),
        ("UPDATE dlq SET resolved_at = NULL WHERE resolution = 'requeued'", "resolved_at"),
        ("UPDATE dlq SET fiscal_doc = '{}' WHERE resolved_at IS NULL", "документ изменён"),
    ],
)
def test_an_edit_is_seen(copy: Path, edit: str, finding: str) -> None:
    spoil(copy, edit)

    result = verify(copy)

    assert result.returncode == 1
    assert finding in result.stdout
    assert "нарушен" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


def test_a_row_without_a_history_is_seen(copy: Path) -> None:
    columns = "pos_id, type, created_at, hlc_local_time, hlc_logical_counter, total, fiscal_doc"
    spoil(
        copy,
        f"INSERT INTO receipts (id, idempotency_key, request_hash, {columns})"
        f" SELECT 'forged', 'forged', x'00', {columns} FROM receipts LIMIT 1",
    )

    assert "чек forged: строка есть, а событий нет" in verify(copy).stdout


def test_a_damaged_file_is_seen(copy: Path) -> None:
    path = copy / "buffer.db"
    content = bytearray(path.read_bytes())
    content[8192:20480] = b"\x5a" * 12288
    path.write_bytes(content)

    result = verify(copy)

    assert result.returncode == 1
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("content", [None, b"", b"not a database" * 100])
def test_what_is_no_buffer_is_said_so(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "buffer.db").write_bytes(content)

    result = verify(tmp_path)

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
