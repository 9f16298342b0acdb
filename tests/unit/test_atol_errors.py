from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kkt_adapter.app.drivers import atol_errors
from kkt_adapter.app.drivers.atol_errors import Outcome, classify, describe, table


@pytest.mark.parametrize("code", [44, 45, 55, 68, 73, 83, 141, 249, 502])
def test_what_surely_was_not_printed_may_be_sent_again(code):
    assert classify(code) is Outcome.NOT_PRINTED


@pytest.mark.parametrize("code", [35, 36, 120, 121, 122, 136, 137, 139, 140, 142, 224])
def test_what_a_person_has_to_clear_first_is_blocked(code):
    assert classify(code) is Outcome.BLOCKED


@pytest.mark.parametrize("code", [52, 53, 66, 80, 134, 161, 216, 217, 227, 235, 501])
def test_wrong_data_is_rejected(code):
    assert classify(code) is Outcome.REJECTED


@pytest.mark.parametrize("code", [1, 2, 3, 4, 15, 241, 32, 151, 175, 176, 177, 178])
def test_a_lost_link_or_a_broken_operation_leaves_the_outcome_unknown(code):
    assert classify(code) is Outcome.UNKNOWN


@pytest.mark.parametrize("code", [46, 47, 114, 118, 119, 150, 166])
def test_a_device_that_failed_in_the_middle_may_have_fiscalised(code):
    assert classify(code) is Outcome.UNKNOWN


@pytest.mark.parametrize("code", [0, -1, 9999, 300, 426])
def test_a_code_nobody_listed_is_never_taken_for_not_printed(code):
    assert code not in table()
    assert classify(code) is Outcome.UNKNOWN
    assert str(code) in describe(code).title
    assert describe(code).remedy


def test_every_row_has_a_title_and_a_remedy_and_stands_once():
    path = Path(atol_errors.__file__).with_suffix(".csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [int(row["code"]) for row in rows]
    assert codes == sorted(set(codes))
    assert all(row["title_ru"] and row["remedy_ru"].endswith(".") for row in rows)
    assert len(table()) == len(rows)
