"""Request → receipt: names, prices and rates from the catalogue, discounts spread, words of
the request replaced by those of the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kkt_adapter.app.models import (
    CorrectionRequest,
    CustomerRequest,
    ItemRequest,
    OriginalRequest,
    ReceiptRequest,
)
from kkt_adapter.app.money import roubles
from kkt_adapter.app.receipt import (
    COMMODITY,
    MARKED_GOODS,
    PAYMENT,
    CatalogueItem,
    CorrectionBasis,
    CorrectionKind,
    InvalidReceipt,
    Line,
    Operation,
    Original,
    Part,
    Payment,
    PaymentKind,
    PaymentMethod,
    Problem,
    Receipt,
    ReceiptType,
    TaxSystem,
    price_line,
)
from kkt_adapter.app.requisites import normal_phone
from kkt_adapter.app.vat import VatRate

_PAYMENT_KINDS = {
    "cash": PaymentKind.CASH,
    "card": PaymentKind.CASHLESS,
    "sbp": PaymentKind.CASHLESS,
    # The money for a certificate came when it was sold; now it is offset.
    "certificate": PaymentKind.PREPAID,
    "prepaid": PaymentKind.PREPAID,
    "credit": PaymentKind.CREDIT,
    "barter": PaymentKind.BARTER,
}

_OPERATIONS = {"sale": Operation.SALE, "refund": Operation.REFUND}

_SELF_INITIATED = CorrectionRequest()


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the till's settings say when the request does not."""

    vat: VatRate
    tax_system: TaxSystem
    cashier_name: str
    cashier_inn: str | None = None


def to_receipt(
    request: ReceiptRequest,
    *,
    product: Callable[[str], CatalogueItem | None],
    defaults: Defaults,
    today: date,
) -> Receipt:
    """The receipt that this request means; `InvalidReceipt` with every problem if it means none.

    The catalogue is asked only for what the request leaves out. The result has still to pass
    `receipt_check.check`.
    """
    problems: list[Problem] = []
    lines: list[Line] = []
    for index, item in enumerate(request.items):
        lines += _lines(index, item, product, defaults, problems)
    receipt_type = ReceiptType(request.type)
    basis = _basis(request, today, problems)
    if problems:
        raise InvalidReceipt(problems)
    cashier = request.cashier
    return Receipt(
        type=receipt_type,
        operation=_operation(request),
        lines=tuple(lines),
        payments=tuple(
            Payment(_PAYMENT_KINDS[payment.method], payment.amount) for payment in request.payments
        ),
        tax_system=TaxSystem(request.tax_system) if request.tax_system else defaults.tax_system,
        cashier_name=cashier.name if cashier else defaults.cashier_name,
        # Another cashier's INN under this one's name would be a false receipt: no default here.
        cashier_inn=cashier.inn if cashier else defaults.cashier_inn,
        customer_contact=_contact(request.customer),
        electronic_only=request.electronic_only,
        original=_original(request.original),
        correction=basis,
        order_ref=request.order_ref,
        cash_received=request.cash_received,
    )


def _lines(
    index: int,
    item: ItemRequest,
    product: Callable[[str], CatalogueItem | None],
    defaults: Defaults,
    problems: list[Problem],
) -> list[Line]:
    complete = item.name is not None and item.price is not None and item.vat is not None
    known = None if complete else product(item.product_id)
    price = item.price if known is None or item.price is not None else known.price
    if price is None:
        problems.append(
            Problem(
                "price_missing",
                f"items[{index}].price",
                item.product_id,
                f"Цены товара «{item.product_id}» нет ни в чеке, ни в каталоге. Укажите цену или"
                " обновите каталог.",
            )
        )
        return []
    method = PaymentMethod(item.payment_method)
    vat = item.vat or (known.vat if known else defaults.vat)
    if method.before_goods:
        # Money without goods is taxed at the calculated rate: 22 % becomes 22/122 and so on,
        # exempt goods stay exempt (NK 164 p. 4; the table of the two-receipt flow).
        vat = vat.on_prepayment
    return [
        Line(
            product_id=item.product_id,
            name=item.name or (known.name if known else item.product_id),
            quantity=part.quantity,
            price=part.price,
            amount=part.amount,
            vat=vat,
            subject=_subject(item, method),
            method=method,
            unit=item.unit,
            marking_code=item.marking_code,
            item=index,
        )
        for part in _parts(index, item, price, problems)
    ]


def _parts(index: int, item: ItemRequest, price: int, problems: list[Problem]) -> list[Part]:
    if not item.qty:
        problems.append(
            Problem(
                "quantity_invalid",
                f"items[{index}].qty",
                str(item.qty),
                "Количество должно быть больше нуля: исправьте его или уберите товар.",
            )
        )
        return []
    try:
        return price_line(item.qty, price, item.discount or 0)
    except ValueError:
        problems.append(
            Problem(
                "discount_too_large",
                f"items[{index}].discount",
                roubles(item.discount or 0),
                "Скидка больше стоимости товара. Уменьшите скидку.",
            )
        )
        return []


def _subject(item: ItemRequest, method: PaymentMethod) -> int:
    if item.subject is not None:
        return item.subject
    if item.marking_code is not None:
        return MARKED_GOODS
    # An advance and a credit instalment are money for goods not named on this receipt.
    if method in {PaymentMethod.ADVANCE, PaymentMethod.CREDIT_PAYMENT}:
        return PAYMENT
    return COMMODITY


def _operation(request: ReceiptRequest) -> Operation:
    if request.type == "correction":
        return _OPERATIONS[(request.correction or _SELF_INITIATED).operation]
    return _OPERATIONS[request.type]


def _contact(customer: CustomerRequest | None) -> str | None:
    if customer is None:
        return None
    if customer.email is not None:
        return customer.email.strip()
    if customer.phone is not None:
        return normal_phone(customer.phone) or customer.phone
    return None


def _original(given: OriginalRequest | None) -> Original | None:
    if given is None:
        return None
    return Original(given.receipt_id, given.fn, given.fd, given.fiscal_sign)


def _basis(request: ReceiptRequest, today: date, problems: list[Problem]) -> CorrectionBasis | None:
    given = request.correction
    if given is None:
        if request.type != "correction":
            return None
        given = _SELF_INITIATED
    settled_on = given.date or today
    if settled_on > today:
        problems.append(
            Problem(
                "correction_date_in_future",
                "correction.date",
                settled_on.isoformat(),
                "Дата корректируемого расчёта ещё не наступила. Исправьте дату.",
            )
        )
    return CorrectionBasis(
        kind=CorrectionKind(given.kind),
        date=settled_on,
        number=given.number,
        fiscal_sign=given.fiscal_sign,
    )
