from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules import notation
from optics_core.rules.shorthand import CODES, ShorthandError, parse
from tests.unit.optics_core.powers import power, prescriptions

TORIC = power("-2.00", "-1.00", 20)
FULL = power("-2.00", "-1.00", 20, "2.00")


@given(prescriptions())
def test_what_is_printed_is_read_back_the_same(value):
    assert parse(notation.power(value)) == value


@pytest.mark.parametrize(
    "typed",
    [
        "-2.00 -1.00 x 20",
        "-2 -1 x 20",
        "-2.00/-1.00x20",
        "-2.00-1.00x20",
        "-2.00 / -1.00 / 20",
        "-2.00,-1.00,20",
        "-2,00; -1,00; 20",
        "-2,0 -1,0 х 20",
        "-2,00 -1,00 Х 020",
        "-2.00 -1.00 × 20°",
        "-2.00 -1.00 * 20",
        "-2.00 -1.00 @ 20",
        "-2.00 -1.00 ax 20",
        "-2.00 -1.00 AX20",
        "-2.00 -1.00 ось 20",
        "-2.00 -1.00 20",
        "- 2.00 - 1.00 x 20",
        "\u22122.00 \u20131.00 x\u00a020",
        "\ufeff-2.00 -1.00 x 20\u200b",
        "sph -2 cyl -1 ax 20",
        "Sph: -2.00 D, Cyl: -1.00 D, Axis: 20°",
        "sph=-2.00 cyl=-1.00 axis=20",
        "ax 20 cyl -1.00 sph -2.00",
        "сф -2,00 цил -1,00 ось 20",
        "Сф. -2,00 дптр цил. -1,00 дптр ось 20°",
        "S -2.00 C -1.00 A 20",
        "-2.00 sph -1.00 cyl 20 ax",
        "ДЛ -2,00 -1,00 х 20",
        "-200 -100 x 20",
        "-200-100x20",
        "-200 -1.00 x 20",
        "  -2.00\t-1.00  x\n20 ",
    ],
)
def test_one_power_may_be_typed_in_many_ways(typed):
    assert parse(typed) == TORIC


@pytest.mark.parametrize(
    "typed",
    [
        "-2.00 -1.00 x 20 add 2.0",
        "-2.00 -1.00 x 20 Add +2.00",
        "-2,00 -1,00 х 20 адд 2",
        "-2.00 -1.00 x 20 +2.00 add",
        "-2.00 -1.00 +2.00 add x 20",
        "+2.00 add sph -2 cyl -1 ax 20",
        "add 2 sph -2 cyl -1 ax 20",
        "-200 -100 x 20 add 200",
    ],
)
def test_an_add_may_stand_before_its_number_or_after(typed):
    assert parse(typed) == FULL


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("+1,25", power("1.25")),
        ("-2.00 ds", power("-2")),
        ("-2.00 sph", power("-2")),
        ("-.50", power("-0.5")),
        ("-,50", power("-0.5")),
        ("0", power("0")),
        ("0.00", power("0")),
        ("-0.00", power("0")),
        ("пл", power("0")),
        ("PL", power("0")),
        ("plano", power("0")),
        ("Пл -0,50 х 90", power("0", "-0.50", 90)),
        ("sph pl cyl -1 ax 5", power("0", "-1", 5)),
        ("add 2.0", power(add="2")),
        ("-2.00 add 1,75", power("-2", add="1.75")),
        ("-2.00 +1.75 add", power("-2", add="1.75")),
        ("cyl -1 ax 20", power(None, "-1", 20)),
        ("-2.00 -1.00", power("-2", "-1")),
        ("-2.00 0.00", power("-2", "0")),
        ("", power()),
        ("  ", power()),
    ],
)
def test_what_is_not_mentioned_is_not_measured(typed, expected):
    assert parse(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("-0.12", "-0.125"),
        ("+2,37", "2.375"),
        ("-2.62", "-2.625"),
        ("-2.87", "-2.875"),
        ("-2.13", "-2.125"),
        ("-2.125", "-2.125"),
        ("-112", "-1.125"),
        ("+062", "0.625"),
    ],
)
def test_an_eighth_may_be_typed_cut_rounded_or_whole(typed, expected):
    assert parse(typed) == power(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("+125", "1.25"), ("-050", "-0.50"), ("-1050", "-10.50"), ("-10", "-10"), ("-5", "-5")],
)
def test_three_and_four_digits_are_hundredths_fewer_are_dioptres(typed, expected):
    assert parse(typed) == power(expected)


def test_a_lensmeter_means_the_hundredths_it_shows():
    line = "-2.12 -0.87 x 20 add 2.12"
    assert parse(line, measured=True) == power("-2.12", "-0.87", 20, "2.12")
    assert parse(line) == power("-2.125", "-0.875", 20, "2.125")
    assert parse("-211", measured=True) == power("-2.11")
    with pytest.raises(ShorthandError):
        parse("-20000", measured=True)


def test_an_axis_of_zero_is_180():
    assert parse("-2 -1 x 0") == power("-2", "-1", 180)


def test_an_instruments_axis_of_a_zero_cylinder_is_dropped():
    assert parse("-2.00 0.00 x 180") == power("-2", "0")


def test_limits_are_not_the_parsers_business():
    assert parse("-2.10 -30.00 x 20") == power("-2.10", "-30", 20)


@pytest.mark.parametrize(
    ("typed", "token", "code"),
    [
        ("2.00", "2.00", "sign_missing"),
        ("-2.00 1.00 x 20", "1.00", "sign_missing"),
        ("sph 2 cyl -1 ax 20", "2", "sign_missing"),
        ("200", "200", "sign_missing"),
        ("-2 -1 x -20", "-20", "sign_forbidden"),
        ("-2 -1 x +20", "+20", "sign_forbidden"),
        ("add -2.00", "-2.00", "sign_forbidden"),
        ("-25", "-25", "ambiguous"),
        ("+50", "+50", "ambiguous"),
        ("add 75", "75", "ambiguous"),
        ("-200 -50 x 20", "-50", "ambiguous"),
        ("-200 -12 x 20", "-12", "ambiguous"),
        ("-12 -100 x 20", "-12", "ambiguous"),
        ("-2.0625", "-2.0625", "too_fine"),
        ("-2 -1 x 181", "181", "axis_range"),
        ("-2 -1 x 20.5", "20.5", "axis_range"),
        ("-2 -1 x 20,5", "20,5", "axis_range"),
        ("-2 x 20", "20", "cylinder_missing"),
        ("x 20", "20", "cylinder_missing"),
        ("-2 -1 x", "x", "value_missing"),
        ("sph cyl -1 ax 20", "sph", "value_missing"),
        ("add", "add", "value_missing"),
        ("sph -2 sph -3", "-3", "twice"),
        ("-2 -1 x 20 x 30", "30", "twice"),
        ("-110", "-110", "not_understood"),
        ("-20000", "-20000", "not_understood"),
        ("-2 -1 20 30", "30", "not_understood"),
        ("-2.00 -1.00 x пл", "пл", "not_understood"),
        ("add пл", "пл", "not_understood"),
        ("-2 пл", "пл", "not_understood"),
        ("OD -2.00", "OD", "not_understood"),
        ("-2.00 -1.00 x 20 БЛ", "БЛ", "not_understood"),
        ("-2.00?", "?", "not_understood"),
        ("-２", "-", "not_understood"),
        ("дптр", "дптр", "not_understood"),
        ("/", "/", "not_understood"),
    ],
)
def test_what_cannot_be_read_is_named(typed, token, code):
    with pytest.raises(ShorthandError) as refused:
        parse(typed)
    assert (refused.value.token, refused.value.code) == (token, code)


@given(st.text(alphabet="+-0123456789., xхсфцил°add/", max_size=24) | st.text(max_size=24))
def test_any_text_is_read_or_refused_with_a_known_code(text):
    try:
        understood = parse(text)
    except ShorthandError as refused:
        understood = None
        code, token = refused.code, refused.token
    if understood is None:
        assert code in CODES
        assert token


@given(st.sampled_from("+-"), st.integers(0, 4500))
def test_a_sign_is_never_lost_and_never_invented(sign, hundredths):
    value = parse(f"{sign}{hundredths // 100}.{hundredths % 100:02d}")
    assert (value.sph < 0) == (sign == "-" and hundredths > 0)
    assert (value.sph > 0) == (sign == "+" and hundredths > 0)
