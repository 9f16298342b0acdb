"""A receipt as it is: what was sold or returned, for how much, paid how.

Nothing here knows where it came from (models, intake) or what form the law wants (ffd).
Whether it may be printed is asked of `receipt_check.check`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum

from kkt_adapter.app.money import exact, roubles
from kkt_adapter.app.vat import VatRate

# The law allows six decimals (1023 is an FVLN). Three are the finest that a measure of 2108
# knows (a gram of a kilogram, a millilitre of a litre) and keep price x quantity within a
# thousandth of a kopeck of a whole number, so that no two sides round it differently.
QUANTITY_PLACES = 3
MAX_QUANTITY = Decimal("99999.999")
_THOUSANDTHS = 1000


class ReceiptType(StrEnum):
    SALE = "sale"
    REFUND = "refund"
    CORRECTION = "correction"


class Operation(IntEnum):
    """Tag 1054. Buying from people (3, 4) is not an optician's business."""

    SALE = 1
    REFUND = 2


class PaymentMethod(IntEnum):
    """Tag 1214: what the money is in relation to the goods."""

    FULL_PREPAYMENT = 1
    PREPAYMENT = 2
    ADVANCE = 3
    FULL_PAYMENT = 4
    PARTIAL_PAYMENT = 5
    CREDIT = 6
    CREDIT_PAYMENT = 7

    @property
    def before_goods(self) -> bool:
        return self <= PaymentMethod.ADVANCE


class PaymentKind(StrEnum):
    CASH = "cash"
    CASHLESS = "cashless"
    PREPAID = "prepaid"
    CREDIT = "credit"
    BARTER = "barter"


class TaxSystem(StrEnum):
    OSN = "osn"
    USN_INCOME = "usn_income"
    USN_INCOME_OUTCOME = "usn_income_outcome"
    ESN = "esn"
    PATENT = "patent"


class CorrectionKind(StrEnum):
    """Tag 1173: by the shop's own will, or because the tax office ordered it."""

    SELF = "self"
    INSTRUCTION = "instruction"


# Tags 1212 and 2108: the codes of FFD 1.2.
COMMODITY, PAYMENT, MARKED_EXCISE, MARKED_GOODS = 1, 10, 31, 33
SUBJECTS = frozenset({*range(1, 28), *range(30, 34)})
UNITS = frozenset(
    {0, 10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, *range(70, 74), *range(80, 84), 255}
)


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """What the catalogue knows of a product; the price in kopecks."""

    product_id: str
    name: str
    price: int
    vat: VatRate

    def as_json(self) -> dict[str, str]:
        return {
            "product_id": self.product_id,
            "name": self.name,
            "price": roubles(self.price),
            "vat": self.vat.value,
        }


@dataclass(frozen=True, slots=True)
class Line:
    """One 1059. `item` is the place of the client's item it came from: one may make two."""

    product_id: str
    name: str
    quantity: Decimal
    price: int
    amount: int
    vat: VatRate
    subject: int = COMMODITY
    method: int = PaymentMethod.FULL_PAYMENT
    unit: int = 0
    marking_code: str | None = None
    item: int = 0


@dataclass(frozen=True, slots=True)
class Payment:
    kind: PaymentKind
    amount: int


@dataclass(frozen=True, slots=True)
class Original:
    """The receipt whose goods come back, by our number or by the register's."""

    receipt_id: str | None = None
    fn: str | None = None
    fd: int | None = None
    fiscal_sign: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectionBasis:
    """`fiscal_sign` is that of the wrong receipt; none if the register was not used at all."""

    kind: CorrectionKind
    date: date
    number: str | None = None
    fiscal_sign: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    type: ReceiptType
    operation: Operation
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]
    tax_system: TaxSystem
    cashier_name: str
    cashier_inn: str | None = None
    customer_contact: str | None = None
    electronic_only: bool = False
    original: Original | None = None
    correction: CorrectionBasis | None = None
    order_ref: str | None = None
    cash_received: int | None = None

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def change(self) -> int:
        """For the paper only: the law knows no tag for change."""
        return 0 if self.cash_received is None else self.cash_received - self.paid(PaymentKind.CASH)

    def paid(self, kind: PaymentKind) -> int:
        return sum(payment.amount for payment in self.payments if payment.kind is kind)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a receipt may not be printed.

    The code is stable, the field is as the client wrote it ("items[0].price"), the message
    tells the cashier the remedy.
    """

    code: str
    field: str
    value: str | int | None
    message: str


class InvalidReceipt(ValueError):
    """The request makes no receipt; `problems` is never empty."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.message for problem in problems))


@dataclass(frozen=True, slots=True)
class Part:
    quantity: Decimal
    price: int
    amount: int


def quantity(value: object) -> Decimal:
    """A number of the client as a quantity, exactly; `money.AmountError` if it is none."""
    thousandths = exact(value, QUANTITY_PLACES, int(MAX_QUANTITY * _THOUSANDTHS))
    whole, rest = divmod(thousandths, _THOUSANDTHS)
    return Decimal(thousandths).scaleb(-QUANTITY_PLACES) if rest else Decimal(whole)


def line_amount(quantity: Decimal, price: int) -> int:
    """1043 = 1079 x 1023, rounded half up to a kopeck."""
    return (price * int(quantity * _THOUSANDTHS) + _THOUSANDTHS // 2) // _THOUSANDTHS


def price_line(quantity: Decimal, price: int, discount: int = 0) -> list[Part]:
    """The parts of a line after its discount: they add up to it exactly.

    There is no tag for a discount, it hides in the price; and each part must be its price times
    its quantity, or the register refuses it. So three frames for 100.00 become two at 33.33 and
    one at 33.34. A whole quantity is split into whole units. ValueError if the discount is more
    than the line costs.
    """
    full = line_amount(quantity, price)
    if not discount:
        return [Part(quantity, price, full)]
    target = full - discount
    if target < 0:
        raise ValueError("discount exceeds the line")
    thousandths = int(quantity * _THOUSANDTHS)
    low = target * _THOUSANDTHS // thousandths
    # Each unit sold at low + 1 instead of low adds exactly one kopeck.
    dearer = target - line_amount(quantity, low)
    if dearer == 0:
        return [Part(quantity, low, target)]
    if dearer * _THOUSANDTHS >= thousandths:
        # Only a fractional quantity comes here: rounding left less than one unit at `low`.
        return [Part(quantity, low + 1, target)]
    cheaper = quantity - dearer
    return [
        Part(cheaper, low, line_amount(cheaper, low)),
        Part(Decimal(dearer), low + 1, dearer * (low + 1)),
    ]
