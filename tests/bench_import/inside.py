"""`python -m tests.bench_import.inside TASK …`, with Odoo's Python: one task, one line of figures.

Tasks: `beside_load`, the engine beside Odoo's `load()`; `alone`, one long import in a process of
its own, for its memory; `worker`, some chunks of an import that is running.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench_import import odoo_load
from tests.bench_import.price_list import rows
from tests.bench_import.whole_way import Shop

MARK = "RESULT "
READY = "READY"

Env = Any


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("task", choices=["beside_load", "alone", "prepare", "worker"])
    parser.add_argument("--config", required=True)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--mark", default="")
    parser.add_argument("--job", type=int, default=0)
    parser.add_argument("--chunks", type=int, nargs="*", default=[])
    asked = parser.parse_args()

    import odoo

    odoo.tools.config.parse_config(["--config", asked.config, "--no-http"])
    shop = Shop(odoo.registry(odoo.tools.config["db_name"]))
    answer = TASKS[asked.task](shop, asked)
    print(MARK + json.dumps(answer), flush=True)


def beside_load(shop: Shop, asked: argparse.Namespace) -> dict[str, Any]:
    """Every kind of import in every round, `load()` on a sample of its rows before and after."""
    supplier = shop.supplier()
    profile = shop.profile(supplier)
    _warm_up(shop, profile, supplier)
    seen: dict[str, list[dict[str, float]]] = {}
    for number in range(asked.rounds):
        shop.analyse_tables()
        mark = "ABCDEFGH"[number]
        kinds = {
            "new": (odoo_load.new, rows(mark, asked.rows)),
            "unchanged": (odoo_load.again, rows(mark, asked.rows)),
            "one_percent": (odoo_load.again, rows(mark, asked.rows, dearer_every=100)),
            "all_prices": (odoo_load.again, rows(mark, asked.rows, dearer_every=1)),
        }
        for kind, (load, listed) in kinds.items():
            sample = listed[: asked.sample]
            before = shop.do(lambda env, load=load, sample=sample: load(env, sample, supplier))
            seconds, counts = shop.run(profile, listed)
            shop.analyse_tables()
            _expect(kind, counts, asked.rows)
            figures = {"load": before / len(sample), "ours": seconds / len(listed)}
            if kind != "new":
                after = shop.do(lambda env, load=load, sample=sample: load(env, sample, supplier))
                figures["load"] = (before + after) / 2 / len(sample)
            seen.setdefault(kind, []).append(figures)
            _tell(f"{kind}: {1000 * figures['load']:.2f} / {1000 * figures['ours']:.3f} ms a row")
    return {"kinds": seen, "preview": _preview(shop, profile, asked.rows)}


def _preview(shop: Shop, profile: int, count: int) -> dict[str, float]:
    """Check and first page of a file of new products, beside its import."""
    job = shop.upload(profile, rows("P", count))
    started = time.perf_counter()
    shop.check(job)
    checked = time.perf_counter()
    shop.preview(job)
    previewed = time.perf_counter()
    shop.write(job, shop.start(job))
    shop.finish(job)
    return {
        "check": checked - started,
        "page": previewed - checked,
        "import": time.perf_counter() - previewed,
    }


def _expect(kind: str, counts: dict[str, Any], count: int) -> None:
    few = -(-count // 100)
    wanted = {
        "new": {"count_created": count},
        "unchanged": {"count_unchanged": count},
        "one_percent": {"count_changed": few, "count_unchanged": count - few},
        # Those few are that dear already.
        "all_prices": {"count_changed": count - few},
    }
    for name, number in wanted[kind].items():
        if counts[name] != number:
            raise RuntimeError(f"{kind}: {counts}, expected {name} {number}")


def _warm_up(shop: Shop, profile: int, supplier: int) -> None:
    """Ours first: it makes the categories, without which `load()` refuses its rows."""
    listed = rows("W", 60)
    shop.run(profile, listed)
    shop.do(lambda env: odoo_load.new(env, rows("V", 60), supplier))
    shop.do(lambda env: odoo_load.again(env, listed, supplier))
    shop.run(profile, rows("W", 60, dearer_every=2))


def alone(shop: Shop, asked: argparse.Namespace) -> dict[str, Any]:
    """How long it takes, and how far memory rises above that of an Odoo that has just worked."""
    profile = shop.profile(shop.supplier())
    shop.run(profile, rows(f"{asked.mark}W", 60))
    idle = _memory("VmRSS")
    # The file is made before: its making is no part of the import.
    job = shop.upload(profile, rows(asked.mark, asked.rows))
    # From here on the kernel counts the highest mark anew.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    started = time.perf_counter()
    shop.check(job)
    shop.write(job, shop.start(job))
    counts = shop.finish(job)
    seconds = time.perf_counter() - started
    _expect("new", counts, asked.rows)
    return {"seconds": seconds, "idle_mb": idle, "above_mb": _memory("VmHWM") - idle}


def prepare(shop: Shop, asked: argparse.Namespace) -> dict[str, Any]:
    """An import up to its first chunk, for workers to go on with."""
    job = shop.upload(shop.profile(shop.supplier()), rows(asked.mark, asked.rows))
    shop.check(job)
    return {"job": job, "chunks": shop.start(job)}


def worker(shop: Shop, asked: argparse.Namespace) -> dict[str, Any]:
    """Waits for a line, so that the start of the processes is no part of what is timed."""
    shop.run(shop.profile(shop.supplier()), rows(asked.mark, 60))
    print(READY, flush=True)
    sys.stdin.readline()
    started = time.perf_counter()
    shop.write(asked.job, asked.chunks)
    return {"seconds": time.perf_counter() - started}


def _memory(what: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(rf"^{what}:\s+(\d+) kB", status, re.MULTILINE)
    if not found:
        raise RuntimeError(f"this system does not tell {what}")
    return int(found.group(1)) / 1024


def _tell(text: str) -> None:
    print(text, flush=True)


TASKS = {"beside_load": beside_load, "alone": alone, "prepare": prepare, "worker": worker}

if __name__ == "__main__":
    main()
