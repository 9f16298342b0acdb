import logging
import os
import stat
from pathlib import Path

from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..rules.source.limits import Limits
from .import_profile_arrival import EXTENSIONS, MANAGER
from .watched_folders import allowed_roots, is_allowed

_logger = logging.getLogger(__name__)

DONE, FAILED = "done", "failed"
# What programs call a file while they write it.
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")


class ImportProfile(models.Model):
    """A directory of the server in which a supplier's files appear."""

    _inherit = "connector.import.profile"

    watched_folder = fields.Char(
        groups=MANAGER,
        copy=False,
        help="A directory of the server, inside one of those that odoo.conf allows "
        "([connector_b] watched_folders). Files are taken from it every few minutes and moved to "
        "its done/ or failed/, under the number of their import.",
    )
    folder_problem = fields.Char(readonly=True, copy=False, groups=MANAGER)
    folder_seen = fields.Json(
        readonly=True,
        copy=False,
        groups=MANAGER,
        help="Size and time of each file at the last look: one that still grows is left.",
    )

    @api.constrains("watched_folder")
    def _check_watched_folder(self):
        for profile in self:
            if profile.watched_folder:
                profile._refuse_foreign_folder()

    def _refuse_foreign_folder(self):
        folder = self.watched_folder
        if os.path.isabs(folder) and is_allowed(folder):
            return
        roots = ", ".join(map(str, allowed_roots()))
        if roots:
            raise ValidationError(
                _(
                    "%(folder)s may not be watched. Allowed are directories inside %(roots)s; "
                    "the list stands in odoo.conf, [connector_b] watched_folders.",
                    folder=folder,
                    roots=roots,
                )
            )
        raise ValidationError(
            _(
                "%(folder)s may not be watched: the server allows no directory. Whoever runs it "
                "adds one to odoo.conf, [connector_b] watched_folders.",
                folder=folder,
            )
        )

    @api.model
    def _cron_look_into_folders(self):
        for profile in self.sudo().search([("watched_folder", "!=", False)]):
            profile._in_their_language()._look_into_folder()

    def _look_into_folder(self):
        """Take the files that rest; what is wrong with the folder is told in the profile."""
        self.ensure_one()
        problem = False
        try:
            self._refuse_foreign_folder()
            folder = Path(self.watched_folder)
            sizes = dict(self._sizes(folder))
            seen = self.folder_seen or {}
            for name in sorted(sizes):
                # As it already was at the last look: nobody writes it any more.
                if seen.get(name) == sizes[name]:
                    self._take_file(folder / name)
            self._sort_failed(folder)
            if sizes != seen:
                self._note(folder_seen=sizes)
        except (OSError, UserError) as error:
            problem = str(error)
        if (self.folder_problem or False) != problem:
            self._note(folder_problem=problem)
            if problem:
                _logger.info("Watched folder of profile %s: %s", self.id, problem)

    def _note(self, **values):
        """In a transaction of its own, as each file is taken in one: those change the profile,
        and the transaction around them would collide with them."""
        with self.env.registry.cursor() as cr:
            self.with_env(self.env(cr=cr)).write(values)
        self.invalidate_recordset(list(values))

    def _sizes(self, folder):
        with os.scandir(folder) as entries:
            for entry in entries:
                hidden = entry.name.startswith((".", "~$"))
                # No links: one may point outside of what is allowed.
                if hidden or not entry.is_file(follow_symlinks=False):
                    continue
                if not entry.name.lower().endswith(UNFINISHED):
                    state = entry.stat(follow_symlinks=False)
                    yield entry.name, [state.st_size, state.st_mtime_ns]

    def _take_file(self, path):
        """The job is kept for good before the file moves: after a crash between, it is found."""
        where, name = DONE, path.name
        with self.env.registry.cursor() as cr:
            profile = self.with_env(self.env(cr=cr))
            try:
                with cr.savepoint():
                    name = profile._job_of_file(path)._name_in_folder(path.name)
            except UserError as error:
                where = FAILED
                profile._tell_responsible(f"{path.name}: {error}")
        self._move(path, where, name)

    def _job_of_file(self, path):
        if not path.name.lower().endswith(EXTENSIONS):
            raise UserError(
                _("No price list: files named %(names)s are.", names=", ".join(EXTENSIONS))
            )
        content = self._content(path)
        jobs = self.env["connector.import.job"]
        job, is_new = jobs._arrive(self, path.name, content, "folder", self.import_on_arrival)
        if is_new:
            job._as_its_person().action_check()
        return job

    def _content(self, path):
        limit = Limits().max_file
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode) or state.st_size > limit:
                raise UserError(
                    _(
                        "%(size)s bytes are too many, at most %(limit)s are read. "
                        "Ask the supplier for a smaller file.",
                        size=state.st_size,
                        limit=limit,
                    )
                )
            return file.read(limit + 1)

    def _sort_failed(self, folder):
        """What was taken and then could not be read goes where a person looks for it."""
        if not (folder / DONE).is_dir():
            return
        failed = self.env["connector.import.job"].search(
            [
                ("profile_id", "=", self.id),
                ("origin", "=", "folder"),
                ("check_state", "=", "failed"),
            ],
            limit=100,
        )
        for job in failed:
            name = job._name_in_folder(job.file_name)
            if (folder / DONE / name).is_file():
                self._move(folder / DONE / name, FAILED, name, root=folder)

    def _move(self, path, where, name, root=None):
        """Into a subdirectory, under a name that nobody has there."""
        target = (root or path.parent) / where
        target.mkdir(exist_ok=True)
        place, turn = target / name, 1
        while place.exists():
            turn += 1
            place = target / f"{Path(name).stem} ({turn}){Path(name).suffix}"
        path.rename(place)


class ImportJob(models.Model):
    _inherit = "connector.import.job"

    def _name_in_folder(self, file_name):
        """What a file is called when it is done with: numbers of imports have slashes."""
        return f"{self.name.replace('/', '-')} {file_name}"
