"""How long the match of one prescription takes over 50,000 rows of availability.

Beside it a bare read of the same rows and columns by primary key, in the same transaction.
Runs inside Odoo, from `inside`, or alone; what it fills it takes back:

    odoo-bin shell -d DATABASE --no-http < tests/bench_odoo/lens_match.py
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

Env = Any
Eyes = dict[str, dict[str, Any]]
Blanks = dict[str, Decimal]

LENSES = 400
PRESCRIPTIONS = 100
BOUND = 3.0

# A supplier's price list: bands of sphere and cylinder, each on several blanks; every fifth
# lens in plus cylinders, every fourth with an addition.
_FILL = """
    INSERT INTO optics_lens_range (
        lens_id, active, source, diameter, sph_min, sph_max, cyl_min, cyl_max,
        add_min, add_max, step, prism_max, lead_days,
        price_uncut, price_glazed, price_retail
    )
    SELECT lens_id, TRUE, source, diameter, sph, sph + 1.75,
           CASE WHEN position %% 5 = 0 THEN cyl ELSE -cyl - 1.75 END,
           CASE WHEN position %% 5 = 0 THEN cyl + 1.75 ELSE -cyl END,
           CASE WHEN position %% 4 = 0 THEN 0.75 END,
           CASE WHEN position %% 4 = 0 THEN 3.5 END,
           0.25,
           CASE source WHEN 'rx' THEN 6 ELSE 0 END,
           CASE source WHEN 'rx' THEN 14 ELSE 2 END,
           500 + abs(sph) * 50, 900 + abs(sph) * 50, 1500 + abs(sph) * 150 + cyl * 100
      FROM unnest(%s) WITH ORDINALITY AS lens (lens_id, position),
           (VALUES ('stock', 65), ('stock', 70), ('rx', 70), ('rx', 75))
               AS blank (source, diameter),
           generate_series(-10.0, 6.0, 2.0) AS sph,
           generate_series(0.0, 6.0, 2.0) AS cyl
     LIMIT %s
"""


def measure(env: Env, ranges: int, rounds: int) -> dict[str, Any]:
    """Milliseconds and ratios over PRESCRIPTIONS; each figure is the median of `rounds`."""
    savepoint = env.cr.savepoint(flush=True)
    try:
        rows = _fill(env, ranges)
        seen = [
            _measure_one(env, eyes, blanks, rounds)
            for eyes, blanks in _prescriptions(random.Random(17))
        ]
        explain = _explain(env)
    finally:
        savepoint.rollback()
        env.invalidate_all()
    found = sorted((each for each in seen if each), key=lambda each: each["ratio"])
    return {
        "ranges": rows,
        "prescriptions": len(found),
        "bound": BOUND,
        "ratio": statistics.median(each["ratio"] for each in found),
        "ratio_p90": found[int(0.9 * (len(found) - 1))]["ratio"],
        "ratio_worst": found[-1]["ratio"],
        "match_ms": statistics.median(each["match_ms"] for each in found),
        "read_ms": statistics.median(each["read_ms"] for each in found),
        "python_ms": statistics.median(each["python_ms"] for each in found),
        "rows_found": statistics.median(each["rows"] for each in found),
        "queries": max(each["queries"] for each in found),
        "explain": explain,
    }


def _fill(env: Env, ranges: int) -> int:
    lenses = env["optics.lens"].create(
        [{"name": f"Bench {number}", "index": 1.6} for number in range(LENSES)]
    )
    env.flush_all()
    env.cr.execute(_FILL, [lenses.ids, ranges])
    env.cr.execute("ANALYZE optics_lens_range")
    env.cr.execute("SELECT count(*) FROM optics_lens_range")
    return int(env.cr.fetchone()[0])


def _prescriptions(dice: random.Random) -> Iterator[tuple[Eyes, Blanks]]:
    """Spheres as they come in life, a few far out; a third with Add; with a frame or without."""
    for _each in range(PRESCRIPTIONS):
        eyes = {eye: _eye(dice) for eye in ("od", "os")}
        yield eyes, dice.choice([{}, {"od": Decimal(66), "os": Decimal(68)}])


def _eye(dice: random.Random) -> dict[str, Any]:
    cyl = dice.choice(["", "-0.5", "-0.75", "-1.25", "-2.5", "-4.5"])
    return {
        "sph": _quarter(dice.gauss(-1.5, 3)),
        "cyl": Decimal(cyl) if cyl else None,
        "axis": dice.randint(1, 180) if cyl else None,
        "add": _quarter(dice.uniform(0.75, 3)) if dice.random() < 0.3 else None,
    }


def _quarter(value: float) -> Decimal:
    return Decimal(round(value * 4)) / 4


def _measure_one(env: Env, eyes: Eyes, blanks: Blanks, rounds: int) -> dict[str, Any] | None:
    query = _query(env, eyes, blanks)
    match_ms, rows = _median(lambda: _fetch(env, query), rounds)
    ids = list({row[1] for row in rows})
    if not ids:
        return None
    bare = _bare_read(ids)
    read_ms, _rows = _median(lambda: _fetch(env, bare), rounds)
    before = env.cr.sql_log_count
    python_ms, _found = _median(
        lambda: env["optics.lens.range"]._match(eyes, blanks),  # noqa: SLF001
        rounds,
    )
    return {
        "ratio": match_ms / read_ms,
        "match_ms": match_ms,
        "read_ms": read_ms,
        "python_ms": python_ms,
        "rows": len(rows),
        "queries": (env.cr.sql_log_count - before) / rounds,
    }


def _query(env: Env, eyes: Eyes, blanks: Blanks) -> Any:
    """The statement that `_match` sends, without the Python around it."""
    ranges = env["optics.lens.range"]
    return ranges._match_query(ranges._probes(eyes, blanks), {})  # noqa: SLF001


def _bare_read(ids: list[int]) -> Any:
    from odoo.addons.optics_core.models.lens_range_match import ROW_FIELDS
    from odoo.tools import SQL

    columns = SQL(", ").join(map(SQL.identifier, ROW_FIELDS))
    return SQL("SELECT %s FROM optics_lens_range WHERE id = ANY(%s)", columns, ids)


def _fetch(env: Env, query: Any) -> list[tuple[Any, ...]]:
    env.cr.execute(query)
    rows: list[tuple[Any, ...]] = env.cr.fetchall()
    return rows


def _median(run: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """(milliseconds, the last result)."""
    times = []
    for _each in range(rounds):
        began = time.perf_counter()
        result = run()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000, result


def _explain(env: Env) -> list[str]:
    """The plan for a pair of a usual prescription with a frame."""
    from odoo.tools import SQL

    eyes = {
        "od": {"sph": Decimal(-2), "cyl": Decimal(-1), "axis": 20},
        "os": {"sph": Decimal("-1.5"), "cyl": Decimal("-0.5"), "axis": 160},
    }
    blanks = {"od": Decimal(66), "os": Decimal(68)}
    query = _query(env, eyes, blanks)
    return [line for (line,) in _fetch(env, SQL("EXPLAIN (ANALYZE, BUFFERS) %s", query))]


if "env" in globals():
    figures = measure(globals()["env"], 50_000, 7)
    plan = figures.pop("explain")
    print("\n".join(f"{name:14} {value}" for name, value in figures.items()))
    print("\n".join(plan))
