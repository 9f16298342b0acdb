"""What the web client asks the server for when a person opens a view, call by call.

Made from the view itself, so that a field added to a list is measured from then on. Every call is
a request of its own: it finds nothing in memory that another has read.
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
    answer = _records(
        model,
        specification=_specification(model, arch),
        offset=0,
        order=_order(arch),
        limit=LIST_PAGE,
        count_limit=COUNT_LIMIT,
        domain=list(domain),
    )
    return len(answer["records"])


def open_board(env: Env, view: str, group_by: str, domain: Domain = ()) -> int:
    """The board of jobs: its bars, then its columns together with their cards."""
    model, arch = _view(env, view, "kanban")
    specification = _specification(model, arch)
    for bar in arch.iter("progressbar"):
        _request(model).read_progress_bar(
            domain=list(domain),
            group_by=group_by,
            progress_bar={
                "colors": json.loads(bar.get("colors") or "{}"),
                "field": bar.get("field"),
                "help": bar.get("help", ""),
            },
        )
    groups = _request(model.with_context(bin_size=True)).web_read_board(
        domain=list(domain),
        fields=list(dict.fromkeys([*specification, group_by])),
        groupby=group_by,
        specification=specification,
        limit=int(arch.get("limit", KANBAN_COLUMN)),
        order=_order(arch),
        orderby="",
    )["groups"]
    _request(model).get_transitions()
    return sum(len(group.get("__records", ())) for group in groups)


def open_pivot(env: Env, view: str, domain: Domain = ()) -> int:
    """Totals, then the rows, then rows by columns: as the pivot view divides its question."""
    model, arch = _view(env, view, "pivot")
    rows = [_group(field) for field in arch.iter("field") if field.get("type") == "row"]
    columns = [_group(field) for field in arch.iter("field") if field.get("type") == "col"]
    measures = [field.get("name") for field in arch.iter("field") if field.get("type") == "measure"]
    measures = [name for name in measures if name and model._fields[name].store]
    questions = {tuple(group_by) for group_by in ([], rows, columns, rows + columns)}
    return sum(
        len(_request(model).read_group(list(domain), measures, list(group_by), lazy=False))
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


def client_context(env: Env) -> dict[str, Any]:
    """What the web client adds to every call of a person."""
    return {
        "lang": "ru_RU",
        "tz": "Europe/Moscow",
        "uid": env.uid,
        "allowed_company_ids": env.user.company_ids.ids,
    }


def _request(model: Any) -> Any:
    model.env.invalidate_all()
    return model


def _records(model: Any, **asked: Any) -> Any:
    return _request(model.with_context(bin_size=True)).web_search_read(**asked)


# The web client asks for a view once and keeps it.
_views: dict[tuple[str, str], tuple[str, str]] = {}


def _view(env: Env, view: str, kind: str) -> tuple[Any, etree._Element]:
    if (view, kind) not in _views:
        record = env.ref(view).sudo()
        _views[view, kind] = record.model, env[record.model].get_view(record.id, kind)["arch"]
    name, arch = _views[view, kind]
    return env[name], etree.fromstring(arch)


def _specification(model: Any, arch: etree._Element) -> dict[str, Any]:
    """Fields of the arch; what widgets ask for besides (activities of sales) is left out."""
    specification: dict[str, Any] = {}
    for node in arch.iter("field"):
        name = node.get("name")
        if name not in model._fields or _has_field_parent(node):
            continue
        if model._fields[name].type in {"many2one", "one2many", "many2many"}:
            specification[name] = {"fields": {} if _is_hidden(node) else {"display_name": {}}}
        else:
            specification[name] = {}
    return specification


def _is_hidden(node: etree._Element) -> bool:
    """Read all the same, for decorations and rules, but without the names of records."""
    return any(node.get(name) in {"1", "True"} for name in ("invisible", "column_invisible"))


def _has_field_parent(node: etree._Element) -> bool:
    return any(parent.tag == "field" for parent in node.iterancestors())


def _order(arch: etree._Element) -> str:
    """The client writes out the direction of every column."""
    terms = [term.split() for term in arch.get("default_order", "").split(",") if term.strip()]
    return ", ".join(f"{name} {(rest or ['asc'])[0].upper()}" for name, *rest in terms)


def _group(field: etree._Element) -> str:
    interval = field.get("interval")
    return f"{field.get('name')}:{interval}" if interval else str(field.get("name"))
