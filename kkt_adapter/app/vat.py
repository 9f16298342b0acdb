"""VAT rates: tag 1199, the sum inside a price, and where a receipt reports it."""

from __future__ import annotations

from enum import StrEnum


class VatRate(StrEnum):
    """Named as the ATOL driver names them. vat1xx are the calculated rates of prepayments."""

    NONE = "none"
    VAT0 = "vat0"
    VAT5 = "vat5"
    VAT7 = "vat7"
    VAT10 = "vat10"
    VAT20 = "vat20"
    VAT22 = "vat22"
    VAT105 = "vat105"
    VAT107 = "vat107"
    VAT110 = "vat110"
    VAT120 = "vat120"
    VAT122 = "vat122"

    @property
    def tag(self) -> int:
        """The code of tag 1199."""
        return _TAG[self]

    @property
    def taxed(self) -> bool:
        """Whether there is a sum of VAT to report: not for 0 % and not for exempt goods."""
        return self in _PERCENT

    @property
    def on_prepayment(self) -> VatRate:
        """The rate the same goods have while only money, not goods, has changed hands."""
        return _ON_PREPAYMENT.get(self, self)

    def amount_in(self, kopecks: int) -> int:
        """The VAT inside a gross sum, rounded half up to a kopeck."""
        percent = _PERCENT.get(self, 0)
        gross = 100 + percent
        return (2 * kopecks * percent + gross) // (2 * gross)


_TAG = {
    VatRate.VAT20: 1,
    VatRate.VAT10: 2,
    VatRate.VAT120: 3,
    VatRate.VAT110: 4,
    VatRate.VAT0: 5,
    VatRate.NONE: 6,
    VatRate.VAT5: 7,
    VatRate.VAT7: 8,
    VatRate.VAT105: 9,
    VatRate.VAT107: 10,
    VatRate.VAT22: 11,
    VatRate.VAT122: 12,
}

BY_TAG = {tag: rate for rate, tag in _TAG.items()}

# An ordinary rate and its calculated twin (22 % and 22/122) take the same share of a gross sum.
_PERCENT = {
    VatRate.VAT5: 5,
    VatRate.VAT7: 7,
    VatRate.VAT10: 10,
    VatRate.VAT20: 20,
    VatRate.VAT22: 22,
    VatRate.VAT105: 5,
    VatRate.VAT107: 7,
    VatRate.VAT110: 10,
    VatRate.VAT120: 20,
    VatRate.VAT122: 22,
}

_ON_PREPAYMENT = {
    VatRate.VAT5: VatRate.VAT105,
    VatRate.VAT7: VatRate.VAT107,
    VatRate.VAT10: VatRate.VAT110,
    VatRate.VAT20: VatRate.VAT120,
    VatRate.VAT22: VatRate.VAT122,
}

# The rates that had a tag of their own before 2025; the others live in the container 1115.
FLAT_TAG = {1: "1102", 2: "1103", 5: "1104", 6: "1105", 3: "1106", 4: "1107"}

_SPELLINGS: dict[str, VatRate] = {
    **{rate.value: rate for rate in VatRate},
    **{str(_PERCENT[rate]): rate for rate in _ON_PREPAYMENT},
    **{f"{_PERCENT[rate]}/{100 + _PERCENT[rate]}": rate for rate in _ON_PREPAYMENT.values()},
    "0": VatRate.VAT0,
    "без ндс": VatRate.NONE,
}


def parse_vat(value: object) -> VatRate:
    """Understands "vat22", 22, "22", "22%", "22/122" and "none"; ValueError for the rest."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        spelling = str(value).strip().lower().removesuffix("%").rstrip()
        rate = _SPELLINGS.get(spelling)
        if rate is not None:
            return rate
    raise ValueError(
        "Такой ставки НДС нет. Есть: none (без НДС), 0, 5, 7, 10, 20, 22 и расчётные,"
        " например 22/122."
    )
