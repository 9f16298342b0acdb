"""The documents agree with the code: whoever changes one is reminded of the other."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kkt_adapter.app import errors, intake, receipt_check
from kkt_adapter.app.config import PROJECT_ROOT, Section, Settings
from kkt_adapter.app.main import create_app
from kkt_adapter.app.metrics import GAUGES, Metrics
from kkt_adapter.app.print_lane import LaneState
from kkt_adapter.app.routes import error_map
from kkt_adapter.app.stored_receipt import PrintState, Status

DOCS = PROJECT_ROOT / "docs"
REFERENCE = DOCS / "reference"
APP = PROJECT_ROOT / "kkt_adapter" / "app"
# Not ours: what is installed or made by tools.
_FOREIGN = {".git", ".venv", ".venv-odoo", ".odoo", "node_modules", ".pytest_cache", ".hypothesis"}

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def _pages() -> list[Path]:
    return sorted(
        path
        for path in PROJECT_ROOT.rglob("*.md")
        if not _FOREIGN.intersection(path.relative_to(PROJECT_ROOT).parts)
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _rows(path: Path, pattern: str) -> list[Any]:
    """What the pattern finds at the beginning of the page's lines."""
    return re.findall(f"^{pattern}", _text(path), re.MULTILINE)


def _subclasses(cls: type[errors.AdapterError]) -> Iterator[type[errors.AdapterError]]:
    yield cls
    for child in cls.__subclasses__():
        yield from _subclasses(child)


def _problem_codes(module: Any) -> set[str]:
    """First arguments of every `Problem(…)` written in a module."""
    nodes = ast.walk(ast.parse(_text(Path(module.__file__))))
    return {
        node.args[0].value
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Problem"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def _as_json(default: Any) -> str:
    if isinstance(default, tuple):
        default = list(default)
    return json.dumps(str(default) if isinstance(default, Path) else default, ensure_ascii=False)


def _defaults() -> dict[str, dict[str, str]]:
    found = {}
    for name, field in Settings.model_fields.items():
        section = field.annotation
        assert isinstance(section, type)
        assert issubclass(section, Section)
        found[name] = {
            key: _as_json(key_field.default) for key, key_field in section.model_fields.items()
        }
    return found


def test_settings_page_lists_every_key_with_its_default() -> None:
    documented: dict[str, dict[str, str]] = {}
    section: dict[str, str] = {}
    for line in _text(REFERENCE / "settings.md").splitlines():
        if heading := re.match(r"## `\[(\w+)\]`", line):
            section = documented.setdefault(heading[1], {})
        elif row := re.match(r"\| `(\w+)` \| `([^`]*)` \|", line):
            section[row[1]] = row[2]
    assert documented == _defaults()


def test_config_toml_shows_every_key_with_its_default() -> None:
    shown = tomllib.loads(_text(PROJECT_ROOT / "config.toml"))
    as_shown = {
        section: {key: json.loads(_as_json(value)) for key, value in keys.items()}
        for section, keys in shown.items()
    }
    defaults = {
        section: {key: json.loads(value) for key, value in keys.items()}
        for section, keys in _defaults().items()
    }
    assert as_shown == defaults


def test_error_codes_page_lists_every_code_once() -> None:
    documented = _rows(REFERENCE / "error_codes.md", r"\| `(\w+)` \|")
    in_code = {cls.code for cls in _subclasses(errors.AdapterError)}
    in_code |= _problem_codes(receipt_check) | _problem_codes(intake)
    in_code |= _codes_of_the_error_map()
    assert sorted(documented) == sorted(in_code)


def _codes_of_the_error_map() -> set[str]:
    """Codes of answers that no exception of ours stands behind."""
    source = _text(Path(error_map.__file__))
    return set(re.findall(r'"(invalid_request|http_error)"', source)) | set(
        re.findall(r'40\d: "(\w+)"', source)
    )


def test_error_codes_page_tells_the_http_status_of_each_class() -> None:
    rows = dict(_rows(REFERENCE / "error_codes.md", r"\| `(\w+)` \| (\d{3}) \|"))
    for cls in _subclasses(errors.AdapterError):
        assert rows[cls.code] == str(cls.status), cls.code


def test_each_error_class_has_a_code_of_its_own() -> None:
    codes = [cls.code for cls in _subclasses(errors.AdapterError)]
    assert len(codes) == len(set(codes))


def test_metrics_page_lists_every_metric_with_its_kind() -> None:
    documented = dict(_rows(REFERENCE / "metrics.md", r"\| `(kkt_\w+)` \| (\w+) \|"))
    in_code = dict.fromkeys(GAUGES, "gauge")
    for family in Metrics("POS-001").registry.collect():
        suffix = "_total" if family.type == "counter" else ""
        in_code[family.name + suffix] = family.type
    assert documented == in_code


def test_http_api_page_lists_every_route(tmp_path: Path) -> None:
    documented = _rows(REFERENCE / "http_api.md", r"\| `([A-Z]+)` \| `(/[^`]*)` \|")
    in_code = [
        (method.upper(), path)
        for path, methods in _openapi(tmp_path)["paths"].items()
        for method in methods
    ]
    assert sorted(documented) == sorted(in_code)


def _openapi(folder: Path) -> dict[str, Any]:
    adapter = Settings().adapter.model_copy(update={"data_dir": folder})
    app = create_app(Settings(adapter=adapter))
    try:
        return app.openapi()
    finally:
        app.state.till.buffer.close()


@pytest.mark.parametrize("page", _pages(), ids=lambda page: str(page.relative_to(PROJECT_ROOT)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(_FENCE.sub("", _text(page))):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            broken.append(link)
    assert broken == []


def _anchors(page: Path) -> set[str]:
    """Headings as GitHub turns them into anchors."""
    headings = _HEADING.findall(_FENCE.sub("", _text(page)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", _pages(), ids=lambda page: str(page.relative_to(PROJECT_ROOT)))
def test_make_targets_named_in_documents_exist(page: Path) -> None:
    targets = set(_rows(PROJECT_ROOT / "Makefile", r"([a-z-]+):"))
    text = _text(page)
    code = "\n".join([*_FENCE.findall(text), *re.findall(r"`[^`\n]+`", _FENCE.sub("", text))])
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", code))
    assert named <= targets


@pytest.mark.parametrize("folder", ["runbooks", "adr"])
def test_every_page_of_a_folder_is_in_its_index(folder: str) -> None:
    pages = {path.name for path in (DOCS / folder).glob("*.md")} - {"index.md"}
    assert set(_LINK.findall(_text(DOCS / folder / "index.md"))) == pages


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    queue = [PROJECT_ROOT / "README.md"]
    while queue:
        page = queue.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = _LINK.findall(_FENCE.sub("", _text(page)))
        queue += [(page.parent / link.partition("#")[0]).resolve() for link in links]
    assert set(_pages()) <= reached


def test_claude_md_is_short_enough_to_be_read() -> None:
    assert len(_text(PROJECT_ROOT / "CLAUDE.md").splitlines()) <= 150


def test_claude_md_places_every_module_in_a_layer() -> None:
    text = _text(PROJECT_ROOT / "CLAUDE.md")
    table = text[text.index("## Layers") : text.index("## Frozen")]
    placed = [
        name
        for row in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
        for name in row.split(", ")
    ]
    modules = {path.stem for path in APP.glob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in APP.glob("*/__init__.py")}
    assert sorted(name.strip(" `") for name in placed) == sorted(modules | packages)


def test_glossary_names_stand_in_the_code() -> None:
    sources = [
        path
        for folder in ("kkt_adapter", "addons")
        for path in (PROJECT_ROOT / folder).rglob("*.py")
    ]
    code = "\n".join([*map(_text, sources), *(path.stem for path in sources)])
    names = set(re.findall(r"`([^`]+)`", _text(PROJECT_ROOT / "GLOSSARY.md")))
    unknown = [name for name in names if name.rpartition(".")[2] not in code]
    assert unknown == []


@pytest.mark.parametrize("states", [Status, PrintState, LaneState])
def test_glossary_explains_every_state(states: type[Status]) -> None:
    explained = set(re.findall(r"`(\w+)`", _text(PROJECT_ROOT / "GLOSSARY.md")))
    assert {state.value for state in states} <= explained
