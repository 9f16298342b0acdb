from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.person import age_on, comparable, is_minor, surname

days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 5, 1), date(2018, 4, 30), 17),
        (date(2000, 5, 1), date(2018, 5, 1), 18),
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2020, 1, 1), date(2020, 1, 1), 0),
        (date(2020, 1, 2), date(2020, 1, 1), None),
        (None, date(2020, 1, 1), None),
    ],
)
def test_full_years_on_a_day(born, day, age):
    assert age_on(born, day) == age


@given(days, st.integers(0, 60_000))
def test_an_age_never_falls_and_grows_by_one_at_most(born, later):
    day = born + timedelta(days=later)
    before, after = age_on(born, day), age_on(born, day + timedelta(days=1))
    assert after - before in (0, 1)


def test_an_unknown_age_is_nobodys_minority():
    assert not is_minor(None, date(2026, 1, 1))
    assert is_minor(date(2016, 1, 1), date(2026, 1, 1))
    assert not is_minor(date(2008, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize("name", ["Королёва  Мария", " КОРОЛЕВА мария ", "королёва\tМАРИЯ"])
def test_one_name_compares_equal_however_it_is_written(name):
    assert comparable(name) == "королева мария"
    assert surname(name) == "королева"


def test_no_name_has_no_surname():
    assert comparable(None) == ""
    assert surname("") == ""
