"""What the web client asks the server for when a person opens a view, call by call.

Made from the view itself, so that a field added to a list is measured from then on.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from lxml import etree
from odoo.tools.safe_eval import safe_eval

# As in the web client: a page of a list, cards of a column, and where counting stops.
LIST_PAGE = 80
KANBAN_COLUMN = 40
COUNT_LIMIT = 10_001

Env = Any
Domain = list[Any]


def open_list(env: Env, view: str, domain: Domain = ()) -> int:
    model, arch = _view(env, view, "tree")
    answer = model.web_search_read(
        list(domain),
        _specification(model, arch),
        limit=LIST_PAGE,
        count_limit=COUNT_LIMIT,
    )
    return len(answer["records"])


def open_kanban(env: Env, view: str, group_by: str, domain: Domain = ()) -> int:
    """Columns with their progress bars, then a page of each column that stands open."""
    model, arch = _view(env, view, "kanban")
    specification = _specification(model, arch)
    groups = model.web_read_group(list(domain), [group_by], [group_by])["groups"]
    for bar in arch.iter("progressbar"):
        model.read_progress_bar(
            list(domain),
            group_by,
            {"field": bar.get("field"), "colors": dict.fromkeys(_colors(bar), "")},
        )
    shown = 0
    limit = int(arch.get("limit", KANBAN_COLUMN))
    for group in groups:
        if group.get("__fold") or not group[f"{group_by}_count"]:
            continue
        answer = model.web_search_read(
            group["__domain"], specification, limit=limit, count_limit=COUNT_LIMIT
        )
        shown += len(answer["records"])
    return shown


def open_pivot(env: Env, view: str, domain: Domain = ()) -> int:
    """Totals, then the rows, then rows by columns: as the pivot view divides its question."""
    model, arch = _view(env, view, "pivot")
    rows = [_group(field) for field in arch.iter("field") if field.get("type") == "row"]
    columns = [_group(field) for field in arch.iter("field") if field.get("type") == "col"]
    measures = [field.get("name") for field in arch.iter("field") if field.get("type") == "measure"]
    measures = [name for name in measures if name and model._fields[name].store]
    questions = {tuple(group_by) for group_by in ([], rows, columns, rows + columns)}
    return sum(
        len(model.read_group(list(domain), measures, list(group_by), lazy=False))
        for group_by in questions
    )


def filter_domain(env: Env, view: str, name: str) -> Domain:
    """The domain of a filter of a search view, worked out as the web client does."""
    _model, arch = _view(env, view, "search")
    (node,) = arch.xpath(f"//filter[@name='{name}']")
    known = {
        "uid": env.uid,
        "context_today": date.today,
        "relativedelta": relativedelta,
    }
    domain: Domain = safe_eval(node.get("domain"), known)
    return domain


def _view(env: Env, view: str, kind: str) -> tuple[Any, etree._Element]:
    record = env.ref(view).sudo()
    model = env[record.model]
    arch = model.get_view(record.id, kind)["arch"]
    return model, etree.fromstring(arch)


def _specification(model: Any, arch: etree._Element) -> dict[str, Any]:
    specification: dict[str, Any] = {}
    for node in arch.iter("field"):
        name = node.get("name")
        if node.get("column_invisible") in {"1", "True"} or name not in model._fields:
            continue
        if _has_field_parent(node):
            continue
        field = model._fields[name]
        if field.type == "many2one" or field.type in {"one2many", "many2many"}:
            specification[name] = {"fields": {"display_name": {}}}
        else:
            specification[name] = {}
    return specification


def _has_field_parent(node: etree._Element) -> bool:
    return any(parent.tag == "field" for parent in node.iterancestors())


def _colors(bar: etree._Element) -> list[str]:
    return list(json.loads(bar.get("colors") or "{}"))


def _group(field: etree._Element) -> str:
    interval = field.get("interval")
    return f"{field.get('name')}:{interval}" if interval else str(field.get("name"))
