"""The page of the price list API tells of every address and every code, and of no others."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTROLLERS = ROOT / "addons/connector_b/controllers"
PAGE = (ROOT / "docs/reference/import_api.md").read_text(encoding="utf-8")


def calls(file: str, name: str) -> list[list[object]]:
    """Constant arguments of every call of `name` in a file."""
    nodes = ast.walk(ast.parse((CONTROLLERS / file).read_text(encoding="utf-8")))
    return [
        [each.value for each in node.args if isinstance(each, ast.Constant)]
        for node in nodes
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name
    ]


def test_the_page_lists_every_code_with_its_status() -> None:
    documented = re.findall(r"^\| `(\w+)` \| (\d{3}) \|", PAGE, re.MULTILINE)
    in_code = {(code, str(status)) for status, code in calls("import_api_errors.py", "ApiError")}
    assert set(documented) == in_code
    assert len(documented) == len(in_code)


def test_the_page_lists_every_address() -> None:
    documented = set(re.findall(r"^\| `(GET|POST)` \| `(/[^`]*)` \|", PAGE, re.MULTILINE))
    in_code = {
        (method, re.sub(r"<int:\w+>", "{id}", str(path)))
        for path, method in calls("import_api.py", "api")
    }
    assert documented == in_code
