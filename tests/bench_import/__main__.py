"""`python -m tests.bench_import [--quick]`: the import of a price list beside Odoo's own `load()`.

Same rows, same database, same run; the columns are in `price_list`. Exit code 1: a bound does not
hold.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from bootstrap.free_ports import free_ports
from bootstrap.odoo import cluster, home, required_programs, template
from bootstrap.odoo.instance import Instance, run_odoo
from bootstrap.odoo.our_addons import addons_in, foreign_depends
from tests.bench.figures import Bound, Result
from tests.bench.report import show, write

PAGE = home.ROOT / "docs/reference/benchmarks_import.md"
MARK = "RESULT "
READY = "READY"
SIZES = {
    "full": {"rows": 10_000, "sample": 500, "rounds": 3, "many": 100_000},
    "quick": {"rows": 2_000, "sample": 200, "rounds": 1, "many": 10_000},
}
# kind: (its name, at most this part of load()'s time)
KINDS = {
    "new": ("новые товары", 1 / 8),
    "unchanged": ("тот же файл ещё раз", 1 / 200),
    "one_percent": ("изменён 1 %", 1 / 100),
    "all_prices": ("изменены все цены", 1 / 5),
}
PREVIEW_BOUND = 1 / 10
WORKERS_BOUND = 0.6
LINEAR_BOUND = 1.1
MEMORY_BOUND_MB = 150


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench_import", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="little data; no page written")
    quick = parser.parse_args().quick
    size = SIZES["quick" if quick else "full"]
    required_programs.require()
    results = _measure(home.find(), size)
    for result in results:
        show(result)
    if not quick:
        write(results, PAGE)
    failed = [bound for result in results for bound in result.bounds if not bound.holds]
    print(f"\nbounds that do not hold: {len(failed)}")
    return 1 if failed else 0


def _measure(odoo: home.OdooHome, size: dict[str, int]) -> list[Result]:
    addons = addons_in(home.ROOT / "addons")
    with cluster.scratch_folder() as folder:
        template.place(odoo, foreign_depends(addons), home.ROOT / ".odoo", folder)
        with cluster.running(folder / "pg") as socket:
            instance = Instance(odoo, folder, socket, free_ports(1)[0], addons)
            options = ("-i", "connector_b", "--stop-after-init", "--log-level=warn")
            if run_odoo(instance.command(*options), lambda line: print(line, end="")) != 0:
                raise SystemExit("Odoo could not install connector_b; what it said is above")
            tasks = Tasks(instance)
            return [
                *_beside_load(tasks, size),
                _workers(tasks, size["rows"]),
                _many(tasks, size["rows"], size["many"]),
            ]


class Tasks:
    """`tests.bench_import.inside`, a process of Odoo's Python a task."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def ask(self, task: str, **known: Any) -> Any:
        return self.answer(self.start(task, **known))

    def start(self, task: str, **known: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command(task, known), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def wait_ready(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == READY:
                return
        raise SystemExit("a worker ended before it was ready; what it said is above")

    def go(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()

    def answer(self, process: subprocess.Popen[str]) -> Any:
        assert process.stdout is not None
        answers = []
        for line in process.stdout:
            if line.startswith(MARK):
                answers.append(line.removeprefix(MARK))
            else:
                print(line, end="", flush=True)
        process.wait()
        if not answers:
            raise SystemExit("Odoo gave no figures; what it said is above")
        return json.loads(answers[-1])

    def _command(self, task: str, known: dict[str, Any]) -> list[str]:
        """Both trees are to be found by Odoo's Python."""
        path = os.pathsep.join([str(home.ROOT), str(self._instance.odoo.path)])
        python, *_rest = self._instance.odoo.command
        command = ["env", f"PYTHONPATH={path}", python, "-m", "tests.bench_import.inside", task]
        command += ["--config", str(self._instance.configuration)]
        for name, value in known.items():
            values = value if isinstance(value, list) else [value]
            command += [f"--{name}", *map(str, values)]
        return command


def _beside_load(tasks: Tasks, size: dict[str, int]) -> list[Result]:
    asked = {name: size[name] for name in ("rows", "sample", "rounds")}
    answer = tasks.ask("beside_load", **asked)
    rows, bounds = [], []
    for kind, (name, bound) in KINDS.items():
        rounds = answer["kinds"][kind]
        load = statistics.median(each["load"] for each in rounds) * 1000
        ours = statistics.median(each["ours"] for each in rounds) * 1000
        ratio = statistics.median(each["load"] / each["ours"] for each in rounds)
        rows.append([name, f"{load:.1f}", f"{ours:.3f}", f"1/{ratio:.0f}"])
        bounds.append(Bound(f"{name}: во сколько раз быстрее load()", ratio, at_least=1 / bound))
    preview = answer["preview"]
    part = (preview["check"] + preview["page"]) / (preview["check"] + preview["import"])
    return [
        Result(
            f"Импорт {size['rows']} строк рядом с load() на product.template",
            ["", "load(), мс на строку", "импорт, мс на строку", "отношение"],
            rows,
            bounds,
            "Весь путь: чтение .xlsx, сверка с базой, строки импорта, запись частями, итог. "
            "Колонки: название, артикул, штрихкод, розничная цена, себестоимость, категория, код и "
            f"цена поставщика. load() — на {size['sample']} из тех же строк до и после каждого "
            "импорта в той же базе; медиана отношений по кругам.",
        ),
        Result(
            f"Предпросмотр {size['rows']} строк",
            ["", "с"],
            [
                ["проверка файла", f"{preview['check']:.1f}"],
                ["первая страница", f"{preview['page']:.1f}"],
                ["запись", f"{preview['import']:.1f}"],
            ],
            [Bound("до первой страницы, доля импорта", part, at_most=PREVIEW_BOUND)],
        ),
    ]


def _workers(tasks: Tasks, count: int) -> Result:
    one = _work(tasks, "K", count, 1)
    two = _work(tasks, "L", count, 2)
    return Result(
        f"Два работника на разных частях, {count} новых товаров",
        ["работников", "с"],
        [["1", f"{one:.1f}"], ["2", f"{two:.1f}"]],
        [Bound("доля времени одного", two / one, at_most=WORKERS_BOUND)],
    )


def _work(tasks: Tasks, mark: str, count: int, workers: int) -> float:
    prepared = tasks.ask("prepare", rows=count, mark=mark)
    processes = [
        tasks.start(
            "worker",
            job=prepared["job"],
            chunks=prepared["chunks"][number::workers],
            mark=mark + "AB"[number],
        )
        for number in range(workers)
    ]
    for process in processes:
        tasks.wait_ready(process)
    for process in processes:
        tasks.go(process)
    return max(float(tasks.answer(process)["seconds"]) for process in processes)


def _many(tasks: Tasks, few: int, many: int) -> Result:
    answers: Sequence[tuple[int, Any]] = [
        (count, tasks.ask("alone", rows=count, mark=mark))
        for mark, count in (("M", few), ("N", many))
    ]
    (_few, first), (_many_rows, last) = answers
    per_row = last["seconds"] / many / (first["seconds"] / few)
    return Result(
        f"{many} новых товаров, один процесс",
        ["строк", "с", "мс на строку", "память сверх простоя, МБ"],
        [
            [
                str(count),
                f"{answer['seconds']:.0f}",
                f"{1000 * answer['seconds'] / count:.2f}",
                f"{answer['above_mb']:.0f}",
            ]
            for count, answer in answers
        ],
        [
            Bound("время строки к времени строки малого файла", per_row, at_most=LINEAR_BOUND),
            Bound("память сверх простоя, МБ", last["above_mb"], at_most=MEMORY_BOUND_MB),
        ],
        f"Простой — процесс Odoo, который только что импортировал 60 строк: "
        f"{last['idle_mb']:.0f} МБ.",
    )


if __name__ == "__main__":
    sys.exit(main())
