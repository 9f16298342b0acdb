from odoo import api, models

from ..rules.profile_match import Candidate, best_match, name_words

# Profiles that are weighed, the last used first; and of each so many past imports.
MOST_PROFILES = 200
MOST_FILES = 5
# Words of the file that are looked for among the partners.
MOST_WORDS = 12


class ImportWizard(models.TransientModel):
    """Whose file it is: told by the columns, the file's name and the supplier's name."""

    _inherit = "connector.import.wizard"

    def _guess_profile(self, labels):
        """`rules.profile_match.Match`, or None: nobody has brought such a file yet."""
        profiles = self.env["connector.import.profile"].search([], limit=MOST_PROFILES)
        return best_match(map(self._candidate, profiles), self.file_name or "", labels)

    def _candidate(self, profile):
        jobs = self.env["connector.import.job"].search(
            [("profile_id", "=", profile.id)], limit=MOST_FILES
        )
        return Candidate(
            profile=profile.id,
            supplier=profile.partner_id.name or "",
            columns=tuple(
                column.source
                for column in profile.column_ids
                if column.by == "name" and column.source
            ),
            file_names=tuple(jobs.mapped("file_name")),
        )

    def _guess_supplier(self, texts):
        """The one company whose name stands in the file's name or above its table."""
        Partner = self.env["res.partner"]
        words = [word for text in texts for word in name_words(text)]
        for word in list(dict.fromkeys(words))[:MOST_WORDS]:
            found = Partner.search([("is_company", "=", True), ("name", "ilike", word)], limit=2)
            found = found.filtered(lambda each, word=word: word in name_words(each.name))
            if len(found) == 1 and found not in self._own_partners():
                return found
        return Partner

    def _own_partners(self):
        return self.env["res.company"].sudo().search([]).partner_id

    @api.model
    def create_supplier(self, name):
        """A new supplier is part of the clerk's work, the address book is not."""
        self.check_access_rights("create")
        partner = self.env["res.partner"].sudo().create({"name": name, "is_company": True})
        return [partner.id, partner.display_name]
