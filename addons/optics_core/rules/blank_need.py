"""Which blank one eye needs in a frame, from whatever of the frame and the eye was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .blank import decentration, effective_diameter_estimate, minimum_blank


@dataclass(frozen=True)
class BlankNeed:
    """Millimetres. `reach` is how far across the finished lens goes, centred on its optical
    centre; `missing` names what nobody measured, and then nothing is known."""

    minimum: Decimal | None = None
    decentration: Decimal | None = None
    reach: Decimal | None = None
    is_estimated: bool = False
    missing: tuple[str, ...] = ()


def blank_need(frame: Mapping[str, Decimal | None], mono_pd: Decimal | None) -> BlankNeed:
    """`frame` has `a`, `b`, `dbl` and `ed` of the boxing system. Without ED it is estimated."""
    a, b, dbl, ed = (frame.get(name) for name in ("a", "b", "dbl", "ed"))
    missing = [name for name, value in (("a", a), ("dbl", dbl), ("pd", mono_pd)) if not value]
    if not ed and not b:
        missing.append("ed")
    if missing or a is None or dbl is None or mono_pd is None:
        return BlankNeed(missing=tuple(missing))
    if ed:
        diameter, estimated = ed, False
    else:
        assert b is not None
        diameter, estimated = effective_diameter_estimate(a, b), True
    moved = decentration(a, dbl, mono_pd)
    return BlankNeed(minimum_blank(diameter, moved), moved, diameter + 2 * abs(moved), estimated)
