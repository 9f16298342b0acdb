"""Does a round blank cover the frame? A rule of thumb, and it says so.

A true answer needs the traced frame, the height and the cylinder. Hence three answers.
"""

from __future__ import annotations

from decimal import Decimal

# The rim of a blank may be chipped.
ALLOWANCE = Decimal(2)
# How far below the minimum it is worth asking the lab.
GREY_ZONE = Decimal(2)

VERDICTS = ("fits", "ask", "too_small")


def decentration(a: Decimal, dbl: Decimal, mono_pd: Decimal) -> Decimal:
    """How far the eye's centre lies from the lens's, positive towards the nose."""
    return (a + dbl) / 2 - mono_pd


def minimum_blank(ed: Decimal, decentration: Decimal, allowance: Decimal = ALLOWANCE) -> Decimal:
    """Twice the decentration: a blank moved by 3 mm reaches 3 mm less far on one side,
    so its diameter must be 6 mm larger."""
    return ed + 2 * abs(decentration) + allowance


def effective_diameter_estimate(a: Decimal, b: Decimal) -> Decimal:
    """When nobody measured ED: good enough to warn, not to promise. See `verdict`."""
    diagonal = (a**2 + b**2).sqrt() * Decimal("0.95")
    return max(a, diagonal.quantize(Decimal("0.1")))


def verdict(
    diameter: Decimal,
    minimum: Decimal,
    grey_zone: Decimal = GREY_ZONE,
    *,
    estimated: bool = False,
) -> str:
    """ "fits", "ask" (the lab), "too_small". On an estimated ED nothing surely fits."""
    if diameter < minimum - grey_zone:
        return "too_small"
    if diameter < minimum or estimated:
        return "ask"
    return "fits"
