"""Files that come without a person: what the tests of mail, folder and API share."""

import csv
import io

from odoo import Command

from odoo.addons.queue_job.job import Job

OPERATOR = "connector_b.group_import_operator"
HEADER = ("Артикул", "Наименование", "Закупка", "Розница")


def price_list(*rows, header=HEADER):
    """A .csv as bytes."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([header, *rows])
    return text.getvalue().encode()


ONE = price_list(("ПР-1", "Оправа пробная 1", "1000,00", "2200,00"))
OTHER = price_list(("ПР-2", "Оправа пробная 2", "1500,00", "3300,00"))

# Named a spreadsheet, and is none.
UNREADABLE = b"%PDF-1.7\n" + bytes(200)


def in_english(env):
    """Whatever languages the database has: the tests quote the source strings."""
    env["res.lang"]._activate_lang("en_US")
    return env(context=dict(env.context, lang="en_US"))


def make_operator(env, login):
    return env["res.users"].create(
        {
            "name": login,
            "login": login,
            "lang": "en_US",
            "password": login,
            "email": f"{login}@shop.example",
            "groups_id": [Command.set([env.ref(OPERATOR).id])],
        }
    )


def make_profile(env, name, operator, **values):
    supplier = env["res.partner"].create({"name": name, "email": f"sales@{name.lower()}.example"})
    targets = dict(
        zip(("supplier_code", "name", "supplier_price", "list_price"), HEADER, strict=True)
    )
    columns = [
        Command.create({"target": target, "by": "name", "source": source})
        for target, source in targets.items()
    ]
    return env["connector.import.profile"].create(
        {
            "name": name,
            "partner_id": supplier.id,
            "responsible_id": operator.id,
            "keys": "supplier_code",
            "column_ids": columns,
            **values,
        }
    )


def perform_queue(env):
    """What the runner of background work would have done by now."""
    queue = env["queue.job"].sudo()
    waiting = [("state", "=", "pending"), ("model_name", "=", "connector.import.job")]
    while found := queue.search(waiting, order="priority, date_created, id", limit=1):
        job = Job.load(env, found.uuid)
        job.perform()
        job.set_done()
        job.store()
        env.flush_all()
