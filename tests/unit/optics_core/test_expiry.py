from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.expiry import STATES, Term, state, valid_until

TERMS = {"distance": Term(months=12), "contact": Term(months=6), "near": Term(days=30)}
dates = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("written", "kind", "until"),
    [
        (date(2026, 3, 10), "distance", date(2027, 3, 10)),
        (date(2026, 3, 10), "near", date(2026, 4, 9)),
        (date(2026, 9, 10), "contact", date(2027, 3, 10)),
        (date(2024, 2, 29), "distance", date(2025, 2, 28)),
        (date(2025, 8, 31), "contact", date(2026, 2, 28)),
        (date(2025, 12, 31), "distance", date(2026, 12, 31)),
    ],
)
def test_a_prescription_counts_for_the_term_of_its_kind(written, kind, until):
    assert valid_until(written, kind, TERMS) == until


def test_a_kind_without_a_term_does_not_expire():
    assert valid_until(date(2026, 3, 10), "progressive", TERMS) is None
    assert state(date(2099, 1, 1), None, 30) == "valid"


def test_a_term_may_have_months_and_days():
    terms = {"near": Term(months=1, days=3)}
    assert valid_until(date(2026, 1, 31), "near", terms) == date(2026, 3, 3)


@given(dates, st.integers(0, 60))
def test_the_day_stays_unless_the_month_is_too_short(written, months):
    until = valid_until(written, "kind", {"kind": Term(months=months)})
    assert (until.year * 12 + until.month) - (written.year * 12 + written.month) == months
    assert until.day == written.day or (
        until.day < written.day and (until + timedelta(days=1)).day == 1
    )


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 5, 31), "valid"),
        (date(2026, 6, 1), "soon"),
        (date(2026, 7, 1), "soon"),
        (date(2026, 7, 2), "expired"),
    ],
)
def test_it_counts_on_the_last_day_and_warns_before(today, expected):
    assert state(today, date(2026, 7, 1), 30) == expected


@given(dates, dates, st.integers(0, 90))
def test_a_prescription_never_gets_younger(today, until, warn_days):
    order = [state(day, until, warn_days) for day in (today, today + timedelta(days=1))]
    assert STATES.index(order[0]) <= STATES.index(order[1])
