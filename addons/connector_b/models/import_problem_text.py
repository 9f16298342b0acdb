from odoo import _, api, models
from odoo.tools import formatLang

from ..rules.problem import Code


class ImportProblemText(models.AbstractModel):
    """A problem's code in words: what is wrong, and what to do.

    Rules tell codes, never texts; the sentences stand in the `problem_text_…` files by what they
    speak of, and are said in the reader's language.
    """

    _name = "connector.import.problem.text"
    _description = "Problems of a Price List in Words"

    @api.model
    def _words(self, code, target=None, column=None, value=None, params=None):
        """`(message, remedy)` of a row's problem, as its JSON has it."""
        message, remedy = self._row_texts().get(code) or self._unknown_text()
        values = self._values(code, target, column, value, params or {})
        return message % values, remedy % values

    @api.model
    def _source_words(self, error):
        """`(message, remedy)` of a `rules.source.SourceError`."""
        message, remedy = self._source_texts().get(error.code) or self._unknown_text()
        values = self._values(error.code, None, None, None, {})
        values.update(self._source_values(error))
        return message % values, remedy % values

    @api.model
    def _row_texts(self):
        """Code → (message, remedy) of every problem that a row can have."""
        return {}

    @api.model
    def _source_texts(self):
        """The same for a file that cannot be read."""
        return {}

    @api.model
    def _unknown_text(self):
        # A rule that has no words yet still refuses, and says by what name.
        return _("Refused as %(code)s."), _("Show this code to whoever looks after Odoo.")

    @api.model
    def _values(self, code, target, column, value, params):
        words = _Words({name: self._param(name, each) for name, each in params.items()})
        words.update(
            code=code,
            field=self._target_names().get(target, target or _("The row")),
            column=column or self._target_names().get(target, "") or "—",
            value="" if value is None else value,
        )
        words["allowed"] = self._allowed(params.get("low"), params.get("high"))
        return words

    @api.model
    def _param(self, name, value):
        names = self._target_names()
        if name in ("keys", "key", "first", "second", "names", "name") and value:
            parts = value if isinstance(value, list | tuple) else str(value).split(", ")
            return ", ".join(names.get(str(part), str(part)) for part in parts)
        if isinstance(value, list | tuple):
            return ", ".join(str(each) for each in value)
        return "" if value is None else value

    @api.model
    def _allowed(self, low, high):
        if low is not None and high is not None:
            return _("%(low)s to %(high)s", low=low, high=high)
        if low is not None:
            return _("%(low)s or more", low=low)
        return _("up to %(high)s", high=high) if high is not None else ""

    @api.model
    def _size(self, number):
        megabytes = number / (1 << 20)
        return _("%(size)s MB", size=formatLang(self.env, megabytes, digits=1))

    @api.model
    def _all_codes(self):
        return [str(code) for code in Code]


class _Words(dict):
    """A sentence may speak of a param that a problem of its code did not bring."""

    def __missing__(self, name):
        return "…"
