"""The blank of each eye in a frame; what was not measured is named, not guessed."""

from decimal import Decimal

from optics_core.rules.blank_need import BlankNeed, blank_need

D = Decimal
FRAME = {"a": D(52), "b": D(38), "dbl": D(18), "ed": D(55)}


def test_the_vector_of_the_reference_eye_by_eye() -> None:
    assert blank_need(FRAME, D("31.5")).minimum == 64
    assert blank_need(FRAME, D("29.5")).minimum == 68
    assert blank_need({"a": D(60), "dbl": D(20), "ed": D(63)}, D("34.5")).minimum == 76


def test_the_reach_is_what_thickness_is_estimated_across() -> None:
    need = blank_need(FRAME, D("31.5"))
    assert (need.decentration, need.reach, need.is_estimated) == (D("3.5"), 62, False)


def test_without_ed_it_is_estimated_and_said_so() -> None:
    need = blank_need({**FRAME, "ed": None}, D("31.5"))
    assert need.is_estimated
    assert need.minimum == D("61.2") + 9


def test_what_is_missing_is_named() -> None:
    assert blank_need({}, None) == BlankNeed(missing=("a", "dbl", "pd", "ed"))
    assert blank_need({**FRAME, "dbl": None}, D(31)).missing == ("dbl",)
    assert blank_need({"a": D(52), "dbl": D(18)}, D(31)).missing == ("ed",)
