"""The product's processes as tests use them: started for real, on free ports, killed at will."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import httpx

ROOT = Path(__file__).resolve().parents[1]
DEMO_TOKEN = "demo-ofd-token"
START_WITHIN_S = 20.0
STOP_WITHIN_S = 10.0


_given: set[int] = set()


def free_port() -> int:
    """A port nobody listens on, below the range from which outgoing connections take theirs."""
    # A port is taken some time after it was given: workers beside this one draw from other ones.
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        port = random.randrange(15_000 + worker % 16, 32_000, 16)
        if port in _given:
            continue
        _given.add(port)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


class Process:
    """One module run as `python -m`, answering GET `health_url` once it is up."""

    def __init__(
        self, module: str, env: dict[str, str], health_url: str, log: Path | None = None
    ) -> None:
        self._module = module
        self._env = env
        self._health_url = health_url
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, *, wait: bool = True) -> Self:
        output = self._log.open("ab") if self._log else subprocess.DEVNULL
        self._process = subprocess.Popen(
            [sys.executable, "-m", self._module],
            cwd=ROOT,
            env=self._environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        if self._log:
            output.close()  # type: ignore[union-attr]
        if wait:
            self.wait_until_up()
        return self

    def another(self) -> subprocess.CompletedProcess[str]:
        """Try a second start beside the first; it is expected to end by itself."""
        return subprocess.run(
            [sys.executable, "-m", self._module],
            cwd=ROOT,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=START_WITHIN_S,
            check=False,
        )

    def _environment(self) -> dict[str, str]:
        # The settings of whoever runs the tests must not leak into what is tested.
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("OPTICS_")}
        return inherited | self._env

    def wait_until_up(self) -> None:
        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline:
            assert self._process is not None
            if self._process.poll() is not None:
                raise AssertionError(f"{self._module} ended with {self._process.returncode}")
            try:
                httpx.get(self._health_url, timeout=1.0, trust_env=False)
            except httpx.TransportError:
                # Nothing to wait on before the port opens: ask again in a moment.
                pause()
            else:
                return
        self.kill()
        raise AssertionError(f"{self._module} did not come up in {START_WITHIN_S} s")

    def kill(self) -> None:
        """SIGKILL, as a power cut ends it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                self.kill()
                raise
        return self._process.returncode

    def restart(self) -> Self:
        """Start again after kill() or stop(), on the same data and ports."""
        assert not self.running
        return self.start()


def pause(seconds: float = 0.02) -> None:
    """A breath between two polls of something that has no event to wait on."""
    time.sleep(seconds)


class Simulator(Process):
    """A simulator with its control side."""

    def __init__(
        self, module: str, env: dict[str, str], control_port: int, log: Path | None
    ) -> None:
        self.control = f"http://127.0.0.1:{control_port}"
        super().__init__(module, env, f"{self.control}/health", log)

    def journal(self) -> list[dict[str, Any]]:
        return self._ask("GET", "/journal")  # type: ignore[no-any-return]

    def fault(self, name: str, **options: Any) -> None:
        """Activate a fault: count, seconds, on, status, receipt_id, period as the fault has."""
        self._ask("POST", "/faults", {"fault": name, **options})

    def clear(self) -> None:
        """End all faults."""
        self._ask("DELETE", "/faults")

    def active_faults(self) -> list[dict[str, Any]]:
        return self._ask("GET", "/faults")["active"]  # type: ignore[no-any-return]

    def shift_clock(self, offset_s: float) -> None:
        self._ask("POST", "/clock", {"offset_s": offset_s})

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = httpx.request(
            method, f"{self.control}{path}", json=body, timeout=10.0, trust_env=False
        )
        answer.raise_for_status()
        return answer.json()


class RegisterProcess(Simulator):
    def __init__(self, data_dir: Path, log: Path | None = None) -> None:
        self.port, control = free_port(), free_port()
        self.uri = f"virtual://127.0.0.1:{self.port}"
        env = {
            "OPTICS_KKT__URI": self.uri,
            "OPTICS_SIMULATOR__REGISTER_PORT": str(control),
            "OPTICS_SIMULATOR__DATA_DIR": str(data_dir),
        }
        super().__init__("kkt_adapter.simulators.register", env, control, log)

    def set_fn(self, **sizes: int) -> None:
        """capacity or unsent_capacity of the FN, in documents."""
        self._ask("POST", "/fn", sizes)


class OfdProcess(Simulator):
    def __init__(self, data_dir: Path, token: str = DEMO_TOKEN, log: Path | None = None) -> None:
        self.port, control = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.token = token
        env = {
            "OPTICS_OFD__URL": self.url,
            "OPTICS_OFD__TOKEN": token,
            "OPTICS_SIMULATOR__OFD_PORT": str(control),
            "OPTICS_SIMULATOR__DATA_DIR": str(data_dir),
        }
        super().__init__("kkt_adapter.simulators.ofd", env, control, log)


@contextmanager
def running_register(data_dir: Path, log: Path | None = None) -> Iterator[RegisterProcess]:
    register = RegisterProcess(data_dir, log)
    try:
        yield register.start()
    finally:
        register.kill()


@contextmanager
def running_ofd(
    data_dir: Path, token: str = DEMO_TOKEN, log: Path | None = None
) -> Iterator[OfdProcess]:
    ofd = OfdProcess(data_dir, token, log)
    try:
        yield ofd.start()
    finally:
        ofd.kill()
