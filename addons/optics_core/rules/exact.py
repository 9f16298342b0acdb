"""The door between the floats of the database layer and the decimals of the rules."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

PLACES = 3
# Beyond these a decimal context would round, and no lens or eye is so large.
_MOST_DIGITS = 12


class InexactError(ValueError):
    """The value is not a decimal of at most three places."""

    def __init__(self, value: object) -> None:
        self.value = value
        super().__init__(f"not an exact decimal of {PLACES} places: {value!r}")


def exact(value: Decimal | float | bool | str | None) -> Decimal | None:
    """The decimal that `value` was written as; None, False and "" stay "not measured".

    Nothing is rounded: a float that no decimal of three places reads as is refused.
    """
    # False is how the web client and read() say that a column is NULL.
    if value is None or value is False or value == "":
        return None
    number = _number(value)
    if not number.is_finite() or number.adjusted() > _MOST_DIGITS:
        raise InexactError(value)
    if number != round(number, PLACES):
        raise InexactError(value)
    # A minus before a zero would be shown and compared as text somewhere.
    return number if number else abs(number)


def _number(value: Decimal | float | bool | str) -> Decimal:
    if isinstance(value, Decimal):
        return value
    try:
        # repr() of a float is the shortest decimal that reads back as the same float.
        return Decimal(value if isinstance(value, str) else repr(value))
    except InvalidOperation:
        raise InexactError(value) from None
