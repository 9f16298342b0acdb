"""`python -m tests.bench_odoo.inside -c odoo.conf …`, with Odoo's Python: fills, times, prints.

Figures leave as one line, MARK and JSON: everything else on the screen is Odoo's.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

from tests.bench_odoo import client_calls, filling, lens_match
from tests.bench_odoo.questions import Question, questions

MARK = "RESULT "

Env = Any


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", required=True)
    for name in ("prescriptions", "orders", "ranges", "rounds"):
        parser.add_argument(f"--{name}", type=int, required=True)
    asked = parser.parse_args()

    import odoo

    odoo.tools.config.parse_config(["--config", asked.config, "--no-http"])
    registry = odoo.registry(odoo.tools.config["db_name"])
    with registry.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        filling.fill(env, asked.prescriptions, asked.orders)
        user = filling.manager(env)
        # As autovacuum leaves the tables of a base that lives: their rows known to be visible.
        cr.commit()
        _vacuum(registry)
        for_user = env(user=user)
        for_user = for_user(context=client_calls.client_context(for_user))
        answer = {
            "views": _times(for_user, questions(for_user), asked.rounds),
            "lens_match": lens_match.measure(env, asked.ranges, asked.rounds),
        }
        cr.rollback()
    print(MARK + json.dumps(answer), flush=True)


def _vacuum(registry: Any) -> None:
    with registry.cursor() as cr:
        cr._cnx.autocommit = True  # noqa: SLF001  VACUUM runs outside of a transaction
        cr.execute("VACUUM ANALYZE")


def _times(env: Env, asked: list[Question], rounds: int) -> dict[str, dict[str, Any]]:
    """Every question in every round, so that a noisy moment of the machine hits all alike."""
    seen: dict[str, dict[str, Any]] = {
        question.name: {"ms": [], "rows": 0, "bound": question.bound} for question in asked
    }
    for question in asked:
        _ask(env, question)
    for number in range(rounds):
        turn = number % len(asked)
        for question in [*asked[turn:], *asked[:turn]]:
            ms, rows = _ask(env, question)
            seen[question.name]["ms"].append(ms)
            seen[question.name]["rows"] = rows
    return seen


def _ask(env: Env, question: Question) -> tuple[float, int]:
    # As in a request of its own: nothing read before is still in memory.
    env.invalidate_all()
    call = getattr(client_calls, question.call)
    started = time.perf_counter()
    rows = call(env, *question.arguments)
    return (time.perf_counter() - started) * 1000, rows


if __name__ == "__main__":
    main()
