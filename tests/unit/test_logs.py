"""The log: JSON a line, and nothing in it about who bought what."""

from __future__ import annotations

import io
import json
import logging
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from kkt_adapter.app import logs
from kkt_adapter.app.errors import NotReached, RefusedByContent, Rejected
from kkt_adapter.app.sync_worker import SyncWorker
from tests.unit.receipt_samples import request
from tests.unit.till_parts import Clock, FakeOfd, FakeRegister, make_till, turns_until

PERSONAL = {
    "customer": "petrova.anna@example.ru",
    "cashier": "Сидоркина Мария Ивановна",
    "inn": "500100732259",
    "goods": "Линза прогрессивная левая -7.25",
    "patient": "Петрова Анна Львовна",
}
SALE = {
    "pos_id": "POS-001",
    "type": "sale",
    "items": [{"product_id": "L-1", "name": PERSONAL["goods"], "qty": 1, "price": 1000}],
    "payments": [{"method": "card", "amount": 1000}],
    "customer": {"email": PERSONAL["customer"]},
    "cashier": {"name": PERSONAL["cashier"], "inn": PERSONAL["inn"]},
    "order_ref": "S-1",
    "order": {"patient": PERSONAL["patient"]},
}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What would stand in the till's log, down to the smallest of our own lines."""
    root, ours = logging.getLogger(), logging.getLogger("kkt_adapter")
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    logs.configure("info", "POS-001", written)
    ours.setLevel(logging.DEBUG)
    yield written
    ours.setLevel(logging.NOTSET)
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_is_an_object_with_its_till_level_and_ids(log: io.StringIO) -> None:
    logging.getLogger("kkt_adapter").warning("печать отложена", extra={"receipt_id": "r-1"})

    (line,) = log.getvalue().splitlines()
    told = json.loads(line)
    assert (told["level"], told["pos_id"], told["receipt_id"]) == ("WARNING", "POS-001", "r-1")
    assert told["message"] == "печать отложена"
    assert "печать" in line


@pytest.mark.anyio
async def test_a_sale_with_names_and_an_email_leaves_none_of_them_in_the_log(
    tmp_path: Path, clock: Clock, log: io.StringIO
) -> None:
    till = make_till(tmp_path, now=clock)
    device = till.register.driver
    assert isinstance(device, FakeRegister)
    till.register.on_printed = till.lane.settle
    ofd = FakeOfd()
    ofd.answers.extend([NotReached("нет сети"), RefusedByContent("ОФД ответил 422: нет тега")])
    worker = SyncWorker(
        till.buffer,
        ofd,
        till.breaker,
        till.sync_lock,
        till.metrics,
        till.drift,
        now=till.now,
        max_refusals=20,
    )
    till.start()

    # Printed, lost and found, refused by the register, refused by the OFD, and a driver's bug.
    await till.fiscal.accept(request(SALE), str(uuid.uuid4()))
    device.failures.append(FakeRegister.LOST_ANSWER)
    await till.fiscal.accept(request(SALE), str(uuid.uuid4()))
    device.failures.append(Rejected("Неверная сумма", register_code=227))
    with pytest.raises(Rejected):
        await till.fiscal.accept(request(SALE), str(uuid.uuid4()))
    device.failures.append(KeyError("fiscalParams"))
    await till.fiscal.accept(request(SALE), str(uuid.uuid4()))
    till.lane.wake()
    await turns_until(lambda: len(device.receipts) == 3)
    await worker.run_pass()
    await worker.run_pass(force=True)
    await till.stop()

    written = log.getvalue()
    assert "register refused a receipt" in written
    assert "receipt moved to the DLQ" in written
    for line in written.splitlines():
        json.loads(line)
    for words in PERSONAL.values():
        for word in words.split():
            assert word not in written
