"""The life of a lab order: one table that buttons, checks and tests read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

# In the order of a good day, then trouble.
STATES = (
    "draft",
    "confirmed",
    "waiting_lens",
    "in_production",
    "ready",
    "delivered",
    "not_collected",
    "on_hold",
    "returned_supplier",
    "remake",
    "cancelled",
)
FIRST_STATE = "draft"
# Nothing leads out of these. A delivered order can still come back as a remake.
FINAL_STATES = ("remake", "cancelled")
# Promised, and not made yet: only these can be overdue.
UNDER_WAY_STATES = (
    "confirmed",
    "waiting_lens",
    "in_production",
    "on_hold",
    "returned_supplier",
)

GROUPS = ("assistant", "workshop", "manager")

# The target of `resume`: the state that the order was put on hold in.
PREVIOUS = "previous"

# What must hold before a transition; the order answers each by its name.
REQUIREMENTS = {
    "has_lenses": "a lens is chosen for every eye that is ordered",
    "values_complete": "limits.check_order finds nothing missing",
    "promised_date": "the customer was told a date",
    "nothing_ordered": "no supplier order was sent for it",
    "lens_accepted": "the incoming lens was checked and is within tolerance",
    "quality_passed": "the last check of the finished glasses is within tolerance",
    "collected_by": "it is written who took the glasses",
    "remake_cause": "a cause from the list is chosen",
    "remake_payer": "it is said who pays",
}

_SHOP = ("assistant", "manager")
_WORKSHOP = ("workshop", "manager")
_ANYBODY = ("assistant", "workshop", "manager")
_MANAGER = ("manager",)
_REMAKE = ("remake_cause", "remake_payer")


@dataclass(frozen=True)
class Transition:
    state: str
    action: str
    target: str
    groups: tuple[str, ...]
    reason: bool = False
    requires: tuple[str, ...] = ()


TRANSITIONS = (
    Transition(
        "draft",
        "confirm",
        "confirmed",
        _SHOP,
        requires=("has_lenses", "values_complete", "promised_date"),
    ),
    Transition("draft", "cancel", "cancelled", _SHOP),
    # A wrong frame is noticed a minute later; once a lens is ordered it is too late.
    Transition("confirmed", "reopen", "draft", _SHOP, True, ("nothing_ordered",)),
    Transition("confirmed", "start", "in_production", _WORKSHOP),
    Transition("confirmed", "wait_lens", "waiting_lens", _ANYBODY),
    Transition("confirmed", "return_lens", "returned_supplier", _WORKSHOP, True),
    Transition("confirmed", "hold", "on_hold", _ANYBODY, True),
    Transition("confirmed", "cancel", "cancelled", _SHOP, True),
    Transition("waiting_lens", "receive_lens", "confirmed", _ANYBODY, False, ("lens_accepted",)),
    Transition("waiting_lens", "return_lens", "returned_supplier", _WORKSHOP, True),
    Transition("waiting_lens", "hold", "on_hold", _ANYBODY, True),
    Transition("waiting_lens", "cancel", "cancelled", _SHOP, True),
    # The supplier sends another one, or the lens is ordered elsewhere.
    Transition("returned_supplier", "wait_lens", "waiting_lens", _ANYBODY),
    Transition("returned_supplier", "hold", "on_hold", _ANYBODY, True),
    Transition("returned_supplier", "cancel", "cancelled", _SHOP, True),
    Transition("in_production", "finish", "ready", _WORKSHOP, False, ("quality_passed",)),
    # A lens broke while being edged, or its fault showed only then.
    Transition("in_production", "wait_lens", "waiting_lens", _WORKSHOP, True),
    Transition("in_production", "return_lens", "returned_supplier", _WORKSHOP, True),
    Transition("in_production", "hold", "on_hold", _ANYBODY, True),
    Transition("in_production", "remake", "remake", _WORKSHOP, True, _REMAKE),
    Transition("in_production", "cancel", "cancelled", _MANAGER, True),
    Transition("on_hold", "resume", PREVIOUS, _ANYBODY),
    # It may have been in production: a hold must not be the way around the manager.
    Transition("on_hold", "cancel", "cancelled", _MANAGER, True),
    Transition("ready", "deliver", "delivered", _SHOP, False, ("collected_by",)),
    Transition("ready", "not_collected", "not_collected", _SHOP),
    # Back to the bench for an adjustment; the check must be passed again.
    Transition("ready", "rework", "in_production", _ANYBODY, True),
    Transition("ready", "remake", "remake", _ANYBODY, True, _REMAKE),
    Transition("ready", "cancel", "cancelled", _MANAGER, True),
    Transition("not_collected", "deliver", "delivered", _SHOP, False, ("collected_by",)),
    Transition("not_collected", "cancel", "cancelled", _MANAGER, True),
    Transition("delivered", "remake", "remake", _SHOP, True, _REMAKE),
)


class TransitionError(ValueError):
    """No such action in that state."""

    def __init__(self, state: str, name: str) -> None:
        self.state = state
        self.action = name
        super().__init__(f"no action {name!r} in state {state!r}")


def actions(state: str) -> tuple[Transition, ...]:
    """What can be done with an order in `state`, in the order of the table."""
    return tuple(each for each in TRANSITIONS if each.state == state)


def action(state: str, name: str) -> Transition:
    for each in actions(state):
        if each.action == name:
            return each
    raise TransitionError(state, name)


def target(transition: Transition, held_from: str | None = None) -> str:
    """Where a transition leads; `held_from` is the state that a hold began in."""
    if transition.target != PREVIOUS:
        return transition.target
    if held_from not in HOLDABLE_STATES:
        raise TransitionError(str(held_from), transition.action)
    return held_from


def next_states(state: str) -> tuple[str, ...]:
    """Every state one action away, in the order of STATES."""
    targets: set[str] = set()
    for each in actions(state):
        targets.update(HOLDABLE_STATES if each.target == PREVIOUS else (each.target,))
    return tuple(each for each in STATES if each in targets)


HOLDABLE_STATES = tuple(each.state for each in TRANSITIONS if each.target == "on_hold")

# What the customer reads on the tracking page: friendly, and silent about trouble.
CUSTOMER_STATES = {
    "draft": "accepted",
    "confirmed": "accepted",
    "waiting_lens": "in_work",
    "in_production": "in_work",
    "on_hold": "in_work",
    "returned_supplier": "in_work",
    "remake": "in_work",
    "ready": "ready",
    "not_collected": "ready",
    "delivered": "delivered",
    "cancelled": "cancelled",
}


def is_overdue(state: str, promised: date | None, today: date) -> bool:
    """The promised day itself is in time; glasses that lie ready are never late."""
    return state in UNDER_WAY_STATES and promised is not None and promised < today


# Monday is 0, as in date.weekday().
EVERY_DAY = frozenset(range(7))
_LONGEST_PAUSE = 366


def promise(
    today: date,
    lead_days: int,
    workdays: Collection[int] = EVERY_DAY,
    holidays: Collection[date] = (),
) -> date:
    """The day that `lead_days` working days from today end on.

    Today does not count; with no days to wait it is today, or the next working day.
    """
    if lead_days < 0 or not set(workdays) & EVERY_DAY:
        raise ValueError(f"cannot promise: {lead_days} days, workdays {workdays!r}")
    day, left, idle = today, lead_days, 0
    while left > 0 or not _is_working(day, workdays, holidays):
        day += timedelta(days=1)
        if _is_working(day, workdays, holidays):
            left, idle = left - 1, 0
        else:
            idle += 1
        if idle > _LONGEST_PAUSE:
            raise ValueError("cannot promise: no working day within a year")
    return day


def _is_working(day: date, workdays: Collection[int], holidays: Collection[date]) -> bool:
    return day.weekday() in workdays and day not in holidays
