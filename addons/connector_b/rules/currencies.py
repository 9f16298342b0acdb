"""Currencies as price lists write them."""

from __future__ import annotations

_WORDS = {
    "RUB": ("₽", "р", "р.", "руб", "руб.", "рублей", "рубль", "рубля", "rub", "rur", "rub."),
    "USD": ("$", "usd", "us$", "долл", "долл.", "доллар", "доллары", "долларов", "доллар сша"),
    "EUR": ("€", "eur", "евро", "euro"),
    "CNY": ("¥", "cny", "rmb", "юань", "юаней", "юани"),
    "GBP": ("£", "gbp"),
    "BYN": ("byn", "бел. руб.", "бел.руб."),
    "KZT": ("₸", "kzt", "тенге", "тг"),
    "JPY": ("jpy",),
    "CHF": ("chf",),
    "TRY": ("₺", "try"),
    "AED": ("aed",),
}

CURRENCY_WORDS: dict[str, str] = {word: code for code, words in _WORDS.items() for word in words}


def currency_code(text: str) -> str | None:
    """The ISO code meant by "руб.", "$" or "eur"; any other three Latin letters stand for
    themselves, and None is what no currency is called."""
    word = " ".join(text.split()).casefold()
    code = CURRENCY_WORDS.get(word)
    if code is None and len(word) == 3 and word.isascii() and word.isalpha():
        return word.upper()
    return code
