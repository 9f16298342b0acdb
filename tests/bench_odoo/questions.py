"""What is asked: a name, a call of `client_calls`, and how much it may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.bench_odoo import client_calls

Env = Any

BASELINE = "sale.order: список"
BOUND = 1.5


@dataclass(frozen=True, slots=True)
class Question:
    name: str
    call: str
    arguments: tuple[Any, ...]
    bound: float | None = BOUND


def questions(env: Env) -> list[Question]:
    jobs, papers = "optics_core.manufacturing_order_view", "optics_core.prescription_view"
    someone = env["res.partner"].search([("phone_digits", "like", "79")], order="id desc", limit=1)
    surname = someone.name.split()[0]
    # Typed as people do: a piece of a number with its own spaces, a surname without capitals.
    number = f"{someone.phone_digits[1:4]} {someone.phone_digits[4:7]}-{someone.phone_digits[7:]}"
    by_number = [("patient_id.patient_search", "ilike", number)]
    by_surname = [("patient_id.patient_search", "ilike", surname.lower())]
    open_jobs = client_calls.filter_domain(env, f"{jobs}_search", "open")
    a_quarter = client_calls.filter_domain(env, f"{jobs}_search", "last_quarter")
    return [
        Question(BASELINE, "open_list", ("sale.view_quotation_tree_with_onboarding",), None),
        Question("рецепты: список", "open_list", (f"{papers}_list",)),
        Question("рецепты: поиск по телефону", "open_list", (f"{papers}_list", by_number)),
        Question("рецепты: поиск по фамилии", "open_list", (f"{papers}_list", by_surname)),
        Question("заказы: список", "open_list", (f"{jobs}_list",)),
        Question("заказы: поиск по телефону", "open_list", (f"{jobs}_list", by_number)),
        Question("заказы: поиск по фамилии", "open_list", (f"{jobs}_list", by_surname)),
        Question("заказы: доска", "open_board", (f"{jobs}_kanban", "state", open_jobs)),
        Question("заказы: переделки, сводная", "open_pivot", (f"{jobs}_pivot", a_quarter)),
    ]
