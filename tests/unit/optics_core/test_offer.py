"""Rows that fit each eye become pairs a customer can choose from."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from optics_core.rules.offer import VERDICTS, Candidate, offers

D = Decimal


def row(
    range_id: int,
    *,
    lens: int = 1,
    source: str = "stock",
    verdict: str = "fits",
    price: int = 1000,
    days: int = 0,
) -> Candidate:
    return Candidate(range_id, lens, source, D(70), verdict, D(price), days)


def test_a_pair_is_the_sum_of_its_rows_and_waits_for_the_later_one() -> None:
    (offer,) = offers({"od": [row(1, price=1000, days=2)], "os": [row(2, price=1500, days=5)]})
    assert (offer.price, offer.lead_days) == (2500, 5)
    assert {eye: each.range_id for eye, each in offer.rows.items()} == {"od": 1, "os": 2}


def test_a_lens_that_fits_one_eye_only_is_not_offered() -> None:
    assert offers({"od": [row(1)], "os": [row(2, lens=2)]}) == []
    assert offers({"od": [row(1)], "os": []}) == []
    assert offers({}) == []


def test_one_eye_may_be_ordered_alone() -> None:
    (offer,) = offers({"os": [row(2)]})
    assert list(offer.rows) == ["os"]


def test_stock_and_made_to_prescription_are_two_offers() -> None:
    both = [row(1), row(2, source="rx", price=3000, days=14)]
    found = offers({"od": both, "os": both})
    assert [(each.source, each.price) for each in found] == [("stock", 2000), ("rx", 6000)]


def test_one_eye_beyond_stock_is_offered_mixed_and_both_made() -> None:
    rx = row(2, source="rx", price=3000, days=14)
    found = offers({"od": [row(1), rx], "os": [rx]})
    assert [(each.source, each.price) for each in found] == [("mixed", 4000), ("rx", 6000)]


def test_a_blank_that_surely_fits_comes_before_a_cheaper_one_to_ask_about() -> None:
    (offer,) = offers({"od": [row(1, verdict="ask", price=500), row(2, price=900)]})
    assert offer.rows["od"].range_id == 2
    assert offer.verdict == "fits"


def test_a_pair_is_as_sure_as_its_less_sure_eye() -> None:
    (offer,) = offers({"od": [row(1)], "os": [row(2, verdict="ask")]})
    assert offer.verdict == "ask"


candidates = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 99),
        st.integers(1, 4),
        st.sampled_from(["stock", "rx"]),
        st.just(D(70)),
        st.sampled_from(VERDICTS),
        st.integers(1, 9).map(D),
        st.integers(0, 20),
    ),
    max_size=8,
)


@given(candidates, candidates)
def test_every_offer_is_made_of_rows_given_and_none_is_missed(
    od: list[Candidate], os: list[Candidate]
) -> None:
    found = offers({"od": od, "os": os})
    for offer in found:
        assert offer.rows["od"] in od
        assert offer.rows["os"] in os
        assert {each.lens_id for each in offer.rows.values()} == {offer.lens_id}
    assert [each.price for each in found] == sorted(each.price for each in found)
    assert {each.lens_id for each in found} == {r.lens_id for r in od} & {r.lens_id for r in os}
