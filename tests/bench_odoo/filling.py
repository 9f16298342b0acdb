"""Years of a small chain: patients, their prescriptions and jobs, and as many of Odoo's sales."""

from __future__ import annotations

from typing import Any

from tests.bench_odoo.copies import multiply

Env = Any

# A job in a hundred is at work; of the rest one in fifteen was made again.
OPEN_SHARE = 100
REMADE_SHARE = 15
SURNAMES = [
    "Иванов",
    "Смирнов",
    "Кузнецов",
    "Попов",
    "Васильев",
    "Петров",
    "Соколов",
    "Михайлов",
    "Новиков",
    "Фёдоров",
    "Морозов",
    "Волков",
    "Алексеев",
    "Лебедев",
    "Семёнов",
    "Егоров",
    "Павлов",
    "Козлов",
    "Степанов",
    "Николаев",
    "Орлов",
    "Андреев",
    "Макаров",
    "Никитин",
    "Захаров",
    "Зайцев",
    "Соловьёв",
    "Борисов",
    "Яковлев",
    "Григорьев",
    "Романов",
    "Воробьёв",
    "Сергеев",
    "Кузьмин",
    "Фролов",
    "Александров",
    "Дмитриев",
    "Королёв",
    "Гусев",
    "Киселёв",
    "Ильин",
    "Максимов",
    "Поляков",
    "Сорокин",
    "Виноградов",
    "Ковалёв",
    "Белов",
    "Медведев",
    "Антонов",
    "Тарасов",
    "Жуков",
    "Баранов",
    "Филиппов",
    "Комаров",
    "Давыдов",
    "Беляев",
    "Герасимов",
]
NAMES = [
    "Анна",
    "Мария",
    "Елена",
    "Ольга",
    "Татьяна",
    "Иван",
    "Пётр",
    "Сергей",
    "Алексей",
    "Дмитрий",
    "Николай",
    "Павел",
]
LETTERS = "абвгдежзиклмнопрстуфхцчшэюя"


def fill(env: Env, prescriptions: int, orders: int) -> None:
    patients = _patients(env, prescriptions // 2)
    _prescriptions(env, prescriptions, patients)
    _orders(env, orders, patients)
    _sales(env, orders, patients)
    env.cr.execute("ANALYZE")


def manager(env: Env) -> int:
    """Sees all of it, through the same record rules as anybody."""
    groups = [
        "optics_core.group_optometrist",
        "optics_core.group_manager",
        "sales_team.group_sale_salesman_all_leads",
    ]
    user = env["res.users"].create(
        {
            "name": "Bench",
            "login": "bench",
            "groups_id": [(6, 0, [env.ref(name).id for name in groups])],
            "optics_shop_ids": [(6, 0, env["stock.warehouse"].search([]).ids)],
        }
    )
    return int(user.id)


def _patients(env: Env, count: int) -> str:
    """SQL for a patient by `number`."""
    original = env["res.partner"].create(
        {"name": "Образец", "phone": "+7 900 000-00-00", "is_optics_patient": True}
    )
    # Ten thousand different surnames: a chain's patients are not fifty families.
    name = (
        f"{_one_of(SURNAMES)} || {_one_of(LETTERS, 57)} || {_one_of(LETTERS, 1539)}"
        f" || ' ' || {_one_of(NAMES, 7)}"
    )
    digits = "'79' || lpad((number * 7919 % 1000000000)::text, 9, '0')"
    multiply(
        env,
        "res_partner",
        [original.id],
        count,
        {
            "name": name,
            "complete_name": name,
            "name_searched": f"replace(lower({name}), 'ё', 'е')",
            "phone": f"'+' || {digits}",
            "phone_sanitized": f"'+' || {digits}",
            "phone_digits": digits,
        },
    )
    env.cr.execute("SELECT max(id) FROM res_partner")
    last = env.cr.fetchone()[0]
    return f"({last} - number * 31 % {count})"


def _prescriptions(env: Env, count: int, patient: str) -> None:
    originals = env["optics.prescription"].search([("state", "=", "signed")])
    multiply(
        env,
        "optics_prescription",
        originals.ids,
        count,
        {
            "name": "'B' || number",
            "version": "1",
            "amends_id": "NULL",
            "patient_id": patient,
            "shop_id": _any_of(env["stock.warehouse"].search([])),
            "date": "CURRENT_DATE - (number % 1500)",
            "valid_until": "CURRENT_DATE - (number % 1500) + 365",
        },
    )


def _orders(env: Env, count: int, patient: str) -> None:
    jobs = env["optics.manufacturing.order"]
    closed = jobs.search([("state", "=", "delivered")])
    remade = jobs.search([("state", "=", "remake")])
    at_work = jobs.search([("state", "not in", ("delivered", "remake", "cancelled"))])
    rest = count - count // OPEN_SHARE - count // REMADE_SHARE
    shares = (
        (at_work, count // OPEN_SHARE, "CURRENT_DATE - (number % 10)"),
        (remade, count // REMADE_SHARE, "CURRENT_DATE - (number % 1500)"),
        (closed, rest, "CURRENT_DATE - (number % 1500)"),
    )
    for mark, (originals, share, date) in zip("owr", shares, strict=True):
        multiply(
            env,
            "optics_manufacturing_order",
            originals.ids,
            share,
            {
                "name": f"'B{mark}' || number",
                "patient_id": patient,
                "customer_short_name": f"{_one_of(SURNAMES)} || ' А.'",
                "shop_id": _any_of(env["stock.warehouse"].search([("optics_role", "!=", "lab")])),
                "date": date,
                "promised_date": f"{date} + 5",
                "tray_number": "NULL",
                "remake_of_id": "NULL",
                "open_transit_id": "NULL",
                "tracking_token": "md5(random()::text || number)",
            },
        )


def _sales(env: Env, count: int, patient: str) -> None:
    product = env["product.product"].search([("sale_ok", "=", True)], limit=1)
    orders = env["sale.order"].create(
        [
            {
                "partner_id": env.ref("base.res_partner_1").id,
                "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": quantity})],
            }
            for quantity in range(1, 9)
        ]
    )
    multiply(
        env,
        "sale_order",
        orders.ids,
        count,
        {
            "name": "'B' || number",
            "partner_id": patient,
            "date_order": "now() - (number % 1500) * interval '1 day'",
            "access_token": "NULL",
        },
    )


def _one_of(words: Any, stride: int = 1) -> str:
    array = ", ".join(f"'{word}'" for word in words)
    return f"(ARRAY[{array}])[1 + (number / {stride}) % {len(words)}]"


def _any_of(records: Any) -> str:
    return f"(ARRAY{records.ids})[1 + number % {len(records)}]"
