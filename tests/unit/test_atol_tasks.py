from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkt_adapter.app.drivers.atol_tasks import (
    from_tlv,
    matches,
    receipt_task,
    reference,
    registered,
)
from kkt_adapter.app.ffd import completed
from kkt_adapter.app.receipt import SUBJECTS, UNITS
from tests.unit.receipt_samples import NAMES, RECEIPT_ID, SMALLEST, fiscal_document, load

ANSWER = {
    "fiscalParams": {
        "fiscalDocumentNumber": 17,
        "fiscalDocumentSign": "0123456789",
        "fiscalDocumentDateTime": "2026-02-10T16:38:00+03:00",
        "fiscalReceiptNumber": 5,
        "shiftNumber": 3,
        "fnNumber": "9999078900001234",
        "registrationNumber": "0000000001012345",
        "total": 1000.1,
        "fnsUrl": "www.nalog.gov.ru",
    },
    "warnings": {"notPrinted": False},
}


def held(document, **changes):
    """The document as the register's memory gives it back."""
    form = "receiptCorrection" if document["code"] == 31 else "receipt"
    tags = completed(
        document,
        fn="9999078900001234",
        fd=17,
        fiscal_sign="0123456789",
        shift=3,
        number=5,
        registered_at="2026-02-10T16:38:00+03:00",
        registration_number="0000000001012345    ",
    )
    del tags["code"]
    return {"fiscalDocumentType": form, "short": False, **tags, **changes}


@pytest.mark.parametrize("name", NAMES)
def test_the_golden_document_makes_the_golden_task(name):
    assert receipt_task(load(name, "ffd")) == load(name, "atol")


@pytest.mark.parametrize("name", NAMES)
def test_a_task_says_the_same_sums_as_the_document(name):
    document = load(name, "ffd")
    task = json.loads(json.dumps(receipt_task(document)))
    positions = [item for item in task["items"] if item["type"] == "position"]
    assert round(task["total"] * 100) == document["1020"]
    assert sum(round(item["amount"] * 100) for item in positions) == document["1020"]
    assert sum(round(payment["sum"] * 100) for payment in task["payments"]) == document["1020"]
    assert all("paymentMethod" in item for item in positions)


def test_every_task_carries_our_number_of_the_receipt():
    assert receipt_task(fiscal_document(SMALLEST))["items"][-1] == {
        "type": "userAttribute",
        "name": "Чек",
        "value": RECEIPT_ID,
    }


@given(st.integers(min_value=1, max_value=9_999_999_999))
def test_money_is_written_with_two_decimals_at_most(kopecks):
    document = {**load("smallest", "ffd"), "1020": kopecks}
    written = json.dumps(receipt_task(document)["total"])
    whole, _, fraction = written.partition(".")
    assert int(whole) * 100 + int(fraction.ljust(2, "0")) == kopecks


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_every_subject_of_the_law_has_a_name_in_the_driver(subject):
    document = load("smallest", "ffd")
    document["1059"][0]["1212"] = subject
    assert receipt_task(document)["items"][0]["paymentObject"]


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_every_measure_has_a_name_in_the_driver(unit):
    document = load("smallest", "ffd")
    document["1059"][0]["2108"] = unit
    assert receipt_task(document)["items"][0]["measurementUnit"]


def test_a_marking_code_travels_unharmed_and_returned_goods_are_marked_returned():
    document = load("marked", "ffd")
    code = document["1059"][0]["2000"]
    sold = receipt_task(document)["items"][0]["imcParams"]
    assert base64.b64decode(sold["imc"]).decode() == code
    returned = receipt_task({**document, "1054": 2})["items"][0]["imcParams"]
    assert (sold["itemEstimatedStatus"], returned["itemEstimatedStatus"]) == (
        "itemPieceSold",
        "itemPieceReturn",
    )


def test_the_answer_to_a_task_is_the_proof_of_registration():
    fields = registered(ANSWER)
    assert (fields.fn, fields.fd, fields.fiscal_sign) == ("9999078900001234", 17, "0123456789")
    assert (fields.shift, fields.number, fields.total) == (3, 5, 100010)
    assert fields.time == "2026-02-10T16:38:00+03:00"
    assert (fields.receipt_id, fields.kind) == (None, None)


@pytest.mark.parametrize("name", NAMES)
def test_what_the_register_holds_is_recognised_as_what_was_sent(name):
    document = load(name, "ffd")
    tlv = held(document)
    assert matches(document, tlv)
    fields = from_tlv(tlv)
    assert fields.receipt_id == RECEIPT_ID
    assert fields.total == document["1020"]
    assert (fields.fn, fields.fd, fields.fiscal_sign) == ("9999078900001234", 17, "0123456789")
    assert (fields.shift, fields.number) == (3, 5)
    assert fields.registration_number == "0000000001012345"
    expected = (
        "correction" if document["code"] == 31 else {1: "sale", 2: "refund"}[document["1054"]]
    )
    assert fields.kind == expected


@pytest.mark.parametrize(
    "change",
    [
        {"1084": {"1085": "Чек", "1086": "019c4a10-0000-7000-8000-000000000002"}},
        {"1084": {"1085": "Заказ", "1086": RECEIPT_ID}},
        {"1084": None},
        {"1054": 2},
        {"1020": 100001},
        {"1031": 100000, "1081": 0},
        {"1215": 1},
    ],
)
def test_a_document_that_differs_in_reference_operation_or_sums_is_another(change):
    document = fiscal_document(SMALLEST)
    assert not matches(document, held(document, **change))


def test_equal_sums_without_a_reference_prove_nothing():
    document = fiscal_document(SMALLEST)
    tlv = held(document)
    del tlv["1084"]
    assert reference(tlv) is None
    assert not matches(document, tlv)
    assert not matches({**document, "1084": None}, tlv)


def test_payments_that_the_register_leaves_out_were_zero():
    document = fiscal_document(SMALLEST)
    tlv = held(document)
    for tag in ("1031", "1215", "1216", "1217"):
        del tlv[tag]
    assert matches(document, tlv)


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("openShift", "open_shift"),
        ("closeShift", "close_shift"),
        ("fnArchiveClose", "fnArchiveClose"),
    ],
)
def test_documents_of_the_shift_are_read_too(form, kind):
    fields = from_tlv(
        {
            "fiscalDocumentType": form,
            "1012": "2026-02-10T09:00:00+03:00",
            "1038": 3,
            "1040": 16,
            "1041": "9999078900001234",
            "1077": "42",
        }
    )
    assert (fields.kind, fields.fd, fields.total, fields.number) == (kind, 16, 0, 0)
