"""A whole Odoo with our addons, as tests of it from outside use it: killed and started at will."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import httpx

from bootstrap.die_with_parent import die_with_parent
from bootstrap.odoo import cluster, home, template
from bootstrap.odoo.instance import DATABASE, Instance, clean_environment, run_odoo
from bootstrap.odoo.our_addons import addons_in, foreign_depends
from tests.processes import free_port, pause

START_WITHIN_S = 60.0
ANSWER_WITHIN_S = 60.0


class OdooProcess:
    """HTTP server and the runner of background work, on one PostgreSQL through all restarts."""

    def __init__(self, instance: Instance, log: Path) -> None:
        self.url = f"http://127.0.0.1:{instance.port}"
        self._instance = instance
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        command = self._instance.command("--log-level=info")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(os.getpid()),  # noqa: PLW1509  no thread runs yet
            )
        deadline = time.monotonic() + START_WITHIN_S
        with httpx.Client(trust_env=False) as client:
            while True:
                assert self._process.poll() is None, self._tail()
                assert time.monotonic() < deadline, self._tail()
                try:
                    client.get(f"{self.url}/web/health", timeout=ANSWER_WITHIN_S)
                except httpx.TransportError:
                    # Nothing to wait on before the port opens.
                    pause()
                else:
                    return self

    def kill(self) -> None:
        """SIGKILL, as a power cut ends it."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def sql(self, statement: str) -> list[list[str]]:
        """What the database itself says, past Odoo."""
        command = [
            str(cluster.find_programs() / "psql"),
            *("--host", str(self._instance.socket), "--username", cluster.USER),
            *(
                "--dbname",
                DATABASE,
                "--no-psqlrc",
                "--no-align",
                "--tuples-only",
                "--field-separator",
            ),
            *("\t", "--command", statement),
        ]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        return [line.split("\t") for line in answer.stdout.splitlines()]

    def _tail(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-3000:]


class OdooUser:
    """A person's session: what the web client sends, sent by a test."""

    def __init__(self, server: OdooProcess, login: str, password: str) -> None:
        self._url = server.url
        self._cookies = httpx.Cookies()
        answer = self._ask("/web/session/authenticate", db=DATABASE, login=login, password=password)
        self.id = answer["uid"]

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        return self._ask(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=list(args),
            kwargs=kwargs,
        )

    def read(self, model: str, record: int, *names: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = self.call(model, "read", [record], list(names))
        return found[0]

    def search(self, model: str, domain: Sequence[Any], *names: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call(model, "search_read", list(domain), list(names))
        return found

    def _ask(self, path: str, **params: Any) -> Any:
        with httpx.Client(
            trust_env=False, timeout=ANSWER_WITHIN_S, cookies=self._cookies
        ) as client:
            answer = client.post(self._url + path, json={"jsonrpc": "2.0", "params": params})
            answer.raise_for_status()
            self._cookies = client.cookies
        body = answer.json()
        if "error" in body:
            raise OdooRefusal(body["error"]["data"]["message"])
        return body.get("result")


class OdooRefusal(Exception):
    """Odoo refused what a person asked; the text is what the person reads."""


@contextmanager
def running_odoo(log: Path) -> Iterator[OdooProcess]:
    """Our addons installed on a database of its own, demo data on, and the server up."""
    addons = addons_in(home.ROOT / "addons")
    with cluster.scratch_folder() as folder:
        template.place(home.find(), foreign_depends(addons), home.ROOT / ".odoo", folder)
        with cluster.running(folder / "pg") as socket:
            instance = Instance(home.find(), folder, socket, free_port(), addons)
            said: list[str] = []
            names = ",".join(addon.name for addon in addons)
            code = run_odoo(
                instance.command("-i", names, "--stop-after-init", "--log-level=warn"), said.append
            )
            assert code == 0, "".join(said[-40:])
            server = OdooProcess(instance, log)
            try:
                yield server.start()
            finally:
                server.kill()
