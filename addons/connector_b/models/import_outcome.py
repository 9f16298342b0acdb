"""What an import's engine and its targets tell each other: plain dataclasses, no model."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from odoo.api import Environment


class Action(StrEnum):
    """What comes of a row; the values are those of `connector.import.row.action`."""

    CREATE = "create"
    CHANGE = "change"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Undo(StrEnum):
    UNDONE = "undone"
    KEPT = "kept"


@dataclass
class ImportContext:
    """One import as its target sees it.

    Records are in `env`, whose language is the one names are imported in and whose company is
    `company`. Everything a target may remember for the length of one transaction goes in
    `cache`: defaults are per company and user, so a context never outlives its transaction.
    """

    env: Environment
    company: Any
    # Currency of the file's prices; a row's own `currency` goes before it.
    currency: Any
    # The targets the mapping fills: only these are compared and written.
    targets: frozenset[str]
    # The first key that finds something decides.
    keys: tuple[str, ...] = ("barcode", "supplier_code", "default_code")
    profile: Any = None
    job: Any = None
    partner: Any = None
    pricelist: Any = None
    location: Any = None
    # Units of the company's currency for one unit of `currency`; None: Odoo's rate of the day.
    rate: Decimal | None = None
    # Money targets whose expression has already turned them into the company's currency.
    converted: frozenset[str] = frozenset()
    create_missing: bool = True
    # Whether the costs of known products are written; a new one always gets its cost.
    update_cost: bool = False
    # Unknown categories, brands: made, or the row refused.
    create_dictionary: bool = True
    # Numbers of the rows a person has accepted.
    accepted: frozenset[int] = frozenset()
    cache: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Change:
    """One field of one row, as the preview shows it; `label` is in the reader's language."""

    field: str
    label: str
    old: Any
    new: Any

    def to_json(self):
        return {"field": self.field, "label": self.label, "old": self.old, "new": self.new}


@dataclass
class Outcome:
    """What becomes of one row of the file."""

    number: int
    action: str
    # As text, for a person: "4600000000001", or "" where the row has no key.
    key: str
    name: str
    # rules.record.Record
    record: Any
    changes: list[Change] = field(default_factory=list)
    # rules.problem.Problem, those of the record included
    problems: list[Any] = field(default_factory=list)
    shift_percent: Decimal | None = None
    margin_percent: Decimal | None = None
    res_model: str | None = None
    res_id: int | None = None
    # Filled by `_apply`, JSON: what `_undo` needs to know.
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    # Rows with one number here go in one chunk: they pass a barcode from one to the other.
    together: int | None = None
    # What the row belongs to: a frame's model, a lens. One chunk writes all rows of a unit, so
    # that no two make the model at once.
    unit: str | None = None
    # The target's own notes from `_compare` to `_apply`, never stored.
    plan: Any = None

    def refuse(self, *problems):
        self.action = Action.REFUSED
        self.problems.extend(problems)
        self.changes = []
        self.plan = None
        return self
