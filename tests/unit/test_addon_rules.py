"""Rules of an addon stay plain Python: they know neither Odoo nor the models beside them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parents[2] / "addons"
FILES = sorted(ADDONS.glob("*/rules/**/*.py"))


def forbidden_imports(source: str, depth: int) -> Iterator[str]:
    """What a file `depth` folders below `rules` may not import."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        elif isinstance(node, ast.ImportFrom) and node.level > depth + 1:
            yield "." * node.level + (node.module or "")
            continue
        else:
            continue
        yield from (name for name in names if name.partition(".")[0] not in sys.stdlib_module_names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ADDONS)))
def test_rules_import_the_standard_library_and_each_other_only(path: Path) -> None:
    depth = len(path.relative_to(ADDONS).parts) - 3
    assert list(forbidden_imports(path.read_text(encoding="utf-8"), depth)) == []


def test_an_import_of_odoo_or_of_the_models_would_be_seen() -> None:
    source = (
        "import decimal\nfrom odoo import fields\nfrom ..models import lens\nfrom . import power"
    )
    assert list(forbidden_imports(source, depth=0)) == ["odoo", "..models"]


def test_there_are_rules_to_look_at() -> None:
    assert FILES
