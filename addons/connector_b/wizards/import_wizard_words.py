from odoo import _, api, models

from ..rules.source import DELIMITERS, ENCODINGS
from ..rules.targets import TARGETS, Group


class ImportWizard(models.TransientModel):
    """Names of everything that the mapping screen offers, in the reader's language."""

    _inherit = "connector.import.wizard"

    @api.model
    def read_choices(self):
        """Once for a screen: they do not depend on the file."""
        Profile = self.env["connector.import.profile"]
        company = self.env.company
        return {
            "groups": self._target_groups(),
            "kinds": {name: str(target.kind) for name, target in TARGETS.items()},
            "what": Profile._fields["target"]._description_selection(self.env),
            "encodings": self._encodings(),
            "delimiters": self._delimiters(),
            "currencies": self._currencies(),
            "company_currency": company.currency_id.name,
            "tests": self._filter_tests(),
            "may_switch_on_currency": self._may_switch_on_currency(),
            "locations": self._locations(),
            "profiles": [
                {"id": profile.id, "name": profile.name} for profile in Profile.search([])
            ],
        }

    @api.model
    def _target_groups(self):
        names = self.env["connector.import.problem.text"]._target_names()
        labels = {
            Group.PRODUCT: _("Product"),
            Group.PRICE: _("Prices"),
            Group.STOCK: _("Stock"),
            Group.LENS: _("Spectacle lenses"),
            Group.FRAME: _("Frames"),
            Group.CONTACT: _("Contact lenses"),
        }
        return [
            {
                "label": label,
                "choices": [
                    {"value": target.name, "label": names.get(target.name, target.name)}
                    for target in TARGETS.values()
                    if target.group is group
                ],
            }
            for group, label in labels.items()
        ]

    @api.model
    def _encodings(self):
        common = {
            "utf-8": _("UTF-8 (usual)"),
            "utf-8-sig": _("UTF-8 (usual)"),
            "cp1251": _("Windows-1251 (Excel, 1C)"),
            "cp866": _("CP866 (old programs)"),
            "koi8-r": "KOI8-R",
            "utf-16": "UTF-16",
        }
        return [[name, common.get(name, name)] for name in ENCODINGS]

    @api.model
    def _delimiters(self):
        common = {
            ";": _("; semicolon"),
            ",": _(", comma"),
            "\t": _("⇥ tabulator"),
            "|": _("| bar"),
        }
        return [[mark, common.get(mark, mark)] for mark in DELIMITERS]

    @api.model
    def _filter_tests(self):
        return [
            ["empty", _("is empty")],
            ["equals", _("is equal to")],
            ["one_of", _("is one of (separated by ;)")],
            ["contains", _("contains")],
            ["starts_with", _("begins with")],
            ["below", _("is below")],
            ["above", _("is above")],
            ["matches", _("fits the pattern")],
        ]
