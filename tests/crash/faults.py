"""What goes wrong beside the power: every fault of both simulators, at random, for a moment."""

from __future__ import annotations

import random
from typing import Any

import httpx

from tests.processes import Simulator

Fault = dict[str, Any]


def register_fault(chance: random.Random) -> Fault:
    on = chance.choice(("receipt", "receipt", "any", "shift"))
    return chance.choice(
        [
            {"name": "slow", "seconds": chance.uniform(0.05, 0.6), "on": on},
            {"name": "no_paper", "on": on},
            {"name": "deaf_after_print", "on": on},
            {"name": "deaf_after_print", "on": "receipt"},
            {"name": "deaf_before_print", "on": on},
            {"name": "dead"},
        ]
    )


def ofd_fault(chance: random.Random) -> Fault:
    return chance.choice(
        [
            {"name": "slow", "seconds": chance.uniform(0.05, 0.4)},
            {"name": "error", "status": chance.choice((429, 500, 502, 503))},
            {"name": "deaf"},
            {"name": "down"},
            {"name": "flapping", "period": chance.randint(1, 3)},
            {"name": "twice"},
        ]
    )


def strike(simulator: Simulator, fault: Fault, count: int | None = None) -> bool:
    """False when the simulator itself is being restarted just now."""
    try:
        simulator.fault(**fault, count=count)
    except httpx.TransportError:
        return False
    return True


def clear(simulator: Simulator) -> None:
    try:
        simulator.clear()
    except httpx.TransportError:
        # It is being restarted, and forgets its faults by that.
        return
