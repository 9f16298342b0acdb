"""`make odoo`: an Odoo on this computer with our addons and demo data, to look at and to try.

Its data stays in `.odoo/server` between starts; each start updates our addons there.
"""

from __future__ import annotations

import argparse
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bootstrap.free_ports import free_ports, is_taken
from bootstrap.odoo import cluster, home, required_programs, template
from bootstrap.odoo.instance import DATABASE, Instance, run_odoo
from bootstrap.odoo.our_addons import addons_in, foreign_depends

PORT = 8069
# A file beside `pg` and `data`: our addons were installed there.
MARK = "installed"
READY = re.compile(r"HTTP service \(werkzeug\) running on")
# People of the demo data, whom our addons made; their password is their login.
LOGINS = """
SELECT u.login FROM res_users u
JOIN ir_model_data d ON d.model = 'res.users' AND d.res_id = u.id
WHERE u.active AND d.module IN ({addons}) ORDER BY u.login
"""


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fresh", action="store_true", help="forget what was done there")
    parser.add_argument("--addons", type=Path, default=home.ROOT / "addons")
    parser.add_argument("--state", type=Path, default=home.ROOT / ".odoo")
    asked = parser.parse_args(words)
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.default_int_handler)
    try:
        required_programs.require()
        addons = addons_in(asked.addons.resolve())
        return serve(home.find(), addons, asked.state.resolve(), fresh=asked.fresh)
    except (
        cluster.ClusterFailed,
        home.NoOdoo,
        home.WrongOdoo,
        required_programs.Missing,
        template.TemplateFailed,
    ) as error:
        say(f"Odoo не запустить: {error}")
        return 1


def serve(odoo: home.OdooHome, addons: Sequence[Path], state: Path, *, fresh: bool) -> int:
    folder = state / "server"
    mark = folder / MARK
    if fresh or not mark.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        if not cluster.owner_can_reach(folder):
            raise cluster.ClusterFailed(
                f"PostgreSQL работает не от root, а в {folder} ему не войти: "
                "перенесите дерево или запустите от обычного пользователя"
            )
        template.place(odoo, foreign_depends(addons), state, folder, say_once)
    port = free_ports(1)[0] if is_taken(PORT) else PORT
    with cluster.running(folder / "pg") as socket:
        instance = Instance(odoo, folder, socket, port, addons)
        names = ",".join(addon.name for addon in addons)
        step = "-u" if mark.exists() else "-i"
        say("Устанавливаю наши дополнения…")
        code = run_odoo(
            instance.command(step, names, "--stop-after-init", "--log-level=warn"), show
        )
        if code != 0:
            say("Дополнения не установились, причина — в строках выше.")
            return 1
        mark.touch()
        greeting = greet(port, logins(socket, addons))

        def watch(line: str) -> None:
            if READY.search(line):
                say(greeting)
            elif " INFO " not in line:
                show(line)

        return run_odoo(instance.command(), watch)


def logins(socket: Path, addons: Sequence[Path]) -> list[str]:
    names = ", ".join(f"'{addon.name}'" for addon in addons)
    command = [
        str(cluster.find_programs() / "psql"),
        *("--host", str(socket), "--username", cluster.USER, "--dbname", DATABASE),
        *("--no-psqlrc", "--no-align", "--tuples-only"),
        *("--command", LOGINS.format(addons=names)),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return answer.stdout.split()


def greet(port: int, people: Sequence[str]) -> str:
    lines = [f"Odoo готов: http://127.0.0.1:{port}/", "Администратор: admin / admin"]
    if people:
        lines.append(f"Сотрудники (пароль совпадает с именем): {', '.join(people)}")
    return "\n".join([*lines, "Остановить: Ctrl-C."])


def say_once(names: str) -> None:
    say(f"Устанавливаю один раз: {names}. Это займёт минуту…")


def show(line: str) -> None:
    print(line, end="", flush=True)


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("Odoo остановлен.")
        sys.exit(0)
