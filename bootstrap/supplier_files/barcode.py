"""EAN-13 of goods that do not exist."""

from __future__ import annotations

# Russia has 460-469; the last of them is given to nobody's frames.
COUNTRY = "469"
PER_SUPPLIER = 100_000_000


def ean13(supplier: int, index: int) -> str:
    """Supplier 1…9, index below a hundred million: different for each."""
    digits = f"{COUNTRY}{supplier * PER_SUPPLIER + index:09d}"
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    odd, even = digits[-1::-2], digits[-2::-2]
    return str(-(3 * sum(map(int, odd)) + sum(map(int, even))) % 10)
