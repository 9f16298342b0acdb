"""What the register refuses, with the code a real one gives."""

from __future__ import annotations

from typing import Any

import pytest

from tests.register_tasks import Bench, correction, position, receipt

CASH_AND_CARD = [{"type": "cash", "sum": 400.5}, {"type": "electronically", "sum": 599.5}]


@pytest.mark.parametrize(
    "task",
    [
        receipt(),
        receipt("sellReturn"),
        correction(),
        correction(correctionType="instruction", correctionBaseNumber="17-А"),
        receipt(payments=CASH_AND_CARD),
        receipt(total=999.99, items=[position(999.99)]),
        receipt(total=999, items=[position(999.99)], payments=[{"type": "cash", "sum": 999}]),
        receipt(items=[position(33.33, 3, amount=100)]),
        receipt(items=[position(10, 0.125, amount=1.25)]),
        receipt(items=[position(0)], payments=[]),
        receipt(electronically=True, clientInfo={"emailOrPhone": "+79161234567"}),
    ],
)
def test_a_sound_receipt_is_taken(open_bench: Bench, task: dict[str, Any]) -> None:
    assert open_bench.refusal(task) is None


@pytest.mark.parametrize(
    ("code", "task"),
    [
        (66, receipt(payments=[{"type": "cash", "sum": 999.99}])),
        (66, receipt(payments=[])),
        (52, receipt(payments=[{"type": "electronically", "sum": 1000.01}])),
        (54, receipt(payments=[{"type": "cash", "sum": 1000.01}])),
        (60, receipt(payments=[{"type": "barter", "sum": 1000}])),
        (227, receipt(total=998.99)),
        (227, receipt(total=1000.01)),
        (16, receipt(items=[position(33.33, 3, amount=100.01)])),
        (16, receipt(items=[position(0.001)])),
        (16, receipt(items=[position(-1)])),
        (16, receipt(items=[position(1e20)])),
        (16, receipt(items=[position() | {"price": "1000"}])),
        (17, receipt(items=[position(quantity=0)])),
        (17, receipt(items=[position(10, 0.1234567, amount=1.23)])),
        (17, receipt(items=[position(quantity=2, imcParams={"imc": "AA"})])),
        (110, receipt(items=[])),
        (110, receipt(items=[position(1)] * 251)),
        (235, receipt(items=[position(1, imcParams={"imc": "AA"})] * 129)),
        (143, receipt(taxationType="envd")),
        (143, receipt(taxationType=["osn"])),
        (144, receipt(items=[position(tax={"type": "vat18"})])),
        (216, receipt(items=[position(paymentMethod=None)])),
        (217, receipt(items=[position(paymentObject="glasses")])),
        (134, receipt(items=[position(name="я" * 129)])),
        (134, receipt(operator={"name": "я" * 65})),
        (134, receipt(items=[position(name="я" * 128, imcParams={"imc": "A" * 200})] * 100)),
        (148, receipt(items=[position(name="Оправа «Весна»")])),
        (148, receipt(clientInfo={"emailOrPhone": "89161234567"})),
        (148, receipt(operator={"name": "Иванова", "vatin": "123"})),
        (161, receipt(operator=None)),
        (161, receipt(electronically=True)),
        (161, receipt(items=[position(name="")])),
        (160, receipt(receipt_id="a", items=[position(), {"type": "userAttribute",
                                                          "name": "Заказ", "value": "1"}])),
        (161, correction(correctionType=None)),
        (161, correction(correctionBaseDate=None)),
        (161, correction(correctionType="instruction")),
        (77, correction(correctionBaseDate="2199.01.01")),
        (77, correction(correctionBaseDate="15.01.2026")),
        (501, receipt() | {"items": "Линза"}),
        (11, {"type": "buy"}),
    ],
)  # fmt: skip
def test_a_broken_rule_is_refused(open_bench: Bench, code: int, task: dict[str, Any]) -> None:
    assert open_bench.refusal(task) == code


def test_a_tax_system_that_is_not_registered_is_refused(open_bench: Bench) -> None:
    assert open_bench.refusal(receipt(taxationType="osn")) is None
    assert open_bench.refusal(receipt(taxationType="usn")) == 143
