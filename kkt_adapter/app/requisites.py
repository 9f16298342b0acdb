"""Taxpayer numbers, phones and e-mail addresses, as tags 1203 and 1008 take them."""

from __future__ import annotations

import re

_CHECK_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)

_PHONE_DECORATION = re.compile(r"[\s().\-]")
_PHONE = re.compile(r"\+[0-9]{10,15}")
# Not the whole of RFC 5321: what a typing cashier gets wrong, and CP866 letters only.
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
MAX_CONTACT = 64


def is_inn(text: str) -> bool:
    """An INN of an organisation (10 digits) or of a person (12) whose check digits agree."""
    if not text.isascii() or not text.isdigit():
        return False
    if len(text) == 10:
        return _check_digit(text[:9]) == text[9]
    if len(text) == 12:
        return _check_digit(text[:10]) == text[10] and _check_digit(text[:11]) == text[11]
    return False


def _check_digit(digits: str) -> str:
    weights = _CHECK_WEIGHTS[-len(digits) :]
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return str(total % 11 % 10)


def normal_phone(text: str) -> str | None:
    """The number 8 (912) 345-67-89 as +79123456789; None if it is no phone number."""
    bare = _PHONE_DECORATION.sub("", text)
    if re.fullmatch(r"[78][0-9]{10}", bare):
        bare = "+7" + bare[1:]
    elif re.fullmatch(r"9[0-9]{9}", bare):
        bare = "+7" + bare
    if bare.startswith("+7") and len(bare) != 12:
        return None
    return bare if _PHONE.fullmatch(bare) else None


def is_email(text: str) -> bool:
    return len(text) <= MAX_CONTACT and _EMAIL.fullmatch(text) is not None and ".." not in text
