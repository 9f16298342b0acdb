from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.consent import CHANNELS, KINDS, REQUIRED, filled_in, missing


def test_what_is_required_is_missing_until_given():
    assert missing(set()) == ["personal", "medical"]
    assert missing({"personal"}) == ["medical"]
    assert missing({"sms", "email", "marketing"}) == ["personal", "medical"]


@given(st.sets(st.sampled_from(KINDS)))
def test_given_and_missing_are_all_that_is_required(given_kinds):
    assert set(missing(given_kinds)) == set(REQUIRED) - given_kinds


def test_required_kinds_and_channels_are_kinds():
    assert set(REQUIRED) <= set(KINDS)
    assert set(CHANNELS.values()) <= set(KINDS)


def test_places_are_filled_and_unknown_ones_stay_for_all_to_see():
    text = "Я, {{patient}}, {{ patient }}, {{pasport}}"
    assert filled_in(text, {"patient": "Иванова"}) == "Я, Иванова, {{ patient }}, {{pasport}}"
