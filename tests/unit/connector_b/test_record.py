"""A record: what a row says, kept so that it can be stored, shown and given back."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.problem import MOST_QUOTED, Code, Problem, Severity
from connector_b.rules.record import Record, raw, shown
from connector_b.rules.source.cell_value import CellError, CellValue, Percent

D = Decimal


def test_the_key_is_the_first_that_the_row_has() -> None:
    record = Record(5, {"barcode": "", "supplier_code": "RB1", "default_code": "1"})
    assert record.key(("barcode", "supplier_code", "default_code")) == ("supplier_code", "RB1")
    assert record.key(("default_code", "supplier_code")) == ("default_code", "1")
    assert record.key(("barcode", "name")) is None
    assert Record(5, {"index": D("1.5")}).key(("index",)) == ("index", "1.5")


def test_a_record_survives_being_stored() -> None:
    record = Record(
        7,
        {
            "name": "Оправа",
            "list_price": D("1E+3"),
            "quantity": D("0.10"),
            "active": False,
            "barcode": "0012",
            "currency": "USD",
            "vat": None,
        },
        {"Цена": 12.1, "Код": "0012"},
        (Problem(Code.NEGATIVE, "cost", "Цена", "-5", {"low": "0"}),),
    )
    stored = json.loads(json.dumps(record.to_json()))
    assert stored["values"]["list_price"] == "1000"
    assert stored["values"]["quantity"] == "0.10"
    assert Record.from_json(stored) == record
    assert Record.from_json({"number": 1, "values": {}}) == Record(1, {}, {})


def test_records_differ_in_anything_they_say() -> None:
    record = Record(1, {"name": "a"}, {"A": "a"})
    assert record != Record(2, {"name": "a"}, {"A": "a"})
    assert record != Record(1, {"name": "b"}, {"A": "a"})
    assert record != Record(1, {"name": "a"}, {"A": "b"})
    assert record != Record(1, {"name": "a"}, {"A": "a"}, (Problem(Code.NEGATIVE),))
    assert record != "record"
    assert record == Record(1, {"name": "a"}, cells=("a",), labels=("A", "B"))


def test_only_a_refusing_problem_refuses() -> None:
    assert not Record(1, {}, problems=(Problem(Code.BARCODE_CHECK_DIGIT),)).refused
    assert Record(
        1, {}, problems=(Problem(Code.BARCODE_CHECK_DIGIT), Problem(Code.NEGATIVE))
    ).refused


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("текст", "текст"),
        (12, 12),
        (12.1, 12.1),
        (True, True),
        (date(2024, 5, 12), "2024-05-12"),
        (datetime(2024, 5, 12, 8, 30), "2024-05-12 08:30:00"),  # noqa: DTZ001
        (time(8, 30), "08:30:00"),
        (CellError("#REF!"), "#REF!"),
        (Percent(0.15), "15.00%"),
        (float("nan"), "nan"),
        (None, ""),
        ("a\x00\nb", "a\nb"),
        ("\ud800", "?"),
    ],
)
def test_a_cell_is_kept_as_json_can_hold_it(cell: CellValue, kept: object) -> None:
    assert raw(cell) == kept
    assert type(raw(cell)) is type(kept)


def test_a_cell_is_quoted_as_it_is_seen() -> None:
    assert shown(True) == "TRUE"
    assert shown(12.1) == "12.1"
    assert shown(CellError("#REF!")) == "#REF!"


def test_a_problem_quotes_a_little() -> None:
    assert Problem(Code.NEGATIVE, value="x" * MOST_QUOTED).value == "x" * MOST_QUOTED
    long = Problem(Code.NEGATIVE, value="x" * 5000).value
    assert long is not None
    assert len(long) == MOST_QUOTED
    assert long.endswith("…")


def test_every_code_is_a_refusal_or_a_warning() -> None:
    assert {code.severity for code in Code} == set(Severity)
    for code in Code:
        assert code.refuses == (code.severity is Severity.REFUSED)
        assert Problem(code).refuses == code.refuses
        assert Problem(code).severity is code.severity


problems = st.builds(
    Problem,
    st.sampled_from(Code),
    st.none() | st.just("name"),
    st.none() | st.text(max_size=5),
    st.none() | st.text(max_size=300),
    st.dictionaries(st.sampled_from("abc"), st.text(max_size=3), max_size=2),
)


@given(problems)
def test_a_problem_survives_being_stored(problem: Problem) -> None:
    assert Problem.from_json(json.loads(json.dumps(problem.to_json()))) == problem
