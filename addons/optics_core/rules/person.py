"""What a person's name and date of birth say: age, surname, one form of the name for comparing."""

import datetime

COMING_OF_AGE = 18
OLDEST = 125


def age_on(born: datetime.date | None, day: datetime.date) -> int | None:
    """Full years on that day; None if the date of birth is unknown or still to come."""
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(born: datetime.date | None, day: datetime.date) -> bool:
    age = age_on(born, day)
    return age is not None and age < COMING_OF_AGE


def comparable(name: str | None) -> str:
    """Lower case, single spaces, ё as е: registries and passports differ in just these."""
    return " ".join((name or "").lower().replace("ё", "е").split())


def surname(name: str | None) -> str:
    return comparable(name).partition(" ")[0]
