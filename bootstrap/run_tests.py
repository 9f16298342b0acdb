"""Runs test suites by kind: output on the screen and in tests/logs, one line each at the end.

python -m bootstrap.run_tests lint unit integration
"""

from __future__ import annotations

import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

from bootstrap.odoo import home as odoo_home
from bootstrap.odoo.our_addons import addons_in

ROOT = Path(__file__).resolve().parents[1]
LOGS = ROOT / "tests" / "logs"
RUN_IMPORT_LINTER = "from importlinter.cli import lint_imports_command; lint_imports_command()"
COMPOSE_SCHEMA = ("--builtin-schema", "vendor.compose-spec")
# "== 1 failed, 410 passed in 3.21s ==" of pytest, "312 passed, 0 failed" of the addon suites.
COUNTS = re.compile(rb"^=*\s*((?:\d+ (?:passed|failed|skipped|errors?)(?:, )?)+)")

Command = Sequence[str]
# Name for the summary → command; all are run, also after one failed.
Commands = dict[str, Command]


class NotRun(Exception):
    """A suite has nothing to run on here; the text is the whole line for the person."""


class CannotRun(Exception):
    """A suite should run here and cannot."""


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: str
    state: Literal["passed", "failed", "not run"]
    detail: str


def main(kinds: Sequence[str]) -> int:
    unknown = [kind for kind in kinds if kind not in SUITES]
    if unknown or not kinds:
        print(f"Not known: {', '.join(unknown) or 'no kind given'}; kinds: {', '.join(SUITES)}")
        return 2
    os.chdir(ROOT)
    LOGS.mkdir(parents=True, exist_ok=True)
    outcomes = [run_suite(kind) for kind in kinds]
    print_summary(outcomes)
    return 1 if any(outcome.state == "failed" for outcome in outcomes) else 0


def run_suite(kind: str) -> Outcome:
    try:
        commands = SUITES[kind]()
    except NotRun as reason:
        return Outcome(kind, "not run", str(reason))
    except CannotRun as reason:
        return Outcome(kind, "failed", str(reason))
    started = time.monotonic()
    log_path = LOGS / f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}-{kind}.log"
    failed = []
    counts = ""
    with log_path.open("wb") as log:
        show(header(kind, commands), log)
        for name, command in commands.items():
            show(f"$ {shlex.join(command)}\n", log)
            code, said = run_logged(command, log)
            counts = said or counts
            if code != 0:
                failed.append(f"{name} (exit {code})")
    took = f"{time.monotonic() - started:.0f} s"
    where = str(log_path.relative_to(ROOT))
    told = ", ".join(filter(None, [counts, took, where]))
    if failed:
        return Outcome(kind, "failed", f"{', '.join(failed)}; {told}")
    return Outcome(kind, "passed", told)


def run_logged(command: Command, log: IO[bytes]) -> tuple[int, str]:
    """Run to the end, showing and keeping what the command prints.

    Return its exit code and how many tests it says passed and failed.
    """
    counts = ""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    except OSError as error:
        show(f"{command[0]}: {error.strerror}\n", log)
        return 127, counts
    with process:
        for line in process.stdout or ():
            log.write(line)
            if said := COUNTS.match(line):
                counts = said[1].decode()
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
    return process.returncode, counts


def show(text: str, log: IO[bytes]) -> None:
    log.write(text.encode())
    # The commands write to the same file descriptor: order is kept only when nothing waits here.
    log.flush()
    print(text, end="", flush=True)


def header(kind: str, commands: Commands) -> str:
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        system = platform.system()
    lines = {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "kind": kind,
        "Python": platform.python_version(),
        "OS": f"{system}, {platform.platform()}",
        "command": "\n           ".join(map(shlex.join, commands.values())),
    }
    return "".join(f"{name + ':':<10} {value}\n" for name, value in lines.items()) + "\n"


def print_summary(outcomes: Sequence[Outcome]) -> None:
    print()
    for outcome in outcomes:
        print(f"{outcome.kind:<12} {outcome.state:<8} {outcome.detail}")
    states = [outcome.state for outcome in outcomes]
    print(
        f"parts: {states.count('passed')} passed, {states.count('failed')} failed, "
        f"{states.count('not run')} skipped"
    )


def module(*words: str) -> Command:
    return [sys.executable, "-m", *words]


def pytest_on(folder: str, *options: str) -> Callable[[], Commands]:
    return lambda: {"pytest": module("pytest", folder, *options)}


def lint() -> Commands:
    compose_files = ["docker-compose.yml", "kkt_adapter/docker-compose.yml"]
    commands: Commands = {
        "ruff check": module("ruff", "check", "."),
        "ruff format": module("ruff", "format", "--check", "."),
        "mypy": module("mypy"),
        # Its script in .venv/bin names the folder the venv was made in; the tree may have moved.
        "import-linter": [sys.executable, "-c", RUN_IMPORT_LINTER],
        "eslint": ["node_modules/.bin/eslint", "."],
        "prettier": ["node_modules/.bin/prettier", "--check", "."],
        "compose schema": module("check_jsonschema", *COMPOSE_SCHEMA, *compose_files),
    }
    if shutil.which("shellcheck"):
        scripts = sorted(str(path) for path in Path("bootstrap").glob("*.sh"))
        commands["shellcheck"] = ["shellcheck", ".ci/run", *scripts]
    return commands | lint_addons([str(addon) for addon in addons()])


def lint_addons(folders: Sequence[str]) -> Commands:
    if not folders:
        return {}
    commands: Commands = {
        "pylint-odoo": module("pylint", *folders),
        "oca-checks-odoo-module": module("oca_pre_commit_hooks", *folders),
    }
    if translations := sorted(str(path) for path in Path("addons").glob("*/i18n/*.po*")):
        commands["oca-checks-po"] = module("oca_pre_commit_hooks.cli_po", *translations)
    for folder in folders:
        if Path(folder, "rules").is_dir():
            # By itself, not as a part of the addon: the package around it imports Odoo.
            name = f"mypy {Path(folder).name}/rules"
            commands[name] = ["env", f"MYPYPATH={folder}", *module("mypy", "--package", "rules")]
    return commands


def js() -> Commands:
    # Node's runner is content with no file at all; then a lost folder would look like success.
    if not any(Path("tests/unit/js").rglob("*.test.js")):
        raise CannotRun("no *.test.js in tests/unit/js")
    return {"npm test": ["npm", "test", "--silent"]}


def odoo() -> Commands:
    try:
        odoo_home.find()
    except odoo_home.NoOdoo as reason:
        raise NotRun(f"Odoo addon suites: NOT RUN, {reason}") from None
    except odoo_home.WrongOdoo as reason:
        raise CannotRun(str(reason)) from None
    if not addons():
        raise NotRun("Odoo addon suites: NOT RUN, there is no addon in addons/")
    tags = os.environ.get("ODOO_TEST_TAGS")
    return {"Odoo": module("bootstrap.odoo.run_addon_tests", *(["--tags", tags] if tags else []))}


def addons() -> list[Path]:
    return addons_in(Path("addons"))


SUITES: dict[str, Callable[[], Commands]] = {
    "lint": lint,
    "unit": pytest_on("tests/unit"),
    # Real processes on free ports, one file at a time in each of two workers.
    "integration": pytest_on("tests/integration", "-n", "2", "--dist", "loadfile"),
    # These measure time: nothing else runs beside them.
    "poc": pytest_on("tests/poc"),
    "uat": pytest_on("tests/uat"),
    "js": js,
    "odoo": odoo,
    "load": lambda: {"load": module("tests.load.run")},
    "crash": lambda: {"crash": module("tests.crash", "--kills", "500")},
    "bench": lambda: {"bench": module("tests.bench")},
    "bench-odoo": lambda: {"bench-odoo": module("tests.bench_odoo")},
    "bench-import": lambda: {"bench-import": module("tests.bench_import")},
}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
