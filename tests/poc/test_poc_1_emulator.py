"""POC-1: fifty mixed operations on the register emulator, within the plan's bounds."""

from __future__ import annotations

import itertools
import statistics
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.till_process import SALE, TillProcess

OPERATIONS = 50
P95_WITHIN_S = 7.0
RECEIPTS_A_MINUTE = 20
LINES: list[dict[str, Any]] = [
    {"product_id": "RX-GLASSES", "name": "Очки корригирующие", "qty": 1, "price": "12500.00"},
    {"product_id": "SUN-01", "name": "Очки солнцезащитные", "qty": 1, "price": 3490.5, "vat": 22},
    {"product_id": "LENS-30", "name": "Линзы однодневные", "qty": 3, "price": 1190, "discount": 70},
]
TOTALS = ["12500.00", "3490.50", "3500.00"]


def operations() -> list[dict[str, Any]]:
    """Sales, refunds and corrections as a shop mixes them: 30, 15 and 5."""
    kinds = itertools.cycle(["sale", "sale", "refund", "sale", "sale", "refund", "sale", "sale",
                             "refund", "correction"])  # fmt: skip
    lines = itertools.cycle(zip(LINES, TOTALS, strict=True))
    methods = itertools.cycle(["card", "cash", "sbp"])
    return [
        {
            **SALE,
            "type": kind,
            "items": [line],
            "payments": [{"method": method, "amount": total}],
        }
        for kind, (line, total), method in itertools.islice(
            zip(kinds, lines, methods, strict=False), OPERATIONS
        )
    ]


def test_fifty_mixed_operations_are_stored_printed_and_delivered_in_time(
    till: TillProcess, record_property: Callable[[str, object], None]
) -> None:
    answers, seconds = [], []
    began = time.monotonic()
    for body in operations():
        started = time.monotonic()
        answers.append(till.sell(body))
        seconds.append(time.monotonic() - started)
    took = time.monotonic() - began
    till.wait_until_delivered()

    assert [answer.status_code for answer in answers] == [200] * OPERATIONS
    assert [answer.json()["status"] for answer in answers] == ["printed"] * OPERATIONS
    ids = [answer.json()["receipt_id"] for answer in answers]
    stored = till.receipts()
    assert [receipt["receipt_id"] for receipt in reversed(stored)] == ids
    assert {receipt["status"] for receipt in stored} == {"synced"}
    printed = [doc for doc in till.register.journal() if doc["receipt_id"]]
    assert [doc["receipt_id"] for doc in printed] == ids
    assert Counter(doc["type"] for doc in printed) == {"sale": 30, "refund": 15, "correction": 5}
    assert [doc["receipt_id"] for doc in till.ofd.journal()] == ids

    p95 = statistics.quantiles(seconds, n=20)[-1]
    a_minute = OPERATIONS / took * 60
    print(f"POC-1: P95 {p95 * 1000:.0f} ms, {a_minute:.0f} receipts a minute")
    record_property("poc_1_p95_s", round(p95, 4))
    record_property("poc_1_receipts_per_minute", round(a_minute))
    assert p95 <= P95_WITHIN_S
    assert a_minute >= RECEIPTS_A_MINUTE
