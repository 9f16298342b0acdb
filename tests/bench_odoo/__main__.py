"""`python -m tests.bench_odoo [--quick]`: a chain's years of data beside Odoo's own sales.

Exit code 1: a bound does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from typing import Any

from bootstrap.free_ports import free_ports
from bootstrap.odoo import cluster, home, required_programs, template
from bootstrap.odoo.instance import Instance, run_odoo
from bootstrap.odoo.our_addons import addons_in, foreign_depends
from tests.bench.figures import Bound, Result
from tests.bench.report import show, write

PAGE = home.ROOT / "docs/reference/benchmarks_odoo.md"
MARK = "RESULT "
BASELINE = "sale.order: список"
SIZES = {
    "full": {"prescriptions": 100_000, "orders": 200_000, "ranges": 50_000, "rounds": 15},
    "quick": {"prescriptions": 5_000, "orders": 10_000, "ranges": 5_000, "rounds": 5},
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench_odoo", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="little data; no page written")
    quick = parser.parse_args().quick
    size = SIZES["quick" if quick else "full"]
    required_programs.require()
    answer = _ask_odoo(home.find(), size)
    results = [_views(answer["views"], size), _lens_match(answer["lens_match"])]
    for result in results:
        show(result)
    if not quick:
        write(results, PAGE)
    failed = [bound for result in results for bound in result.bounds if not bound.holds]
    print(f"\nbounds that do not hold: {len(failed)}")
    return 1 if failed else 0


def _ask_odoo(odoo: home.OdooHome, size: dict[str, int]) -> Any:
    addons = addons_in(home.ROOT / "addons")
    answers: list[str] = []

    def hear(line: str) -> None:
        if line.startswith(MARK):
            answers.append(line.removeprefix(MARK))
        else:
            print(line, end="", flush=True)

    with cluster.scratch_folder() as folder:
        template.place(odoo, foreign_depends(addons), home.ROOT / ".odoo", folder)
        with cluster.running(folder / "pg") as socket:
            instance = Instance(odoo, folder, socket, free_ports(1)[0], addons)
            names = ",".join([*(addon.name for addon in addons), "sale"])
            installed = run_odoo(
                instance.command("-i", names, "--stop-after-init", "--log-level=warn"), hear
            )
            if installed == 0:
                run_odoo(_inside(instance, size), hear)
    if not answers:
        raise SystemExit("Odoo gave no figures; what it said is above")
    return json.loads(answers[-1])


def _inside(instance: Instance, size: dict[str, int]) -> list[str]:
    """Odoo's Python on a module of ours; both trees are to be found."""
    path = os.pathsep.join([str(home.ROOT), str(instance.odoo.path)])
    python, *_rest = instance.odoo.command
    sizes = [word for name, value in size.items() for word in (f"--{name}", str(value))]
    module = [python, "-m", "tests.bench_odoo.inside"]
    return ["env", f"PYTHONPATH={path}", *module, "--config", str(instance.configuration), *sizes]


def _views(seen: dict[str, Any], size: dict[str, int]) -> Result:
    base = seen[BASELINE]["ms"]
    rows, bounds = [], []
    for name, each in seen.items():
        ratio = statistics.median(
            ours / theirs for ours, theirs in zip(each["ms"], base, strict=True)
        )
        median = statistics.median(each["ms"])
        rows.append([name, str(each["rows"]), f"{median:.0f}", f"{ratio:.2f}"])
        if each["bound"] is not None:
            bounds.append(Bound(name, ratio, at_most=each["bound"]))
    return Result(
        f"Рецептов {size['prescriptions']:,}, заказов и продаж по {size['orders']:,}".replace(
            ",", " "
        ),
        ["", "записей", "мс", "к списку sale.order"],
        rows,
        bounds,
        "Вызовы те же, что у веб-клиента: у списка `web_search_read`, у доски `read_progress_bar`, "
        "`web_read_board` (столбцы вместе с карточками) и `get_transitions`; под правилами доступа "
        "обычного пользователя, перед каждым вызовом кэш ORM пуст. Медиана отношений по кругам.",
    )


def _lens_match(seen: dict[str, Any]) -> Result:
    return Result(
        f"Подбор линз одним запросом, строк {seen['ranges']}",
        ["", "мс"],
        [
            ["подбор, SQL", f"{seen['match_ms']:.2f}"],
            ["чтение тех же строк по ключу", f"{seen['read_ms']:.2f}"],
            ["подбор через Python", f"{seen['python_ms']:.2f}"],
        ],
        [
            Bound("подбор к чтению по ключу", seen["ratio"], at_most=seen["bound"]),
            Bound("запросов", seen["queries"], at_most=1),
        ],
        f"Медиана по {seen['prescriptions']} рецептам; найдено строк в среднем "
        f"{seen['rows_found']:.0f}; девять из десяти рецептов — не хуже {seen['ratio_p90']:.2f}.",
    )


if __name__ == "__main__":
    sys.exit(main())
