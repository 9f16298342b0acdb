"""Shifts, numbers and the FN's own rules, under a clock the test turns."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.register_tasks import Bench, position, receipt

HOUR = 3600
DAY = 24 * HOUR


def test_a_new_register_holds_its_registration_as_document_one(bench: Bench) -> None:
    assert bench.device.last.kind == "registration"
    assert bench.do("getFnStatus")["fnStatus"]["fiscalDocumentNumber"] == 1
    assert bench.do("getFnInfo")["fnInfo"]["serial"].startswith("9999")


def test_a_receipt_needs_an_open_shift(bench: Bench) -> None:
    assert bench.refusal(receipt()) == 73
    assert bench.refusal("closeShift") == 73
    bench.do("openShift")
    assert bench.refusal("openShift") == 83
    assert bench.refusal(receipt()) is None


def test_a_shift_of_24_hours_can_only_be_closed(open_bench: Bench) -> None:
    open_bench.now += 24 * HOUR - 1
    assert open_bench.refusal(receipt()) is None
    open_bench.now += 1
    assert open_bench.refusal(receipt()) == 68
    assert open_bench.do("getShiftStatus")["shiftStatus"]["state"] == "expired"
    open_bench.do("closeShift")
    open_bench.do("openShift")
    assert open_bench.refusal(receipt()) is None


def test_receipts_are_numbered_within_their_shift(open_bench: Bench) -> None:
    open_bench.do(receipt())
    assert open_bench.do(receipt())["fiscalParams"]["fiscalReceiptNumber"] == 2
    open_bench.do("closeShift")
    open_bench.do("openShift")
    params = open_bench.do(receipt())["fiscalParams"]
    assert (params["shiftNumber"], params["fiscalReceiptNumber"]) == (2, 1)


def test_thirty_days_without_a_confirmation_block_the_fn(open_bench: Bench) -> None:
    waiting = open_bench.do(receipt())["fiscalParams"]["fiscalDocumentNumber"]
    open_bench.do("closeShift")
    open_bench.now += 30 * DAY
    assert open_bench.refusal("openShift") is None
    open_bench.now += 1
    assert open_bench.refusal(receipt()) == 140
    open_bench.do("ofdConfirmation", fiscalDocumentNumber=waiting)
    assert open_bench.refusal(receipt()) is None


def test_only_the_oldest_unconfirmed_receipt_counts(open_bench: Bench) -> None:
    first = open_bench.do(receipt())["fiscalParams"]
    open_bench.now += HOUR
    second = open_bench.do(receipt())["fiscalParams"]
    status = open_bench.do("ofdExchangeStatus")["status"]
    assert (status["notSentCount"], status["notSentFirstDocNumber"]) == (2, 3)
    confirmed = first["fiscalDocumentNumber"]
    status = open_bench.do("ofdConfirmation", fiscalDocumentNumber=confirmed)["status"]
    assert status["notSentCount"] == 1
    assert status["notSentFirstDocDateTime"] == second["fiscalDocumentDateTime"]


def test_a_confirmation_repeated_or_late_changes_nothing(open_bench: Bench) -> None:
    for _ in range(3):
        open_bench.do(receipt())
    open_bench.do("ofdConfirmation", fiscalDocumentNumber=4)
    for fd in (4, 3):
        status = open_bench.do("ofdConfirmation", fiscalDocumentNumber=fd)["status"]
        assert status["notSentCount"] == 1
    assert open_bench.refusal("ofdConfirmation", fiscalDocumentNumber=99) == 138


def test_shift_reports_do_not_wait_for_the_operator(open_bench: Bench) -> None:
    open_bench.do("closeShift")
    open_bench.now += 60 * DAY
    assert open_bench.do("ofdExchangeStatus")["status"] == {"notSentCount": 0}
    assert open_bench.refusal("openShift") is None


def test_a_full_fn_keeps_room_to_close_the_shift(open_bench: Bench) -> None:
    open_bench.device.resize(capacity=4, unsent_capacity=100)
    assert open_bench.refusal(receipt()) is None
    assert open_bench.refusal(receipt()) == 121
    assert open_bench.do("getFnInfo")["fnInfo"]["documentsLeft"] == 1
    open_bench.do("closeShift")
    assert open_bench.refusal("openShift") == 121
    assert open_bench.do("getFnInfo")["fnInfo"]["memoryPercent"] == 100


def test_a_full_store_of_unsent_receipts_stops_sales(open_bench: Bench) -> None:
    open_bench.device.resize(capacity=100, unsent_capacity=1)
    fd = open_bench.do(receipt())["fiscalParams"]["fiscalDocumentNumber"]
    assert open_bench.refusal(receipt()) == 137
    open_bench.do("ofdConfirmation", fiscalDocumentNumber=fd)
    assert open_bench.refusal(receipt()) is None


def test_spent_keys_end_the_fn(bench: Bench) -> None:
    bench.now += 1110 * DAY
    assert bench.refusal("openShift") == 136


def test_a_document_is_never_older_than_the_one_before(open_bench: Bench) -> None:
    open_bench.now -= 60
    assert open_bench.refusal(receipt()) == 36
    assert open_bench.refusal("closeShift") == 36


def test_shift_totals_are_sums_of_its_receipts(open_bench: Bench) -> None:
    cash = [{"type": "cash", "sum": 0.3}]
    open_bench.do(receipt())
    open_bench.do(receipt(items=[position(0.1), position(0.2)], payments=cash))
    open_bench.do(receipt("sellReturn", items=[position(0.3)], payments=cash))
    expected = {"count": 2, "total": 1000.3, "cash": 0.3, "electronically": 1000.0,
                "prepaid": 0, "credit": 0, "other": 0}  # fmt: skip
    x_report = open_bench.do("reportX")["shiftTotals"]
    assert x_report["income"] == expected
    assert x_report["incomeReturn"]["total"] == 0.3
    assert x_report["cashInDrawer"] == 0
    z_report = open_bench.do("closeShift")["shiftTotals"]
    assert z_report["receiptsCount"] == 3
    assert z_report["income"] == expected
    open_bench.do("openShift")
    assert open_bench.do("reportX")["shiftTotals"]["income"]["count"] == 0


def test_an_x_report_takes_no_number(open_bench: Bench) -> None:
    before = open_bench.device.last.fd
    open_bench.do("reportX")
    assert open_bench.device.last.fd == before


def test_a_document_is_read_back_with_its_tags(open_bench: Bench) -> None:
    task = receipt(receipt_id="r-1", items=[position(12.5, 3, amount=37.51, tax={"type": "vat22"})])
    params = open_bench.do(task)["fiscalParams"]
    tlv = open_bench.do("getFnDocument", fiscalDocumentNumber=3)["documentTLV"]
    assert tlv["fiscalDocumentType"] == "receipt"
    assert (tlv["1020"], tlv["1081"], tlv["1031"], tlv["1054"]) == (3751, 3751, 0, 1)
    assert tlv["1077"] == params["fiscalDocumentSign"]
    assert tlv["1084"] == {"1085": "Чек", "1086": "r-1"}
    line = tlv["1059"][0]
    assert (line["1079"], line["1023"], line["1043"], line["1199"]) == (1250, 3, 3751, 11)
    assert f"&s=37.51&fn={params['fnNumber']}&i=3&fp={tlv['1077']}&n=1" in tlv["qr"]


def test_an_unknown_document_is_a_definite_error(open_bench: Bench) -> None:
    assert open_bench.refusal("getFnDocument", fiscalDocumentNumber=99) == 123
    assert open_bench.refusal("getFnDocument") == 8


def test_the_same_reference_twice_makes_two_documents(open_bench: Bench) -> None:
    first = open_bench.do(receipt(receipt_id="r-1"))["fiscalParams"]
    second = open_bench.do(receipt(receipt_id="r-1"))["fiscalParams"]
    assert second["fiscalDocumentNumber"] == first["fiscalDocumentNumber"] + 1


STEPS = st.lists(
    st.one_of(
        st.sampled_from(["openShift", "closeShift", "reportX", "restart", "confirm"]),
        st.just(receipt()),
        st.just(receipt("sellReturn")),
        st.just(receipt(payments=[])),
        st.integers(0, 20 * HOUR),
    ),
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_numbers_have_no_gaps_whatever_happens(steps: list[object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        issued = 1
        for step in steps:
            if isinstance(step, int):
                bench.now += step
            elif step == "restart":
                before = [bench.do(ask) for ask in ("getFnStatus", "ofdExchangeStatus", "reportX")]
                bench.restart()
                assert before == [
                    bench.do(ask) for ask in ("getFnStatus", "ofdExchangeStatus", "reportX")
                ]
            elif step == "confirm":
                bench.do("ofdConfirmation", fiscalDocumentNumber=bench.device.last.fd)
            elif bench.refusal(step) is None and step != "reportX":  # type: ignore[arg-type]
                issued += 1
        journal = list(bench.store.since(0, -1))
        bench.store.close()
    assert [document.fd for document in journal] == list(range(1, issued + 1))
    assert all(a.time <= b.time for a, b in pairwise(journal))
    assert all(len(document.fiscal_sign) == 10 for document in journal)
