"""ATOL driver error codes sorted by what they mean for a receipt (`atol_errors.csv`).

The table is data: titles as the driver names them, remedies as a cashier or technician needs
them. Where the driver's documentation leaves room for doubt the table says "unknown": asking
the register costs a second, printing twice costs a correction receipt.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_suffix(".csv")


class Outcome(StrEnum):
    """NOT_PRINTED: surely nothing was fiscalised, the same task may be sent again later.
    BLOCKED: the same, but first a person has to act.
    REJECTED: surely nothing was fiscalised, and this task never will be.
    UNKNOWN: it may have been fiscalised: ask the register, never repeat blindly.
    """

    NOT_PRINTED = "not_printed"
    BLOCKED = "blocked"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AtolError:
    code: int
    title: str
    outcome: Outcome
    remedy: str


def classify(code: int) -> Outcome:
    """What has become of the task; a code that the table does not know is UNKNOWN."""
    return describe(code).outcome


def describe(code: int) -> AtolError:
    return table().get(code) or AtolError(
        code,
        f"Ошибка {code} драйвера АТОЛ",
        Outcome.UNKNOWN,
        "Касса сама выяснит у регистратора, напечатан ли чек. Если не сможет, спросит вас.",
    )


@cache
def table() -> dict[int, AtolError]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            int(row["code"]): AtolError(
                int(row["code"]), row["title_ru"], Outcome(row["outcome"]), row["remedy_ru"]
            )
            for row in csv.DictReader(file)
        }
