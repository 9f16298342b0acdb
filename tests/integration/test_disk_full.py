"""A disk without room: nothing is printed that could not be stored, nothing stored is lost.

SQLite's own limit of pages stands for the disk: what it answers is the same SQLITE_FULL.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from kkt_adapter.app.buffer_verifier import Checked, verify
from kkt_adapter.app.errors import StorageFull
from tests.inner_till import InnerTill, inner_till, soon
from tests.processes import OfdProcess, RegisterProcess

pytestmark = pytest.mark.anyio


@pytest.fixture
async def till(
    tmp_path: Path, register_process: RegisterProcess, ofd_process: OfdProcess
) -> AsyncIterator[InnerTill]:
    async with inner_till(tmp_path / "data", register_process, ofd_process) as till:
        yield till
    assert list(verify(tmp_path / "data" / "buffer.db", Checked())) == []


def fill_the_disk(till: InnerTill) -> None:
    connection = till.till.buffer.file.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")


def free_the_disk(till: InnerTill) -> None:
    till.till.buffer.file.connection.execute("PRAGMA max_page_count=1000000")


async def sell_until_full(till: InnerTill) -> tuple[list[str], Any]:
    """Sales until one is refused for want of room: the ids of the stored ones, the refusal."""
    sold: list[str] = []
    for _ in range(100):
        answer = await till.sell(order={"lines": "очки" * 300})
        if answer.status_code != 200:
            return sold, answer
        sold.append(answer.json()["receipt_id"])
    raise AssertionError("the disk did not fill")


async def test_a_sale_that_cannot_be_stored_is_not_printed(
    till: InnerTill, register_process: RegisterProcess
) -> None:
    register_process.fault("dead")
    await till.sell()
    fill_the_disk(till)
    sold, refused = await sell_until_full(till)

    assert refused.status_code == 503
    assert refused.json()["code"] == "storage_full"
    assert "Освободите место" in refused.json()["message"]
    assert (await till.status())["waiting_print"] == len(sold) + 1

    free_the_disk(till)
    register_process.clear()
    till.till.lane.wake()
    assert (await till.sell()).status_code == 200
    await soon(lambda: nothing_waits(till))
    printed = [doc for doc in register_process.journal() if doc["type"] == "sale"]
    assert len(printed) == len(sold) + 2


async def test_a_paper_that_could_not_be_noted_is_noted_later_and_not_printed_again(
    till: InnerTill, register_process: RegisterProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills between the receipt and the register's answer."""
    mark = till.till.buffer.mark_printed
    full_twice = iter([StorageFull, StorageFull])

    def no_room_at_first(*what: Any, **more: Any) -> None:
        for error in full_twice:
            raise error
        mark(*what, **more)

    monkeypatch.setattr(till.till.buffer, "mark_printed", no_room_at_first)

    answer = await till.sell()

    assert answer.json()["status"] == "printed"
    assert (await till.sell()).json()["status"] == "printed"
    printed = [doc for doc in register_process.journal() if doc["type"] == "sale"]
    assert len(printed) == 2


async def test_a_delivery_that_could_not_be_noted_is_taken_up_again(
    till: InnerTill, ofd_process: OfdProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent, accepted, and then no room for the words: it must not stay `syncing` for ever."""
    ofd_process.fault("down")
    receipt_id = (await till.sell()).json()["receipt_id"]
    await till.deliver()
    till.clock.advance(60)
    ofd_process.clear()
    mark = till.till.buffer.mark_synced

    def full(*_: Any, **__: Any) -> None:
        raise StorageFull

    monkeypatch.setattr(till.till.buffer, "mark_synced", full)
    with pytest.raises(StorageFull):
        await till.deliver()
    assert (await till.receipt(receipt_id))["status"] == "syncing"

    monkeypatch.setattr(till.till.buffer, "mark_synced", mark)
    till.clock.advance(60)
    await till.deliver()

    assert (await till.receipt(receipt_id))["status"] == "synced"
    assert len(ofd_process.journal()) == 1


async def nothing_waits(till: InnerTill) -> bool:
    return bool((await till.status())["waiting_print"] == 0)
