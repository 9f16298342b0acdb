"""`make verify-env`: what this machine has for a till and its tests; exit 1 if no till can work."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bootstrap.odoo import cluster, home
from kkt_adapter.app.config import ConfigError, Settings, is_loopback, load_settings

GIGABYTE = 1024**3
# RETURNING, which the buffer's statements use, came with 3.35.
OLDEST_SQLITE = (3, 35, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    verdict: str
    found: str
    # A till cannot work here until this is mended.
    blocks: bool = False


def main() -> int:
    findings = [python(), sqlite()]
    try:
        settings = load_settings()
    except ConfigError as error:
        findings.append(needed("Настройки", good=False, found=str(error)))
    else:
        findings.append(disk(settings.adapter.data_dir))
        findings.extend(ports(settings))
    findings.extend(tools())
    for finding in findings:
        print(f"{finding.name:<22} {finding.verdict:<7} {finding.found}")
    blocking = [finding.name for finding in findings if finding.blocks]
    print()
    if blocking:
        print(f"Касса здесь не заработает: {', '.join(blocking)}.")
        return 1
    print("Для кассы всё есть: make run.")
    return 0


def needed(name: str, *, good: bool, found: str) -> Finding:
    return Finding(name, "есть" if good else "НЕТ", found, blocks=not good)


def optional(name: str, *, good: bool, found: str, only_for: str) -> Finding:
    return Finding(name, "есть" if good else "нет", f"{found} (не обязательно: {only_for})")


def python() -> Finding:
    version = sys.version_info
    good = (3, 11) <= version < (3, 14)
    found = f"{version.major}.{version.minor}.{version.micro}, нужен 3.11–3.13"
    return needed("Python", good=good, found=found)


def sqlite() -> Finding:
    oldest = ".".join(map(str, OLDEST_SQLITE[:2]))
    found = f"{sqlite3.sqlite_version}, нужен {oldest} или новее"
    return needed("SQLite", good=sqlite3.sqlite_version_info >= OLDEST_SQLITE, found=found)


def disk(data_dir: Path) -> Finding:
    place = data_dir
    while not place.exists():
        place = place.parent
    if not os.access(place, os.W_OK):
        return needed("Каталог данных", good=False, found=f"{place}: нет права записи")
    free = shutil.disk_usage(place).free
    found = f"свободно {free / GIGABYTE:.1f} ГБ в {place}, нужен 1 ГБ"
    return needed("Место на диске", good=free >= GIGABYTE, found=found)


def ports(settings: Settings) -> Iterator[Finding]:
    adapter = settings.adapter
    yield port("Порт адаптера", adapter.host, adapter.port)
    register = urlsplit(settings.kkt.uri)
    if register.scheme == "virtual" and is_loopback(register.hostname or ""):
        yield port("Порт регистратора", register.hostname or "", register.port or 0)
        yield port("Порт управления ККТ", "127.0.0.1", settings.simulator.register_port)
    ofd = urlsplit(settings.ofd.url)
    if is_loopback(ofd.hostname or ""):
        yield port("Порт ОФД", ofd.hostname or "", ofd.port or 80)
        yield port("Порт управления ОФД", "127.0.0.1", settings.simulator.ofd_port)


def port(name: str, host: str, number: int) -> Finding:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As servers do: a port with connections that are still being forgotten is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
        except OSError:
            # No fault by itself: the till may be running.
            return Finding(name, "занят", f"{host}:{number}: запущена касса или чужая программа")
    return Finding(name, "есть", f"{host}:{number} свободен")


def tools() -> Iterator[Finding]:
    yield program("Redis", "redis-server", "замок нескольких рабочих процессов, тесты")
    yield program("Chromium", "chromium", "тесты страницы кассы")
    yield program("Node.js", "node", "тесты и проверка JavaScript")
    yield program("npm", "npm", "тесты и проверка JavaScript")
    yield program("shellcheck", "shellcheck", "проверка сценариев оболочки")
    yield program("wkhtmltopdf", "wkhtmltopdf", "печатные формы Odoo")
    yield postgresql()
    yield odoo()


def postgresql() -> Finding:
    # Its own look-up: Debian keeps the server's programs out of PATH.
    try:
        found, good = cluster.version_of(cluster.find_programs()), True
    except (cluster.ClusterFailed, OSError, subprocess.CalledProcessError):
        found, good = "сервер не найден", False
    return optional("PostgreSQL", good=good, found=found, only_for="тесты дополнений Odoo")


def odoo() -> Finding:
    try:
        found, good = f"{home.find().path} (ODOO_HOME)", True
    except (home.NoOdoo, home.WrongOdoo):
        found, good = f"нет в {home.asked()} (ODOO_HOME)", False
    return optional("Odoo 17", good=good, found=found, only_for="дополнения и их тесты")


def program(name: str, command: str, only_for: str) -> Finding:
    path = shutil.which(command)
    if path is None:
        return optional(name, good=False, found=f"{command} не найден", only_for=only_for)
    try:
        answer = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        found = f"{path} не запускается: {error}"
        return optional(name, good=False, found=found, only_for=only_for)
    version = re.search(r"\d+(\.\d+)+", answer.stdout)
    return optional(name, good=True, found=version[0] if version else path, only_for=only_for)


if __name__ == "__main__":
    sys.exit(main())
