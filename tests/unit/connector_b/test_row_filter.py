"""Which rows are goods of ours, and patterns that cannot take for ever."""

from __future__ import annotations

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.pattern import (
    LONGEST,
    MOST_REPEATS,
    PatternError,
    PatternReason,
    compile_pattern,
)
from connector_b.rules.problem import Code
from connector_b.rules.row_filter import Action, Condition, Place, RowFilter

D = Decimal


def skips(condition: Condition, value: object, wanted: str = "", **more) -> bool:
    return RowFilter("name", condition, wanted, **more).skips()(value)


def test_empty() -> None:
    assert skips(Condition.EMPTY, None)
    assert skips(Condition.EMPTY, "")
    assert not skips(Condition.EMPTY, "Оправа")
    assert not skips(Condition.EMPTY, D(0))
    assert not skips(Condition.EMPTY, False)


def test_texts_are_compared_as_a_person_would() -> None:
    assert skips(Condition.EQUALS, " RAY-BAN, ", "ray-ban")
    assert not skips(Condition.EQUALS, "Ray-Ban 5", "ray-ban")
    assert skips(Condition.ONE_OF, "Oakley", "Ray-Ban; oakley\nVogue")
    assert skips(Condition.ONE_OF, "vogue", "Ray-Ban; oakley\nVogue")
    assert not skips(Condition.ONE_OF, "", "Ray-Ban;;Oakley")
    assert not skips(Condition.ONE_OF, "Oak", "Ray-Ban; Oakley")
    assert skips(Condition.CONTAINS, "Футляр УЦЕНКА!", "уценка")
    assert not skips(Condition.CONTAINS, None, "уценка")
    assert skips(Condition.STARTS_WITH, "Оправа 5", "оправа")
    assert not skips(Condition.STARTS_WITH, "5 оправа", "оправа")
    assert skips(Condition.EQUALS, D("5.00"), "5")


def test_patterns() -> None:
    assert skips(Condition.MATCHES, "RB-5154", r"^rb-\d+$")
    assert not skips(Condition.MATCHES, "RB-5154x", r"^rb-\d+$")
    assert not skips(Condition.MATCHES, "x" * 1000 + "y", "y")


def test_numbers() -> None:
    assert skips(Condition.BELOW, D("2.99"), "3")
    assert not skips(Condition.BELOW, D(3), "3")
    assert skips(Condition.ABOVE, D("3.01"), "3")
    assert not skips(Condition.ABOVE, D(3), "3")
    assert skips(Condition.BELOW, "1 000,5", "1000,6")
    for other in (None, "", "много", True, "NaN"):
        assert not skips(Condition.BELOW, other, "3")
        assert not skips(Condition.ABOVE, other, "-3")
    with pytest.raises(ValueError, match="no number"):
        RowFilter("name", Condition.BELOW, "x").skips()


def test_keeping_is_skipping_the_others() -> None:
    for value in ("Оправа", "Футляр", None):
        assert skips(Condition.EQUALS, value, "оправа") != skips(
            Condition.EQUALS, value, "оправа", action=Action.KEEP
        )


def test_what_is_wrong_with_a_filter() -> None:
    assert RowFilter("name", Condition.MATCHES, "^a+$").problems() == ()
    assert RowFilter("cost", Condition.BELOW, "1,5").problems() == ()
    assert RowFilter("x", Condition.EMPTY, place=Place.COLUMN).problems() == ()
    (problem,) = RowFilter("cost", Condition.ABOVE, "x").problems()
    assert (problem.code, problem.target, problem.value) == (Code.NOT_A_NUMBER, "cost", "x")
    (problem,) = RowFilter("name", Condition.MATCHES, "a(").problems()
    assert (problem.code, problem.params["reason"]) == (Code.PATTERN_INVALID, "syntax")
    (problem,) = RowFilter("x", Condition.EMPTY).problems()
    assert problem.code is Code.TARGET_UNKNOWN


def reason(pattern: str) -> PatternReason:
    with pytest.raises(PatternError) as caught:
        compile_pattern(pattern)
    return caught.value.reason


@pytest.mark.parametrize(
    "pattern",
    ["цена", "^rb[0-9*+]+$", r"a\+b\*", "(опт|розн)", "(опт|розн)?", "a{2}b{1,3}", "(ab){2}"],
)
def test_ordinary_patterns_are_taken(pattern: str) -> None:
    assert isinstance(compile_pattern(pattern), re.Pattern)
    assert compile_pattern("ЦЕНА").search("цена, руб")


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a+)+", PatternReason.REPEATED_REPEAT),
        ("(a*)*b", PatternReason.REPEATED_REPEAT),
        ("((a+))*", PatternReason.REPEATED_REPEAT),
        ("(a|aa)+", PatternReason.REPEATED_REPEAT),
        ("(a|b){2,}", PatternReason.REPEATED_REPEAT),
        ("(a+){200}", PatternReason.REPEATED_REPEAT),
        (".*" * (MOST_REPEATS + 1), PatternReason.TOO_MANY_REPEATS),
        (r"(a)\1", PatternReason.BACK_REFERENCE),
        ("(?P<x>a)(?P=x)", PatternReason.BACK_REFERENCE),
        ("(", PatternReason.SYNTAX),
        ("[a", PatternReason.SYNTAX),
        ("a" * (LONGEST + 1), PatternReason.TOO_LONG),
    ],
)
def test_patterns_that_could_take_for_ever_are_not(pattern: str, why: PatternReason) -> None:
    assert reason(pattern) is why


def test_a_problem_says_where() -> None:
    with pytest.raises(PatternError) as caught:
        compile_pattern("abc(d+)+")
    problem = caught.value.problem("name", "abc(d+)+")
    assert problem.params == {"reason": "repeated_repeat", "position": 7}


pieces = st.sampled_from(["a", "b", ".", "*", "+", "?", "(", ")", "|", "{2,}", "[ab]", "\\d", "^"])


@given(st.lists(pieces, max_size=10).map("".join))
def test_whatever_is_taken_is_quick(pattern: str) -> None:
    try:
        search = RowFilter("name", Condition.MATCHES, pattern).skips()
    except PatternError:
        return
    began = time.process_time()
    search("ab" * 150 + "!")
    search("a" * 300 + "!")
    assert time.process_time() - began < 2
