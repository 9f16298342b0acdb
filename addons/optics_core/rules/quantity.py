"""Every measured quantity: its unit, step and limits, each number in one place.

Beyond `usual` stands a rare person, beyond `physical` a typing error. The usual ranges
are defaults of settings; the physical ones are law, here and in the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Range = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Quantity:
    name: str
    unit: str
    step: Decimal
    usual: Range | None
    physical: Range
    # The finer step that some suppliers take; None where there is none.
    fine_step: Decimal | None = None


def _range(low: str, high: str) -> Range:
    return Decimal(low), Decimal(high)


_QUARTER = Decimal("0.25")
_EIGHTH = Decimal("0.125")
_HALF = Decimal("0.5")
_WHOLE = Decimal(1)
_THOUSANDTH = Decimal("0.001")

_ALL = (
    Quantity("sph", "D", _QUARTER, _range("-20", "20"), _range("-45", "45"), _EIGHTH),
    # Usual is asked of the minus-cylinder form, physical of what was typed.
    Quantity("cyl", "D", _QUARTER, _range("-6", "0"), _range("-25", "25"), _EIGHTH),
    Quantity("axis", "°", _WHOLE, None, _range("1", "180")),
    Quantity("add", "D", _QUARTER, _range("0.75", "4"), _range("0.25", "6")),
    Quantity("prism_h", "Δ", _QUARTER, _range("0", "6"), _range("0", "30")),
    Quantity("prism_v", "Δ", _QUARTER, _range("0", "6"), _range("0", "30")),
    Quantity("pd", "mm", _HALF, _range("56", "72"), _range("40", "80")),
    Quantity("pd_mono", "mm", _HALF, _range("26", "38"), _range("18", "42")),
    # Two to five millimetres less than far; a child with PD 40 looks near with 37.5.
    Quantity("pd_near", "mm", _HALF, _range("51", "70"), _range("35", "80")),
    # Of far or near glasses, and moved on purpose where decentration makes the prism.
    Quantity("roc", "mm", _HALF, _range("51", "72"), _range("30", "90")),
    Quantity("vertex", "mm", _HALF, _range("10", "16"), _range("5", "25")),
    Quantity("height", "mm", _HALF, _range("14", "32"), _range("5", "45")),
    # Zero is an eye that sees no light; 0.005 is fingers counted at 25 centimetres.
    Quantity("acuity", "", Decimal("0.005"), _range("0.01", "2"), _range("0", "3")),
    Quantity("index", "", _THOUSANDTH, _range("1.49", "1.9"), _range("1.45", "1.95")),
    Quantity("cl_bc", "mm", Decimal("0.05"), _range("8", "9.2"), _range("5", "10")),
    Quantity("cl_dia", "mm", Decimal("0.1"), _range("13", "15"), _range("7", "24")),
    Quantity("cl_power", "D", _QUARTER, _range("-20", "20"), _range("-45", "45")),
    Quantity("tilt", "°", _WHOLE, _range("0", "15"), _range("-5", "30")),
    Quantity("wrap", "°", _WHOLE, _range("0", "15"), _range("-5", "30")),
)

QUANTITIES = {quantity.name: quantity for quantity in _ALL}
