"""A base price and what colours and sizes add to it."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from connector_b.rules.variant_prices import VariantPrices, told_apart

MONEY = st.integers(0, 500).map(Decimal)


def dec(**prices: int) -> dict[tuple[str | None, str | None], Decimal]:
    return {(colour, None): Decimal(price) for colour, price in prices.items()}


def test_one_price_for_all_needs_no_extras() -> None:
    assert told_apart(dec(black=100, gold=100), None) == VariantPrices(Decimal(100))


def test_a_dearer_colour_adds_to_the_base() -> None:
    prices = told_apart(dec(black=100, gold=130), None)
    assert (prices.base, prices.extras) == (100, {"gold": 30})


def test_all_dearer_by_the_same_moves_the_base_alone() -> None:
    now = VariantPrices(Decimal(100), {"gold": Decimal(30)})
    assert told_apart(dec(black=110, gold=140), now) == VariantPrices(
        Decimal(110), {"gold": Decimal(30)}
    )


def test_one_dearer_colour_leaves_base_and_others() -> None:
    now = VariantPrices(Decimal(100), {"gold": Decimal(30)})
    prices = told_apart(dec(black=100, gold=150, blue=100), now)
    assert prices == VariantPrices(Decimal(100), {"gold": Decimal(50)})


def test_prices_that_do_not_add_up_are_seen() -> None:
    asked = {
        ("black", "52"): Decimal(100),
        ("black", "54"): Decimal(110),
        ("gold", "52"): Decimal(200),
        ("gold", "54"): Decimal(900),
    }
    prices = told_apart(asked, None)
    assert [variant for variant, price in asked.items() if prices.of(variant) != price] == [
        ("gold", "54")
    ]


@given(
    MONEY,
    st.dictionaries(st.sampled_from("abcd"), MONEY, min_size=1),
    st.dictionaries(st.sampled_from("1234"), MONEY, min_size=1),
)
def test_whatever_adds_up_is_told_exactly(
    base: Decimal, colours: dict[str, Decimal], sizes: dict[str, Decimal]
) -> None:
    asked: dict[tuple[str | None, str | None], Decimal] = {
        (colour, size): base + more + yet_more
        for colour, more in colours.items()
        for size, yet_more in sizes.items()
    }
    prices = told_apart(asked, None)
    assert {variant: prices.of(variant) for variant in asked} == asked


@given(st.dictionaries(st.sampled_from("abcdef"), MONEY, min_size=1), MONEY)
def test_colours_alone_always_add_up(colours: dict[str, Decimal], base: Decimal) -> None:
    asked: dict[tuple[str | None, str | None], Decimal] = {
        (colour, None): price for colour, price in colours.items()
    }
    now = VariantPrices(base, {"a": Decimal(7), "z": Decimal(1)})
    prices = told_apart(asked, now)
    assert {variant: prices.of(variant) for variant in asked} == asked
