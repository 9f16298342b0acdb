"""Barcodes: what a spreadsheet does to them is found, not imported."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.barcode import check_digit, is_checked, read_barcode, spellings
from connector_b.rules.finding import Finding
from connector_b.rules.problem import Code
from connector_b.rules.source.cell_value import CellError, CellValue

GOOD = "4006381333931"


def finding(cell: CellValue) -> Finding:
    found = read_barcode(cell)
    assert isinstance(found, Finding)
    return found


@pytest.mark.parametrize("code", [GOOD, "96385074", "036000291452", "10614141000415"])
def test_known_codes_check(code: str) -> None:
    assert is_checked(code)
    assert check_digit(code[:-1]) == code[-1]
    assert read_barcode(code) == code


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_never_checks(body: str, place: int, by: int) -> None:
    code = body + check_digit(body)
    assert is_checked(code)
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    assert not is_checked(wrong)


@pytest.mark.parametrize("text", ["123", "", "1234567890", "٤٠٠٦٣٨١٣٣٣٩٣١", "400638133393x"])
def test_only_lengths_of_trade_codes_are_checked(text: str) -> None:
    assert not is_checked(text)


@pytest.mark.parametrize("cell", [GOOD, int(GOOD), float(GOOD), f" {GOOD}\u200b", f"'{GOOD}"])
def test_a_code_is_text_however_it_is_kept(cell: CellValue) -> None:
    assert read_barcode(cell) == GOOD


def test_digits_in_groups_are_one_code() -> None:
    assert read_barcode("4 006381 333931") == GOOD
    assert read_barcode("4-006381-333931") == GOOD
    assert read_barcode("12-05-18") == "12-05-18"


def test_a_code_of_our_own_may_have_letters() -> None:
    assert read_barcode("RB-1234/C1") == "RB-1234/C1"
    assert read_barcode("12345") == "12345"
    assert read_barcode(12345) == "12345"


def test_a_wrong_check_digit_is_a_warning_and_the_code_is_kept() -> None:
    found = finding("4006381333932")
    assert (found.code, found.value) == (Code.BARCODE_CHECK_DIGIT, "4006381333932")
    assert found.params == {"expected": "1"}
    assert not Code.BARCODE_CHECK_DIGIT.refuses


@pytest.mark.parametrize("text", ["4,00638E+12", "4.00638E+12", "4,00638e12", "4.6Е+12"])
def test_lost_digits_are_refused(text: str) -> None:
    assert finding(text).code is Code.BARCODE_SCIENTIFIC


def test_scientific_notation_with_all_digits_has_lost_none() -> None:
    assert read_barcode("4.006381333931E+12") == GOOD
    assert finding("4.00638133393E+12").code is Code.BARCODE_SCIENTIFIC


def test_a_number_of_more_digits_than_a_spreadsheet_keeps_is_refused() -> None:
    assert read_barcode(123456789012345) == "123456789012345"
    assert finding(1234567890123456).code is Code.BARCODE_SCIENTIFIC
    assert finding(1.2345678901234567e18).code is Code.BARCODE_SCIENTIFIC
    assert finding("1.234567890123456E+15").code is Code.BARCODE_SCIENTIFIC


def test_one_or_two_zeros_lost_are_told_and_the_code_is_kept() -> None:
    code = "01234565"
    assert is_checked(code)
    found = finding(int(code))
    assert (found.code, found.value) == (Code.BARCODE_ZEROS_LOST, "1234565")
    assert found.params == {"suggested": code}
    assert not Code.BARCODE_ZEROS_LOST.refuses
    # A text has lost nothing.
    assert read_barcode("1234565") == "1234565"


def test_a_short_number_of_our_own_has_lost_nothing() -> None:
    assert is_checked("00012348")
    assert read_barcode(12348) == "12348"


@pytest.mark.parametrize("cell", ["", "-", "нет", "б/к", "0", "0000000", 0, " "])
def test_no_code_is_none(cell: CellValue) -> None:
    assert read_barcode(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "штрих",
        "4006381333931;1",
        -4006381333931,
        12.5,
        True,
        date(2024, 1, 1),
        "x" * 65,
    ],
)
def test_what_no_scanner_reads_is_refused(cell: CellValue) -> None:
    assert finding(cell).code is Code.BARCODE_NOT_A_CODE


@pytest.mark.parametrize(
    "text", ["12345678, {0}", "{0}\n4006381333932", "{0};4006381333932", "4006381333932 / {0}"]
)
def test_of_several_codes_the_first_that_checks_is_taken(text: str) -> None:
    found = finding(text.format(GOOD))
    assert (found.code, found.value) == (Code.SEVERAL_BARCODES, GOOD)
    assert found.params is not None
    assert found.params["taken"] == GOOD
    assert len(found.params["others"]) == 1
    assert not Code.SEVERAL_BARCODES.refuses


def test_where_none_checks_the_first_is_taken() -> None:
    assert finding("4006381333932, 4006381333933").value == "4006381333932"
    assert finding("4006381333932, старый").code is Code.BARCODE_NOT_A_CODE


def test_a_formula_error_is_named() -> None:
    assert finding(CellError("#REF!")).params == {"error": "#REF!"}
    assert finding("#Н/Д").code is Code.CELL_ERROR


@given(st.one_of(st.text(max_size=30), st.floats(allow_nan=True), st.integers()))
def test_no_cell_makes_it_fail(cell: CellValue) -> None:
    found = read_barcode(cell)
    assert found is None or isinstance(found, str | Finding)


def test_a_upc_is_an_ean_without_its_leading_zero() -> None:
    assert spellings("712901000026") == ("712901000026", "0712901000026")
    assert spellings("0712901000026") == ("0712901000026", "712901000026")
    for alone in ("4607034171234", "96385074", "A12345678901", "00712901000026"):
        assert spellings(alone) == (alone,)
