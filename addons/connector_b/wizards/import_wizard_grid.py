from itertools import islice

from odoo import models

from ..rules.grid import find_grids
from ..rules.grid_records import grid_records
from ..rules.sample_view import text

# Ranges that are shown of a table of powers.
SHOWN = 8


class ImportWizard(models.TransientModel):
    """A sheet with spheres down and cylinders across: it has no columns to give a meaning to."""

    _inherit = "connector.import.wizard"

    def _grid_json(self, mapping, sample):
        """The first ranges as they are read; `choices` are what the cells may be."""
        grids = find_grids(sample.rows, sheet=sample.sheet.title)
        names = self.env["connector.import.problem.text"]._target_names()
        profile = self.env["connector.import.profile"]
        records = list(islice(grid_records(mapping, grids), SHOWN))
        return {
            "meaning": mapping.grid,
            "choices": profile._fields["grid"]._description_selection(self.env),
            "ranges": [
                {
                    "cells": record.raw.get("cells", ""),
                    "values": [
                        {"label": names.get(target, target), "value": text(value)}
                        for target, value in record.values.items()
                        if value is not None
                    ],
                    "problems": [self._problem(problem) for problem in record.problems],
                }
                for record in records
            ],
        }
