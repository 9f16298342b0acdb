"""Formulas for prices: what they can do, and that they can do nothing else."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.expression import (
    DEEPEST,
    LONGEST,
    MOST_NODES,
    Expression,
    ExpressionError,
    Reason,
)
from connector_b.rules.finding import Finding
from connector_b.rules.problem import Code, Problem

D = Decimal
ROW = {
    "cost": D("100"),
    "supplier_price": D("12.1"),
    "rate": D("91.5"),
    "value": D(7),
    "brand": "Ray-Ban",
    "active": True,
    "quantity": D(0),
}


def value(text: str, **more: object) -> Decimal | None:
    found = Expression.parse(text).evaluate({**ROW, **more})
    assert not isinstance(found, Finding)
    return found


def error(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        Expression.parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("cost", "100"),
        ("value", "7"),
        ("cost * 1.1", "110.0"),
        ("supplier_price * rate", "1107.15"),
        ("0.1 + 0.2", "0.3"),
        ("cost - 1 - 2", "97"),
        ("cost / 8", "12.5"),
        ("-cost + +5", "-95"),
        ("(cost + 20) * 2", "240"),
        ("min(cost, 50, 70)", "50"),
        ("max(cost, 150)", "150"),
        ("abs(5 - cost)", "95"),
        ("round(cost / 3)", "33"),
        ("round(cost / 3, 2)", "33.33"),
        ("round(2.5)", "3"),
        ("round(1250, -2)", "1300"),
        ("round_to(supplier_price * rate * 1.6, 0.90)", "1771.90"),
        ("round_up_to(101, 90)", "190"),
        ("ceil(cost / 3)", "34"),
        ("ceil(cost * 1.01, 50)", "150"),
        ("floor(cost / 3)", "33"),
        ("cost * 2 if cost < 1000 else cost * 1.5", "200"),
        ("cost * 2 if cost > 1000 else cost * 1.5", "150.0"),
        ("1 if 50 < cost <= 100 else 2", "1"),
        ("1 if 50 < cost < 100 else 2", "2"),
        ("1 if cost >= 100 and not cost > 100 else 2", "1"),
        ("1 if cost == 1 or cost != 2 else 2", "1"),
        ("3 if brand == 'ray-ban' else 4", "3"),
        ("3 if brand != 'Ray-Ban' else 4", "4"),
        ("3 if active else 4", "3"),
        ("1 if has(list_price) else 2", "2"),
        ("1 if has(quantity) else 2", "1"),
        ("list_price if has(list_price) else cost * 2", "200"),
        ("  cost  ", "100"),
    ],
)
def test_what_a_formula_says(text: str, result: str) -> None:
    assert value(text) == D(result)


def test_of_a_missing_value_there_is_no_price() -> None:
    assert value("list_price * 2") is None
    assert value("cost * 2", cost=None) is None
    assert value("max(cost, list_price)") is None
    # Only what is needed is asked for.
    assert value("cost if cost > 0 else list_price") == D(100)


def test_a_text_that_is_not_there_equals_no_other() -> None:
    assert value("1 if category == 'Оправы' else 2") == D(2)
    assert value("1 if active else 2", active=None) == D(2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cost / quantity", Code.EXPRESSION_DIVISION_BY_ZERO),
        ("quantity / quantity", Code.EXPRESSION_DIVISION_BY_ZERO),
    ],
)
def test_a_row_that_cannot_be_calculated_is_told(text: str, code: Code) -> None:
    found = Expression.parse(text).evaluate(ROW)
    assert isinstance(found, Finding)
    assert found.code is code


def test_a_number_beyond_all_prices_overflows() -> None:
    big = {"cost": D("1e500")}
    found = Expression.parse("cost * cost").evaluate(big)
    assert isinstance(found, Finding)
    assert found.code is Code.EXPRESSION_OVERFLOW


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.SYNTAX),
        ("cost *", Reason.SYNTAX),
        ("cost * 1,6", Reason.DECIMAL_COMMA),
        ("price * 2", Reason.NAME_UNKNOWN),
        ("__import__('os')", Reason.FUNCTION_UNKNOWN),
        ("open('x')", Reason.FUNCTION_UNKNOWN),
        ("eval(cost)", Reason.FUNCTION_UNKNOWN),
        ("cost.real", Reason.NOT_ALLOWED),
        ("cost.real()", Reason.FUNCTION_UNKNOWN),
        ("cost[0]", Reason.NOT_ALLOWED),
        ("cost ** 2", Reason.NOT_ALLOWED),
        ("2 ** 10 ** 10", Reason.NOT_ALLOWED),
        ("cost // 2", Reason.NOT_ALLOWED),
        ("cost % 2", Reason.NOT_ALLOWED),
        ("cost << 2", Reason.NOT_ALLOWED),
        ("~cost", Reason.NOT_ALLOWED),
        ("[cost]", Reason.NOT_ALLOWED),
        ("[x for x in cost]", Reason.NOT_ALLOWED),
        ("lambda: 1", Reason.NOT_ALLOWED),
        ("f'{cost}'", Reason.NOT_ALLOWED),
        ("(x := 5)", Reason.NOT_ALLOWED),
        ("None", Reason.NOT_ALLOWED),
        ("True", Reason.NOT_ALLOWED),
        ("1j", Reason.NOT_ALLOWED),
        ("...", Reason.NOT_ALLOWED),
        ("b'x'", Reason.NOT_ALLOWED),
        ("1e999", Reason.TOO_LONG),
        ("1000000000000000", Reason.TOO_LONG),
        ("cost in (1, 2)", Reason.DECIMAL_COMMA),
        ("1 if cost is 1 else 2", Reason.NOT_ALLOWED),
        ("'a'", Reason.NOT_A_PRICE),
        ("brand", Reason.NOT_A_PRICE),
        ("cost > 5", Reason.NOT_A_PRICE),
        ("brand * 2", Reason.TYPES),
        ("'a' * 1000", Reason.TYPES),
        ("-brand", Reason.TYPES),
        ("not cost", Reason.TYPES),
        ("1 if cost else 2", Reason.TYPES),
        ("1 if brand else 2", Reason.TYPES),
        ("1 if cost < 'a' else 2", Reason.TYPES),
        ("1 if brand < 'a' else 2", Reason.TYPES),
        ("1 if active == active else 2", Reason.TYPES),
        ("1 if cost > 1 else brand", Reason.TYPES),
        ("1 if cost and cost > 1 else 2", Reason.TYPES),
        ("min(cost)", Reason.ARGUMENTS),
        ("min(*cost)", Reason.ARGUMENTS),
        ("round(cost, ndigits=2)", Reason.ARGUMENTS),
        ("round(cost, cost)", Reason.ARGUMENTS),
        ("round(cost, 0.5)", Reason.ARGUMENTS),
        ("round(cost, 7)", Reason.ARGUMENTS),
        ("round(cost, -cost)", Reason.ARGUMENTS),
        ("round_to(cost)", Reason.ARGUMENTS),
        ("round_to(cost, -9)", Reason.ARGUMENTS),
        ("round_to(cost, 100000)", Reason.ARGUMENTS),
        ("ceil(cost, 0)", Reason.ARGUMENTS),
        ("abs(cost, 1)", Reason.ARGUMENTS),
        ("abs(brand)", Reason.TYPES),
        ("has()", Reason.ARGUMENTS),
        ("has(1)", Reason.ARGUMENTS),
        ("1 if has(price) else 2", Reason.NAME_UNKNOWN),
        ("cost" + " " * LONGEST, Reason.TOO_LONG),
        ("(" * 300 + "1" + ")" * 300, Reason.TOO_LONG),
        ("(" * 240 + "1" + ")" * 240, Reason.SYNTAX),
        ("-" * 400 + "1", Reason.TOO_LONG),
        ("+".join(["1"] * MOST_NODES), Reason.TOO_LONG),
        ("1\x00", Reason.SYNTAX),
    ],
)
def test_everything_else_is_refused_before_the_first_row(text: str, reason: Reason) -> None:
    assert error(text).reason is reason


def test_an_error_says_where_and_what() -> None:
    found = error("cost * rat * 2")
    assert (found.position, found.name) == (7, "rat")
    assert error("  cost * rat").position == 9
    assert error("cost * * 2").position == 7
    assert error("cost $ 2").position == 5
    assert error("1 if brand == 'Оправы' else rat").position == 28
    problem = found.problem("list_price", "cost * rat * 2")
    assert problem.code is Code.EXPRESSION_INVALID
    assert problem.params == {"reason": "name_unknown", "position": 7, "name": "rat"}


def test_the_names_it_speaks_of_are_known() -> None:
    found = Expression.parse("round_to(supplier_price * rate, 0.9) if has(brand) else value")
    assert found.names == {"supplier_price", "rate", "brand", "value"}


def test_nesting_has_an_end() -> None:
    assert value("-" * DEEPEST + "1") == D(-1) ** DEEPEST
    assert error("-" * (DEEPEST + 1) + "1").reason is Reason.TOO_LONG


def test_the_decimal_context_of_the_thread_does_not_matter() -> None:
    with localcontext() as context:
        context.prec = 3
        assert value("cost * 12.3456") == D("1234.56")


names = st.sampled_from(["cost", "supplier_price", "rate", "brand", "x", "__class__"])
pieces = st.one_of(
    names,
    st.sampled_from(["+", "-", "*", "/", "**", "(", ")", ",", ".", " if ", " else ", "<", "'"]),
    st.integers(0, 10**16).map(str),
    st.sampled_from(["min(", "round(", "round_to(", "has(", "lambda:", "[", "]", ":=", "\n"]),
)


@given(st.lists(pieces, max_size=25).map("".join))
def test_whatever_is_typed_is_a_price_or_an_explained_refusal(text: str) -> None:
    try:
        found = Expression.parse(text).evaluate(ROW)
    except ExpressionError as refusal:
        found = refusal.problem()
    assert found is None or isinstance(found, Decimal | Finding | Problem)
