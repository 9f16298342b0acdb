"""The buffer's file: opened safely, unchangeable where it must be, honest about a failing disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kkt_adapter.app.buffer import BufferDB, PrintState
from kkt_adapter.app.buffer_file import BufferDamaged
from kkt_adapter.app.errors import StorageFailed, StorageFull
from tests.unit.till_parts import (
    Clock,
    assert_sound,
    fill_free_space,
    full_disk,
    new_receipt,
    printed,
    stored,
)

# -- opening -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("wal_autocheckpoint", 100),
        ("foreign_keys", 1),
        ("user_version", 1),
    ],
)
def test_the_promised_pragmas_are_really_set(buffer: BufferDB, pragma: str, value: object) -> None:
    assert buffer.file.ask(f"PRAGMA {pragma}")[0][0] == value


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "buffer.db"
    path.write_bytes(b"not a database at all" * 100)

    with pytest.raises(BufferDamaged, match="Не удаляйте"):
        BufferDB(path, clock)

    assert path.read_bytes() == b"not a database at all" * 100


def test_a_damaged_schema_is_refused_in_words(buffer: BufferDB, clock: Clock) -> None:
    printed(buffer, 2)
    buffer.close()
    content = bytearray(buffer.file.path.read_bytes())
    content[100:600] = b"\xff" * 500
    buffer.file.path.write_bytes(content)

    with pytest.raises(BufferDamaged):
        BufferDB(buffer.file.path, clock)


def test_a_buffer_without_its_event_log_is_refused_in_words(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "buffer.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE receipts (id TEXT)")
        connection.execute("PRAGMA user_version = 1")
    connection.close()

    with pytest.raises(BufferDamaged):
        BufferDB(path, clock)


def test_somebody_elses_database_is_refused_and_not_written_to(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "buffer.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE contacts (name TEXT)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(BufferDamaged, match="не буфер чеков"):
        BufferDB(path, clock)

    assert path.read_bytes() == before


def test_a_buffer_of_another_version_is_refused_and_not_written_to(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "buffer.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 7")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(BufferDamaged, match="другой версией"):
        BufferDB(path, clock)

    assert path.read_bytes() == before


def test_a_folder_in_place_of_the_file_is_refused_in_words(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "buffer.db").mkdir()

    with pytest.raises(BufferDamaged, match="не открывается"):
        BufferDB(tmp_path / "buffer.db", clock)


# -- what a technician must not do -------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE buffer_events SET timestamp = 0",
        "DELETE FROM buffer_events",
        "DELETE FROM receipts",
    ],
)
def test_events_are_append_only_and_receipts_stay(buffer: BufferDB, statement: str) -> None:
    printed(buffer, 2)

    with pytest.raises(sqlite3.IntegrityError), buffer.file.transaction() as connection:
        connection.execute(statement)

    assert_sound(buffer.file.path)


# -- the disk ----------------------------------------------------------------------------------


def test_on_a_full_disk_a_sale_is_refused_whole_and_the_chain_goes_on_afterwards(
    buffer: BufferDB,
) -> None:
    kept = printed(buffer, 2)
    with full_disk(buffer):
        fill_free_space(buffer)
        lost = new_receipt(order_doc="x" * 10_000)
        with pytest.raises(StorageFull):
            buffer.add(lost)
        with pytest.raises(StorageFull):
            buffer.note("sync_started", filler="x" * 10_000)
        assert buffer.by_key(lost.idempotency_key) is None
        assert [receipt.id for receipt in buffer.to_deliver()] == [kept]

    buffer.add(lost)

    assert buffer.get(lost.id).print_state is PrintState.QUEUED
    assert_sound(buffer.file.path)


def test_an_interrupted_transaction_leaves_neither_row_nor_event(buffer: BufferDB) -> None:
    receipt_id = stored(buffer)

    def interrupted() -> None:
        with buffer.file.transaction() as connection:
            connection.execute("UPDATE receipts SET print_state = 'refused'")
            buffer.file.append("receipt_print_refused", receipt_id, reason="-")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    stored(buffer)

    assert buffer.get(receipt_id).print_state is PrintState.QUEUED
    assert_sound(buffer.file.path)


def test_a_file_that_another_program_keeps_locked_is_a_failed_storage(buffer: BufferDB) -> None:
    buffer.file.connection.execute("PRAGMA busy_timeout=0")
    intruder = sqlite3.connect(buffer.file.path, isolation_level=None)
    intruder.execute("BEGIN IMMEDIATE")

    with pytest.raises(StorageFailed):
        buffer.check_writable()
    intruder.execute("ROLLBACK")
    intruder.close()

    buffer.check_writable()


def test_pages_damaged_under_way_are_a_failed_storage_not_a_crash(
    buffer: BufferDB, clock: Clock
) -> None:
    for fd in range(2, 60):
        printed(buffer, fd)
    buffer.close()
    content = bytearray(buffer.file.path.read_bytes())
    page = int.from_bytes(content[16:18], "big")
    with sqlite3.connect(buffer.file.path) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'receipts'"
        ).fetchone()
    connection.close()
    content[(root - 1) * page : root * page] = b"\xff" * page
    buffer.file.path.write_bytes(content)

    again = BufferDB(buffer.file.path, clock)
    with pytest.raises(StorageFailed):
        again.newest_hlc()
    with pytest.raises(StorageFailed):
        again.add(new_receipt())
    again.close()
