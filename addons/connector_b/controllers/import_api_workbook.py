import io

import xlsxwriter

from odoo import _

from ..rules.spreadsheet_text import safe


def log_workbook(lines):
    """The log as a spreadsheet: what `log_answer` tells, a line a row."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet(_("Log"))
    bold = book.add_format({"bold": True})
    columns = {
        "row": _("Row"),
        "sheet": _("Sheet"),
        "key": _("Key"),
        "column": _("Column"),
        "value": _("Value"),
        "code": _("Code"),
        "message": _("What Is Wrong"),
        "remedy": _("What to Do"),
    }
    for column, title in enumerate(columns.values()):
        page.set_column(column, column, 60 if column > 5 else 16)
        page.write_string(0, column, title, bold)
    for number, line in enumerate(lines, start=1):
        for column, name in enumerate(columns):
            value = line[name]
            if isinstance(value, int):
                page.write_number(number, column, value)
            elif value is not None:
                # Values are the supplier's words: none of them may become a formula.
                page.write_string(number, column, safe(str(value)))
    book.close()
    return file.getvalue()
