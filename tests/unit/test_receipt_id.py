"""Receipt numbers: proper UUIDs whose order is the order of creation."""

from __future__ import annotations

import uuid

from kkt_adapter.app.receipt_id import new_receipt_id
from tests.unit.till_parts import NOON


def test_it_is_a_uuid_of_version_7() -> None:
    number = uuid.UUID(new_receipt_id(NOON))

    assert number.version == 7
    assert number.variant == uuid.RFC_4122


def test_it_carries_its_moment_to_the_millisecond() -> None:
    assert uuid.UUID(new_receipt_id(NOON + 0.123)).int >> 80 == int(NOON * 1000) + 123


def test_later_receipts_have_greater_numbers() -> None:
    numbers = [new_receipt_id(NOON + milliseconds / 1000) for milliseconds in range(1000)]

    assert numbers == sorted(numbers)


def test_ten_thousand_of_one_moment_differ() -> None:
    assert len({new_receipt_id(NOON) for _ in range(10_000)}) == 10_000


def test_no_bit_of_the_random_part_is_fixed() -> None:
    drawn = [uuid.UUID(new_receipt_id(NOON)).int for _ in range(200)]
    free = (0xFFF << 64) | ((1 << 62) - 1)

    always, ever = free, 0
    for number in drawn:
        always &= number
        ever |= number

    assert always == 0
    assert ever & free == free
