"""Receipt numbers: UUIDs whose order is the order of creation (version 7).

With random ones each new receipt would touch a cold page of the index of a million old ones.
"""

from __future__ import annotations

import secrets
import uuid


def new_receipt_id(now: float) -> str:
    milliseconds = int(now * 1000) & 0xFFFF_FFFF_FFFF
    random_bits = secrets.randbits(74)
    value = milliseconds << 80 | 0x7 << 76 | (random_bits >> 62) << 64
    value |= 0b10 << 62 | (random_bits & 0x3FFF_FFFF_FFFF_FFFF)
    return str(uuid.UUID(int=value))
