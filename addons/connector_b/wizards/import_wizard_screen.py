from dataclasses import replace
from decimal import Decimal

from odoo import _, api, fields, models

from ..rules.group_rows import targets_of
from ..rules.header import find_header, header_at
from ..rules.mapping import Mapping
from ..rules.proposal import find_groups, propose
from ..rules.record import shown
from ..rules.sample_view import goods_of, view

# Rows among which a person may choose the header, and how much of each is shown.
HEADER_CHOICES = 25
LONGEST_CHOICE = 90
TITLES = 4
OF_STOCK = ("quantity", "location")


class ImportWizard(models.TransientModel):
    """The mapping screen as data: rules decide, words are added here."""

    _inherit = "connector.import.wizard"

    def _screen(self, asked, sample):
        profile, header, why = self._profile_and_header(asked, sample)
        # A table of powers has no header, and titles all the same.
        above = [row for row in sample.rows if row.number < (header.first or TITLES)]
        proposed, guesses = propose(header, sample.rows, sheet=sample.sheet.title)
        mapping = self._mapping_of(asked, profile, proposed)
        rate = self._day_rate(mapping.currency)
        return {
            "failure": False,
            "file_name": self.file_name,
            "kind": sample.kind,
            "text": self._text_facts(sample),
            "sheets": [
                {"key": sheet.key, "title": sheet.title, "hidden": sheet.hidden}
                for sheet in sample.sheets
            ],
            "sheet": sample.sheet.key,
            "left_out": list(sample.left_out),
            "header": {
                "row": header.last,
                "choices": self._header_choices(sample.rows, header),
            },
            "profile": self._profile_json(profile, why, mapping, above),
            "mapping": mapping.to_json(),
            "grid": self._grid_json(mapping, sample) if mapping.grid else False,
            "groups": self._groups_json(mapping, find_groups(header, sample.rows, guesses)),
            "day_rate": f"{rate.normalize():f}",
            **self._view_json(
                view(replace(mapping, rate=mapping.rate or rate), header, sample.rows),
                guesses,
                mapping.currency,
            ),
        }

    def _profile_and_header(self, asked, sample):
        """The header tells whose file it is, and a profile may say where its header stands."""
        Profile = self.env["connector.import.profile"].with_context(active_test=False)
        header, why = self._header(sample, asked.get("header_row")), ""
        if asked.get("profile_id") is not None:
            profile = Profile.browse(asked["profile_id"] or [])
        elif self.profile_id:
            profile = self.profile_id
        else:
            match = self._guess_profile([name for name in header.names if name])
            profile = Profile.browse(match.profile if match else [])
            why = self._match_words(match) if match else ""
        if profile.header_row and asked.get("header_row") is None:
            header = self._header(sample, profile.header_row)
        return profile, header, why

    def _header(self, sample, row):
        if row:
            return header_at(sample.rows, row, sample.merged)
        return find_header(sample.rows, sample.merged)

    def _mapping_of(self, asked, profile, proposed):
        if asked.get("mapping"):
            return Mapping.from_json(asked["mapping"])
        if profile.column_ids:
            return profile._mapping()
        # What the supplier has in stock is rarely what the shop has: that is for a person to say.
        columns = tuple(rule for rule in proposed.columns if rule.target not in OF_STOCK)
        return replace(proposed, columns=columns)

    def _day_rate(self, code):
        """Odoo's, of today: what a formula reckons with until a person says otherwise."""
        own = self.env.company.currency_id
        currency = self.env["res.currency"].search([("name", "=", code or own.name)], limit=1)
        today = fields.Date.context_today(self)
        rate = self.env["res.currency"]._get_conversion_rate(
            currency or own, own, self.env.company, today
        )
        return Decimal(repr(rate)).quantize(Decimal("0.000001"))

    def _currency_problems(self, code):
        if not code or self.env["res.currency"].search_count([("name", "=", code)]):
            return []
        remedy = _(
            "Choose another currency, or ask an import manager: this very page offers them to "
            "switch %(code)s on; its rate stands under Settings › Currencies.",
            code=code,
        )
        if self._may_switch_on_currency():
            remedy = _("Switch %(code)s on, or choose another currency.", code=code)
        return [
            {
                "message": _("The prices are in %(code)s, which is switched off here.", code=code),
                "remedy": remedy,
                "refuses": True,
                "code": "currency_unknown",
                "target": False,
            }
        ]

    def _text_facts(self, sample):
        if sample.facts.encoding is None:
            return False
        return {
            "encoding": sample.facts.encoding,
            "delimiter": sample.facts.delimiter,
            "guessed": sample.facts.guessed,
        }

    def _header_choices(self, rows, header):
        choices = [row for row in rows if row.number <= header.last] + [
            row for row in rows if row.number > header.last
        ]
        return [[row.number, self._row_text(row)] for row in choices[:HEADER_CHOICES]]

    def _row_text(self, row):
        text = " · ".join(str(shown(cell)) for cell in row.cells if cell is not None)
        return text if len(text) <= LONGEST_CHOICE else text[: LONGEST_CHOICE - 1] + "…"

    def _profile_json(self, profile, why, mapping, above):
        texts = [self.file_name, *map(self._row_text, above)]
        partner = profile.partner_id or self._guess_supplier(texts)
        return {
            "id": profile.id or 0,
            "name": profile.name or "",
            "why": why,
            "partner": [partner.id, partner.display_name] if partner else False,
            "location_id": (profile.location_id or self._main_stock()).id or 0,
            "target": profile.target or goods_of(mapping),
        }

    @api.model
    def _groups_json(self, mapping, groups):
        """Names alone in their rows, and what they say of the rows below them."""
        if groups is None or mapping.grid:
            return False
        Profile = self.env["connector.import.profile"]
        taken = {rule.target for rule in mapping.columns}
        return {
            "count": groups.count,
            "examples": list(groups.examples),
            "meaning": mapping.group_target,
            "choices": [
                choice
                for choice in Profile._fields["group_target"]._description_selection(self.env)
                if not taken.intersection(targets_of(choice[0]))
                or choice[0] == mapping.group_target
            ],
        }

    def _view_json(self, seen, guesses, currency):
        by_position = {each.index: each for each in guesses}
        return {
            "rows": [
                {"number": row.number, "skipped": row.skipped, "refused": row.refused}
                for row in seen.rows
            ],
            "columns": [
                {
                    "position": column.position,
                    "letter": column.letter,
                    "label": column.label,
                    "named": column.named,
                    "target": column.target or False,
                    "bad": column.bad,
                    "empty": column.empty,
                    "guess": self._guess_json(by_position.get(column.position)),
                    "cells": self._cells(column.cells),
                }
                for column in seen.columns
            ],
            "computed": {target: self._cells(cells) for target, cells in seen.computed.items()},
            "problems": self._currency_problems(currency)
            + [self._problem(problem) for problem in seen.problems],
            "filled": sorted(seen.filled),
            "counts": {"good": seen.good, "refused": seen.refused, "skipped": seen.skipped},
        }

    def _guess_json(self, guess):
        if not guess or not guess.target:
            return False
        names = self.env["connector.import.problem.text"]._target_names()
        return {
            "target": guess.target,
            "label": names.get(guess.target, guess.target),
            "confidence": guess.confidence,
            "reason": self._reason_words(guess.why),
        }

    def _cells(self, cells):
        return [
            {
                "raw": cell.raw,
                "value": cell.value,
                "problems": [self._problem(problem) for problem in cell.problems],
            }
            for cell in cells
        ]

    def _problem(self, problem):
        message, remedy = self.env["connector.import.problem.text"]._words(**problem.to_json())
        return {
            "message": message,
            "remedy": remedy,
            "refuses": problem.refuses,
            "code": str(problem.code),
            "target": problem.target or False,
        }
