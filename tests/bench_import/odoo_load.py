"""The same rows by Odoo's own `load()` on product.template, as its web importer sends them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from tests.bench_import.price_list import Row

Env = Any
COLUMNS = {
    "name": "name",
    "default_code": "default_code",
    "barcode": "barcode",
    "list_price": "list_price",
    "cost": "standard_price",
    "category": "categ_id",
    "supplier_code": "seller_ids/product_code",
    "supplier_price": "seller_ids/price",
}


def new(env: Env, listed: Sequence[Row], supplier_id: int) -> float:
    """Seconds; what it made is taken back, so that the import finds the same database."""
    columns = [*COLUMNS.values(), "seller_ids/partner_id/.id"]
    values = [[*_cells(row), str(supplier_id)] for row in listed]
    return _timed(env, columns, values)


def again(env: Env, listed: Sequence[Row], supplier_id: int) -> float:
    """The same over products that are there: by their ids, or vendor lines would double."""
    templates = {
        template.default_code: template
        for template in env["product.template"].search(
            [("default_code", "in", [row["default_code"] for row in listed])]
        )
    }
    columns = [".id", *COLUMNS.values(), "seller_ids/.id", "seller_ids/partner_id/.id"]
    values = [
        [
            str(templates[row["default_code"]].id),
            *_cells(row),
            str(templates[row["default_code"]].seller_ids[0].id),
            str(supplier_id),
        ]
        for row in listed
    ]
    env.invalidate_all()
    return _timed(env, columns, values)


def _cells(row: Row) -> list[str]:
    return [str(row[target]) for target in COLUMNS]


def _timed(env: Env, columns: list[str], values: list[list[str]]) -> float:
    products = env["product.template"].with_context(import_file=True, tracking_disable=True)
    savepoint = env.cr.savepoint(flush=True)
    started = time.perf_counter()
    answer = products.load(columns, values)
    env.flush_all()
    elapsed = time.perf_counter() - started
    if answer["messages"]:
        raise RuntimeError(answer["messages"][:3])
    savepoint.rollback()
    env.invalidate_all()
    return elapsed
