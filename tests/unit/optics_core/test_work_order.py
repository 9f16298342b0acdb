from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.work_order import (
    CUSTOMER_STATES,
    EVERY_DAY,
    FINAL_STATES,
    FIRST_STATE,
    GROUPS,
    HOLDABLE_STATES,
    PREVIOUS,
    REQUIREMENTS,
    STATES,
    TRANSITIONS,
    UNDER_WAY_STATES,
    TransitionError,
    action,
    actions,
    is_overdue,
    next_states,
    promise,
    target,
)

TODAY = date(2026, 3, 10)  # A Tuesday.
UNFINISHED_STATES = [state for state in STATES if state not in ("delivered", *FINAL_STATES)]
MONDAY_TO_FRIDAY = frozenset(range(5))
dates = st.dates(date(2020, 1, 1), date(2040, 1, 1))
weeks = st.frozensets(st.integers(0, 6), min_size=1)


def reachable_from(state):
    """Every state that a chain of actions leads to."""
    found, to_visit = set(), [state]
    while to_visit:
        for following in next_states(to_visit.pop()):
            if following not in found:
                found.add(following)
                to_visit.append(following)
    return found


def walk(state, *names):
    for name in names:
        state = target(action(state, name))
    return state


def test_every_state_can_be_reached():
    assert reachable_from(FIRST_STATE) | {FIRST_STATE} == set(STATES)


@pytest.mark.parametrize("state", STATES)
def test_only_a_final_state_has_no_exit(state):
    assert (actions(state) == ()) == (state in FINAL_STATES)


@pytest.mark.parametrize("state", UNFINISHED_STATES)
def test_whatever_happened_the_glasses_can_still_be_delivered(state):
    assert "delivered" in reachable_from(state)


@pytest.mark.parametrize("state", UNFINISHED_STATES)
def test_every_order_that_was_not_handed_over_can_be_cancelled(state):
    assert action(state, "cancel").target == "cancelled"


@pytest.mark.parametrize("each", TRANSITIONS, ids=lambda each: f"{each.state}-{each.action}")
def test_a_line_of_the_table_speaks_of_known_things(each):
    assert each.state in STATES
    assert each.target in (*STATES, PREVIOUS)
    assert each.target != each.state
    assert each.groups
    assert set(each.groups) <= set(GROUPS)
    assert "manager" in each.groups
    assert set(each.requires) <= set(REQUIREMENTS)


def test_an_action_leads_from_a_state_to_one_other():
    pairs = [(each.state, each.action) for each in TRANSITIONS]
    assert len(pairs) == len(set(pairs))


def test_every_requirement_is_asked_somewhere():
    asked = {name for each in TRANSITIONS for name in each.requires}
    assert asked == set(REQUIREMENTS)


def test_a_good_day():
    assert walk("draft", "confirm", "start", "finish", "deliver") == "delivered"


def test_a_lens_that_has_to_come_first():
    assert walk("draft", "confirm", "wait_lens", "receive_lens", "start") == "in_production"


def test_a_bad_lens_goes_back_and_another_comes():
    assert walk("waiting_lens", "return_lens", "wait_lens", "receive_lens") == "confirmed"


def test_a_lens_that_broke_in_the_workshop_is_waited_for_again():
    assert walk("in_production", "wait_lens", "receive_lens", "start") == "in_production"


def test_glasses_that_nobody_collected_can_be_handed_over_later():
    assert walk("ready", "not_collected", "deliver") == "delivered"


def test_adjusted_glasses_pass_the_check_again():
    assert walk("ready", "rework") == "in_production"
    assert action("in_production", "finish").requires == ("quality_passed",)


@pytest.mark.parametrize("state", ["in_production", "ready", "delivered"])
def test_a_remake_closes_the_order_and_says_why_and_who_pays(state):
    remake = action(state, "remake")
    assert remake.target == "remake"
    assert remake.reason
    assert remake.requires == ("remake_cause", "remake_payer")


@pytest.mark.parametrize(
    ("state", "name", "requirements"),
    [
        ("draft", "confirm", ("has_lenses", "values_complete", "promised_date")),
        ("confirmed", "reopen", ("nothing_ordered",)),
        ("waiting_lens", "receive_lens", ("lens_accepted",)),
        ("in_production", "finish", ("quality_passed",)),
        ("ready", "deliver", ("collected_by",)),
        ("not_collected", "deliver", ("collected_by",)),
    ],
)
def test_what_must_hold_before(state, name, requirements):
    assert action(state, name).requires == requirements


@pytest.mark.parametrize(
    ("state", "name", "groups"),
    [
        ("draft", "confirm", ("assistant", "manager")),
        ("confirmed", "start", ("workshop", "manager")),
        ("in_production", "finish", ("workshop", "manager")),
        ("ready", "deliver", ("assistant", "manager")),
        ("in_production", "cancel", ("manager",)),
        ("ready", "cancel", ("manager",)),
    ],
)
def test_who_may_do_it(state, name, groups):
    assert action(state, name).groups == groups


@pytest.mark.parametrize("state", HOLDABLE_STATES)
def test_a_hold_ends_where_it_began(state):
    assert action(state, "hold").target == "on_hold"
    assert target(action("on_hold", "resume"), state) == state


def test_only_what_can_be_put_on_hold_can_be_resumed_to():
    resume = action("on_hold", "resume")
    for state in (None, *sorted(set(STATES) - set(HOLDABLE_STATES))):
        with pytest.raises(TransitionError):
            target(resume, state)


def test_a_hold_gives_nobody_a_right_that_the_state_before_did_not():
    may_cancel = set(action("on_hold", "cancel").groups)
    for state in HOLDABLE_STATES:
        assert may_cancel <= set(action(state, "cancel").groups)


@pytest.mark.parametrize("name", ["hold", "reopen", "return_lens", "rework", "remake"])
def test_what_goes_backwards_or_stops_needs_a_reason(name):
    assert all(each.reason for each in TRANSITIONS if each.action == name)


def test_a_step_forward_needs_no_reason():
    forward = {(each.state, each.action) for each in TRANSITIONS if not each.reason}
    assert forward == {
        ("draft", "confirm"),
        ("draft", "cancel"),
        ("confirmed", "start"),
        ("confirmed", "wait_lens"),
        ("waiting_lens", "receive_lens"),
        ("returned_supplier", "wait_lens"),
        ("in_production", "finish"),
        ("on_hold", "resume"),
        ("ready", "deliver"),
        ("ready", "not_collected"),
        ("not_collected", "deliver"),
    }


def test_a_cancellation_needs_a_reason_once_the_order_was_confirmed():
    without = [each.state for each in TRANSITIONS if each.action == "cancel" and not each.reason]
    assert without == ["draft"]


@pytest.mark.parametrize(
    ("state", "following"),
    [
        ("draft", ("confirmed", "cancelled")),
        ("ready", ("in_production", "delivered", "not_collected", "remake", "cancelled")),
        (
            "on_hold",
            ("confirmed", "waiting_lens", "in_production", "returned_supplier", "cancelled"),
        ),
        ("delivered", ("remake",)),
        ("remake", ()),
        ("cancelled", ()),
    ],
)
def test_the_states_that_may_follow(state, following):
    assert next_states(state) == following


@pytest.mark.parametrize(
    ("state", "name"), [("draft", "deliver"), ("cancelled", "confirm"), ("nowhere", "start")]
)
def test_an_action_that_the_table_does_not_have_is_refused(state, name):
    with pytest.raises(TransitionError) as refused:
        action(state, name)
    assert (refused.value.state, refused.value.action) == (state, name)


def test_the_customer_is_told_something_friendly_about_every_state():
    assert set(CUSTOMER_STATES) == set(STATES)
    assert set(CUSTOMER_STATES.values()) == {
        "accepted",
        "in_work",
        "ready",
        "delivered",
        "cancelled",
    }
    for trouble in ("on_hold", "returned_supplier", "remake", "waiting_lens"):
        assert CUSTOMER_STATES[trouble] == "in_work"


@pytest.mark.parametrize("state", STATES)
def test_only_an_order_under_way_is_overdue_and_only_after_its_day(state):
    yesterday = TODAY - timedelta(days=1)
    under_way = state in UNDER_WAY_STATES
    assert is_overdue(state, yesterday, TODAY) == under_way
    assert not is_overdue(state, TODAY, TODAY)
    assert not is_overdue(state, None, TODAY)


def test_under_way_is_what_was_promised_and_is_not_made():
    assert set(UNDER_WAY_STATES) == {
        "confirmed",
        "waiting_lens",
        "in_production",
        "on_hold",
        "returned_supplier",
    }


@pytest.mark.parametrize(
    ("lead_days", "holidays", "promised"),
    [
        (0, (), date(2026, 3, 10)),
        (1, (), date(2026, 3, 11)),
        (3, (), date(2026, 3, 13)),
        (4, (), date(2026, 3, 16)),
        (1, (date(2026, 3, 11),), date(2026, 3, 12)),
        (0, (date(2026, 3, 10),), date(2026, 3, 11)),
        (4, (date(2026, 3, 13), date(2026, 3, 16)), date(2026, 3, 18)),
        # A holiday on a day off costs nothing.
        (4, (date(2026, 3, 14),), date(2026, 3, 16)),
    ],
)
def test_a_promise_counts_working_days_after_today(lead_days, holidays, promised):
    assert promise(TODAY, lead_days, MONDAY_TO_FRIDAY, holidays) == promised


def test_an_order_of_saturday_is_begun_on_monday():
    saturday = date(2026, 3, 14)
    assert promise(saturday, 0, MONDAY_TO_FRIDAY) == date(2026, 3, 16)
    assert promise(saturday, 1, MONDAY_TO_FRIDAY) == date(2026, 3, 16)


def test_a_shop_that_never_closes_promises_by_the_calendar():
    assert promise(TODAY, 10) == TODAY + timedelta(days=10)


@given(dates, st.integers(0, 40), weeks, st.frozensets(dates, max_size=5))
def test_as_many_days_are_worked_as_were_promised(today, lead_days, workdays, holidays):
    promised = promise(today, lead_days, workdays, holidays)
    days = [today + timedelta(days=n) for n in range(1, (promised - today).days + 1)]
    worked = [day for day in days if day.weekday() in workdays and day not in holidays]
    assert promised >= today
    assert promised.weekday() in workdays
    assert promised not in holidays
    if lead_days:
        assert len(worked) == lead_days
    else:
        assert len(worked) <= 1


@given(dates, st.integers(0, 40), weeks, dates)
def test_more_days_or_a_holiday_never_make_it_sooner(today, lead_days, workdays, holiday):
    promised = promise(today, lead_days, workdays)
    assert promised <= promise(today, lead_days + 1, workdays)
    assert promised <= promise(today, lead_days, workdays, {holiday})


@pytest.mark.parametrize(
    ("lead_days", "workdays"), [(-1, EVERY_DAY), (1, frozenset()), (1, frozenset({7}))]
)
def test_what_cannot_be_promised_is_refused(lead_days, workdays):
    with pytest.raises(ValueError, match="promise"):
        promise(TODAY, lead_days, workdays)


def test_a_year_of_holidays_is_a_mistake_in_the_calendar():
    year = {TODAY + timedelta(days=n) for n in range(500)}
    with pytest.raises(ValueError, match="working day"):
        promise(TODAY, 1, EVERY_DAY, year)
