"""Imports as people make them: who, which supplier, which file."""

import base64
import io
import zipfile

import xlsxwriter

from odoo import Command
from odoo.tests.common import TransactionCase, new_test_user

from odoo.addons.queue_job.tests.common import trap_jobs

HEADER = ("Article", "Name", "Barcode", "Cost", "Price")
TARGETS = ("supplier_code", "name", "barcode", "supplier_price", "list_price")


def workbook(rows, sheet="Price", above=()):
    """An .xlsx as bytes; `above` are rows over the header."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for number, row in enumerate([*above, *rows]):
        for position, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(number, position, cell)
            else:
                page.write(number, position, cell)
    book.close()
    return content.getvalue()


def sheets(**rows_of):
    """An .xlsx of several sheets, each with its header."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for title, rows in rows_of.items():
            page = book.add_worksheet(title)
            for number, row in enumerate([HEADER, *rows]):
                page.write_row(number, 0, row)
    return content.getvalue()


def archive(**content_of):
    """A .zip of workbooks."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, member in content_of.items():
            packed.writestr(f"{name}.xlsx", member)
    return content.getvalue()


def barcode(number):
    """An EAN-13 of one's own: a file of made-up codes without check digits is full of warnings."""
    digits = f"200{number:09d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def goods(count, start=1, price=2000.0, cost=1000.0):
    """Rows as `HEADER` names them."""
    return [
        (f"A-{number:05d}", f"Frame {number:05d}", barcode(number), cost, price)
        for number in range(start, start + count)
    ]


class ConnectorCase(TransactionCase):
    """An operator and a manager of one company, an employee without rights, another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # English, whatever languages the database has: the tests quote the source strings.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US", no_reset_password=True))
        cls.company = cls.env.company
        cls.other_company = cls.env["res.company"].create({"name": "Another chain"})
        cls.operator = cls._user("c-operator", "connector_b.group_import_operator")
        cls.manager = cls._user("c-manager", "connector_b.group_import_manager")
        cls.colleague = cls._user("c-colleague", "connector_b.group_import_operator")
        cls.employee = cls._user("c-employee", "base.group_user")
        cls.stranger = cls._user(
            "c-stranger",
            "connector_b.group_import_manager",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )
        cls.supplier = cls.env["res.partner"].create({"name": "Optica Supply", "is_company": True})

    @classmethod
    def _user(cls, login, groups, **values):
        return new_test_user(cls.env, login=login, groups=groups, lang="en_US", **values)

    @classmethod
    def make_profile(cls, name="Optica", targets=TARGETS, header=HEADER, **values):
        columns = [
            Command.create({"sequence": place, "target": target, "by": "name", "source": column})
            for place, (target, column) in enumerate(zip(targets, header, strict=True))
        ]
        return cls.env["connector.import.profile"].create(
            {
                "name": name,
                "partner_id": cls.supplier.id,
                "keys": "supplier_code,barcode",
                "column_ids": columns,
                **values,
            }
        )

    def upload(self, rows, profile=None, user=None, header=HEADER, content=None, **values):
        """An import of a file with these rows, not checked yet."""
        content = content or workbook([header, *rows])
        return (
            self.env["connector.import.job"]
            .with_user(user or self.operator)
            .create(
                {
                    "profile_id": (profile or self._usual_profile()).id,
                    "file": base64.b64encode(content),
                    "file_name": "price.xlsx",
                    **values,
                }
            )
        )

    def _usual_profile(self):
        found = self.env["connector.import.profile"].search([("name", "=", "Optica")])
        return found or self.make_profile()

    def checked(self, rows, **values):
        """The same, checked."""
        job = self.upload(rows, **values)
        job.action_check()
        self.assertEqual(job.check_state, "done", job.failure)
        return job

    def imported(self, rows, **values):
        """The same, imported to the end."""
        job = self.checked(rows, **values)
        self.run_to_end(job.action_import)
        self.assertIn(job.state, ("done", "done_errors"))
        return job

    def run_to_end(self, action, *args, **kwargs):
        """A button, and all that it puts in the queue, as the queue would do it."""
        with trap_jobs() as trap:
            action(*args, **kwargs)
            self.run_queue(trap)

    def run_queue(self, trap):
        """One after another, as their priorities say; what they put in the queue, too."""
        while trap.enqueued_jobs:
            job = min(trap.enqueued_jobs, key=lambda each: each.priority)
            trap.enqueued_jobs.remove(job)
            job.perform()

    def product(self, number):
        """The product of row `number` of `goods`."""
        return self.env["product.product"].search([("barcode", "=", barcode(number))])

    def rows_of(self, job, **values):
        """Rows by their fields: rows_of(job, action="refused")."""
        return job.row_ids.filtered(
            lambda row: all(row[name] == value for name, value in values.items())
        )
