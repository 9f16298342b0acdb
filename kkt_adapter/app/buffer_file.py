"""The buffer's file: opening it safely, one writer, and words for what SQLite says.

Durability is the product: WAL with synchronous=FULL means that a commit has reached the disk when
it returns. A transaction here is an append to the event chain together with the rows it explains.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeGuard

from kkt_adapter.app.errors import StorageFailed, StorageFull
from kkt_adapter.app.events import GENESIS, chain_hash

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "bootstrap/kkt_adapter_skeleton/schema.sql"
SCHEMA_VERSION = 1

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA wal_autocheckpoint=100",
    "PRAGMA foreign_keys=ON",
    # 32 MB holds most of the key index of a million receipts, and a till stays under 120 MB.
    "PRAGMA cache_size=-32000",
    "PRAGMA busy_timeout=5000",
)


class BufferDamaged(Exception):
    """The file cannot be used; the text says what to do."""


class BufferFile:
    """One connection that writes, short-lived ones that read."""

    def __init__(self, path: Path, now: Callable[[], float]) -> None:
        self.path = path
        self.now = now
        self.connection, self._head = _open(path)
        self._pending_head = self._head

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, on disk when the block ends."""
        connection = self.connection
        self._pending_head = self._head
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if _is_storage(error):
                raise _in_words(error) from error
            raise
        self._head = self._pending_head

    def append(self, event_type: str, receipt_id: str | None, /, **metadata: Any) -> None:
        """Add an event to the chain; only inside `transaction`."""
        text = json.dumps(metadata, ensure_ascii=False, separators=(",", ":"))
        timestamp = int(self.now())
        self._pending_head = chain_hash(self._pending_head, event_type, receipt_id, timestamp, text)
        self.connection.execute(
            "INSERT INTO buffer_events (event_type, receipt_id, timestamp, metadata, hash)"
            " VALUES (?, ?, ?, ?, ?)",
            (event_type, receipt_id, timestamp, text, self._pending_head),
        )

    def ask(self, question: str, parameters: Sequence[object] = ()) -> list[sqlite3.Row]:
        """All rows of an answer, as the writer sees them."""
        try:
            return self.connection.execute(question, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            raise _in_words(error) from error

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A separate read-only connection, so that a long list never delays a sale."""
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
        )
        connection.row_factory = sqlite3.Row
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            raise _in_words(error) from error
        finally:
            connection.close()

    def close(self) -> None:
        """Checkpoint everything into the main file and close."""
        with contextlib.suppress(sqlite3.DatabaseError):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()


def _open(path: Path) -> tuple[sqlite3.Connection, bytes]:
    """The connection and the newest hash of the chain."""
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.row_factory = sqlite3.Row
        # Before any pragma: some of them write, and the file may not be ours.
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in {0, SCHEMA_VERSION}:
            raise BufferDamaged(
                f"Буфер {path} создан другой версией адаптера (схема {version}, нужна"
                f" {SCHEMA_VERSION}): поставьте ту версию или обновите буфер."
            )
        if version == 0:
            _must_be_new(connection, path)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        if version == 0:
            _create(connection)
        newest = connection.execute(
            "SELECT hash FROM buffer_events ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return connection, newest["hash"] if newest else GENESIS
    except sqlite3.OperationalError as error:
        raise BufferDamaged(f"Буфер {path} не открывается: {error}. Проверьте диск и права.") from (
            error
        )
    except sqlite3.DatabaseError as error:
        raise BufferDamaged(
            f"Файл буфера {path} повреждён ({error}). Не удаляйте его: в нём чеки. Сохраните копию"
            " каталога данных и восстановите файл из резервной копии (docs/runbooks)."
        ) from error


def _must_be_new(connection: sqlite3.Connection, path: Path) -> None:
    # A file with tables but no version is somebody else's: never write into it.
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise BufferDamaged(f"Файл {path} — не буфер чеков: укажите другой adapter.data_dir.")


def _create(connection: sqlite3.Connection) -> None:
    script = SCHEMA_FILE.read_text(encoding="utf-8")
    connection.executescript(f"BEGIN;{script};PRAGMA user_version={SCHEMA_VERSION};COMMIT;")


def _is_storage(error: BaseException) -> TypeGuard[sqlite3.DatabaseError]:
    """The disk's fault. A broken constraint is ours, and says so itself."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(
        error, sqlite3.IntegrityError
    )


def _in_words(error: sqlite3.Error) -> StorageFull | StorageFailed:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return StorageFull()
    return StorageFailed()
