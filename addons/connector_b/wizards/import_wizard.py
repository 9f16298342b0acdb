from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ..rules.mapping import Mapping
from ..rules.source import SourceError


class ImportWizard(models.TransientModel):
    """A price list between its upload and its check: what its columns mean.

    The screen keeps what the person chose (`asked`, see `read_screen`) and sends it whole; the
    wizard keeps only the file.
    """

    _name = "connector.import.wizard"
    _description = "Upload of a Price List"

    file = fields.Binary(attachment=True)
    file_name = fields.Char()
    job_id = fields.Many2one(
        comodel_name="connector.import.job",
        readonly=True,
        help="An import whose columns are chosen anew; empty for a new one.",
    )
    profile_id = fields.Many2one(
        comodel_name="connector.import.profile",
        readonly=True,
        help="Chosen before the file was: by it the file is read.",
    )

    @api.model
    def open_for(self, job_id=None, profile_id=None):
        """Begin: with nothing, with a profile, or with the file of an import."""
        job = self.env["connector.import.job"].browse(job_id or [])
        if not job:
            return self.create({"profile_id": profile_id}).id
        job.check_access_rights("write")
        job.check_access_rule("write")
        return self.create(
            {
                "job_id": job.id,
                "profile_id": job.profile_id.id,
                "file": job.file,
                "file_name": job.file_name,
            }
        ).id

    def take_upload(self, attachment_id):
        """The file that the browser sent becomes the wizard's, without a copy."""
        self.ensure_one()
        attachment = self.env["ir.attachment"].browse(attachment_id)
        attachment.check("read")
        if (attachment.res_model, attachment.res_id) != (self._name, self.id):
            raise UserError(_("The file was sent for another upload: choose it again."))
        self.file_name = attachment.name
        self._stored_file().unlink()
        attachment.sudo().res_field = "file"
        self.invalidate_recordset(["file"])
        return True

    def _stored_file(self):
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", "file"),
                ],
                limit=1,
            )
        )

    def read_screen(self, asked=None):
        """What the mapping screen shows for `asked`; nothing is kept.

        `asked`: sheet, encoding, delimiter, header_row (0: found by itself), profile_id (0: a new
        one), mapping (JSON of `rules.mapping`; absent: the profile's, or a guess).
        """
        self.ensure_one()
        asked = asked or {}
        try:
            sample = self._read_sample(asked)
        except SourceError as error:
            return {"failure": self._failure(error), "file_name": self.file_name}
        return self._screen(asked, sample)

    def _failure(self, error):
        message, remedy = self.env["connector.import.problem.text"]._source_words(error)
        return {"message": message, "remedy": remedy, "code": error.code}

    def start_check(self, asked, remember):
        """Keep what was chosen, make the import and check the file; returns the import's form.

        `remember`: the profile reads the next file like this one; without it only this import does.
        """
        self.ensure_one()
        profile = self._profile_to_use(asked, remember)
        values = {"profile_id": profile.id, "sheet_key": asked.get("sheet") or False}
        if self.job_id:
            job = self.job_id
            job.write(values)
        else:
            job = self.env["connector.import.job"].create(
                {**values, "file": self.file, "file_name": self.file_name}
            )
        job.action_check()
        self._stored_file().unlink()
        return {
            "type": "ir.actions.act_window",
            "res_model": job._name,
            "res_id": job.id,
            "views": [[False, "form"]],
            "target": "main",
        }

    def _profile_to_use(self, asked, remember):
        """The profile that reads this file from now on, or a copy of it for this file alone."""
        Profile = self.env["connector.import.profile"]
        profile = Profile.browse(asked.get("profile_id") or [])
        # What was not asked for stays as the profile has it.
        values = {name: asked[name] for name in ("encoding", "delimiter") if asked.get(name)}
        mapping = Mapping.from_json(asked["mapping"])
        if asked.get("header_row") is not None:
            mapping = replace(mapping, header_row=asked["header_row"])
        if asked.get("sheet") and asked.get("sheet_by_hand"):
            mapping = replace(mapping, sheet=self._read_sample(asked).sheet.title)
        chosen = {
            key: asked[key]
            for key in ("target", "partner_id", "location_id")
            if asked.get(key) is not None
        }
        if remember and not profile.active:
            # A second thought about a file that was to be read once.
            profile = profile.once_of_id
        if not remember:
            profile = self._profile_for_once(profile, chosen)
        elif not profile:
            profile = Profile.create({"name": self._free_name(asked), **chosen})
        elif chosen:
            profile.write(chosen)
        profile.write(values)
        profile._learn(mapping)
        return profile

    def _profile_for_once(self, profile, chosen):
        """Archived, so that nobody finds it among the suppliers' profiles."""
        Profile = self.env["connector.import.profile"].sudo()
        name = _(
            "%(file)s, once (%(moment)s)",
            file=self.file_name,
            moment=fields.Datetime.to_string(fields.Datetime.now()),
        )
        if profile:
            origin = profile.sudo().once_of_id or profile.sudo()
            known = {"name": name, "active": False, "once_of_id": origin.id}
            once = profile.sudo().copy({**known, **chosen})
        else:
            once = Profile.create({"name": name, "active": False, **chosen})
        return once.with_env(self.env)

    def _free_name(self, asked):
        """As "Optica Supply: Frames"; with the name of the file where that is taken already."""
        Profile = self.env["connector.import.profile"].with_context(active_test=False)
        typed = (asked.get("profile_name") or "").strip()
        wanted = typed or self._name_of_what(asked)
        named = [wanted, f"{wanted}, {Path(self.file_name).stem}"]
        numbered = (f"{named[-1]} ({number})" for number in count(2))
        return next(
            name
            for name in chain(named, numbered)
            if not Profile.search_count([("name", "=", name)])
        )

    def _name_of_what(self, asked):
        partner = self.env["res.partner"].browse(asked.get("partner_id") or [])
        if not partner:
            return Path(self.file_name).stem
        what = self.env["connector.import.profile"]._fields["target"]
        labels = dict(what._description_selection(self.env))
        return f"{partner.name}: {labels[asked.get('target') or 'product']}"
