"""The compose files and the Dockerfile start what the tree holds, at the addresses it documents.

No Docker engine is needed: what is checked here is what goes wrong when a file is moved.
"""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_FILES = [ROOT / "docker-compose.yml", ROOT / "kkt_adapter" / "docker-compose.yml"]
DOCKERFILE = ROOT / "kkt_adapter" / "Dockerfile"


@dataclass(frozen=True)
class Service:
    file: Path
    name: str
    spec: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.name}"


SERVICES = [
    Service(path, name, spec)
    for path in COMPOSE_FILES
    for name, spec in yaml.safe_load(path.read_text(encoding="utf-8"))["services"].items()
]
for_every_service = pytest.mark.parametrize("service", SERVICES, ids=str)


@pytest.fixture(scope="module")
def settings() -> dict[str, dict[str, Any]]:
    return tomllib.loads((ROOT / "config.toml").read_text(encoding="utf-8"))


def module_of(command: list[str]) -> str | None:
    return command[2] if command[:2] == ["python", "-m"] else None


def can_be_run(module: str) -> bool:
    """What `python -m` asks: a module, or a package with a __main__."""
    spec = importlib.util.find_spec(module)
    if spec is not None and spec.submodule_search_locations is not None:
        spec = importlib.util.find_spec(f"{module}.__main__")
    return spec is not None


@for_every_service
def test_a_service_of_ours_starts_a_module_that_exists(service: Service) -> None:
    if "build" not in service.spec:
        assert "image" in service.spec
        return
    module = module_of(service.spec["command"])
    assert module is not None
    assert can_be_run(module)


@for_every_service
def test_a_build_finds_its_dockerfile_from_its_context(service: Service) -> None:
    if build := service.spec.get("build"):
        context = (service.file.parent / build["context"]).resolve()
        assert context == ROOT
        assert (context / build["dockerfile"]) == DOCKERFILE


@for_every_service
def test_mounted_files_exist(service: Service) -> None:
    for volume in service.spec.get("volumes", []):
        source = volume.split(":")[0]
        assert (service.file.parent / source).exists(), source


@for_every_service
def test_every_setting_given_to_a_service_is_documented(
    service: Service, settings: dict[str, dict[str, Any]]
) -> None:
    for name in service.spec.get("environment", {}):
        section, _, key = name.removeprefix("OPTICS_").lower().partition("__")
        assert key in settings[section], name


@for_every_service
def test_a_published_port_is_the_documented_one_and_local(
    service: Service, settings: dict[str, dict[str, Any]]
) -> None:
    port = settings["adapter"]["port"]
    for published in service.spec.get("ports", []):
        assert published == f"127.0.0.1:{port}:{port}"


@pytest.mark.parametrize("path", COMPOSE_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_adapter_is_told_the_redis_that_is_started_beside_it(path: Path) -> None:
    compose = yaml.safe_load(path.read_text(encoding="utf-8"))["services"]
    urls = {
        environment["OPTICS_REDIS__URL"]
        for spec in compose.values()
        if "OPTICS_REDIS__URL" in (environment := spec.get("environment", {}))
    }
    on_host_network = compose["redis"].get("network_mode") == "host"
    command = compose["redis"]["command"]
    port = int(command[command.index("--port") + 1]) if "--port" in command else 6379
    expected = ("127.0.0.1" if on_host_network else "redis", port)
    assert {(urlsplit(url).hostname, urlsplit(url).port) for url in urls} == {expected}


def test_the_image_copies_only_what_exists_and_nothing_that_is_ignored() -> None:
    copied = re.findall(r"^COPY (\S+) \S+$", DOCKERFILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert copied
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for source in copied:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in ignored, source


def test_the_image_starts_the_adapter_and_exposes_its_port(
    settings: dict[str, dict[str, Any]],
) -> None:
    lines = DOCKERFILE.read_text(encoding="utf-8").splitlines()
    command = next(line for line in lines if line.startswith("CMD "))
    assert module_of(json.loads(command.removeprefix("CMD "))) == "kkt_adapter"
    assert f"EXPOSE {settings['adapter']['port']}" in lines
