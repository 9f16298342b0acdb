import json
import logging
import uuid
from functools import wraps

from odoo import SUPERUSER_ID, _, http
from odoo.exceptions import AccessError, UserError
from odoo.http import content_disposition, request

from ..models.import_profile_arrival import EXTENSIONS
from ..rules.source.limits import Limits
from . import import_api_errors as errors
from .import_api_answers import job_answer, log_answer, profile_answer
from .import_api_workbook import log_workbook

_logger = logging.getLogger(__name__)

ROOT = "/price_lists/v1"
MEGABYTE = 1 << 20
# A form's other parts and its borders.
FORM_SLACK = MEGABYTE
LOG_PAGE, LOG_PAGE_MOST = 100, 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What may be asked of an import in one word.
STEPS = ("none", "check", "import")


def api(path, method):
    """A route of the API: the key's token as the first argument, refusals as JSON."""

    def decorate(handler):
        @http.route(
            ROOT + path,
            type="http",
            auth="none",
            methods=[method],
            csrf=False,
            save_session=False,
            max_content_length=Limits().max_file + FORM_SLACK,
        )
        @wraps(handler)
        def answer(self, **params):
            request_id = str(uuid.uuid4())
            try:
                # As root until the profile's person is known: a key belongs to no user.
                request.update_env(user=SUPERUSER_ID)
                _speak(request.env.ref("base.main_company"))
                token = _token()
                _speak(token.company_id)
                with request.env.cr.savepoint():
                    response = handler(self, token, **params)
            except errors.ApiError as error:
                response = _refusal(error, request_id)
            except UserError as error:
                _logger.info("Price list API, request %s: %s", request_id, error)
                response = _refusal(errors.refused(str(error)), request_id)
            response.headers["X-Request-Id"] = request_id
            response.headers["Cache-Control"] = "no-store"
            return response

        return answer

    return decorate


def _json(body, status=200):
    text = json.dumps(body, ensure_ascii=False)
    return request.make_response(
        text, headers=[("Content-Type", "application/json; charset=utf-8")], status=status
    )


def _refusal(error, request_id):
    response = _json(error.body() | {"request_id": request_id}, error.status)
    response.headers.extend(error.headers())
    return response


def _speak(company):
    """In the language the call asks for, else in the shop's."""
    asked = request.best_lang and request.default_lang()
    request.update_context(lang=asked or company.partner_id.lang)


def _token():
    """Whose key the call carries; counted, and refused when it is not good any more."""
    kind, _space, secret = request.httprequest.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise errors.token_missing()
    token = request.env["connector.import.token"]._find(secret.strip())
    if not token:
        raise errors.token_unknown()
    if wait := token._take_call():
        raise errors.rate_limited(wait)
    if token.state == "revoked":
        raise errors.token_revoked()
    if token.state == "expired":
        raise errors.token_expired()
    return token


class ImportApi(http.Controller):
    """Suppliers push their price lists and see what became of them."""

    @api("/profiles", "GET")
    def profiles(self, token, **params):
        return _json({"profiles": [profile_answer(each) for each in token.profile_ids]})

    @api("/imports", "POST")
    def upload(self, token, profile=None, name=None, start="check", **params):
        step = self._step(start)
        chosen = self._profile(token, profile)
        file_name, content = self._file(name)
        try:
            chosen.sudo()._arrival_user()
        except UserError:
            raise errors.not_set_up() from None
        if token._files_today() >= token.files_per_day:
            raise errors.too_many_files(token.files_per_day)
        job, is_new = request.env["connector.import.job"]._arrive(
            chosen, file_name, content, "api", step == "import"
        )
        if is_new:
            job.sudo().token_id = token
        elif job.origin != "api":
            # The shop has this very file already, by another way: its import is the shop's.
            raise errors.wrong_state(_("The shop has this file already and deals with it itself."))
        if is_new and step != "none":
            job._as_its_person().action_check()
        return _json(self._state(job) | {"is_new": is_new}, 201 if is_new else 200)

    @api("/imports", "GET")
    def imports(self, token, before=None, limit=None, **params):
        domain = self._own(token)
        if before:
            domain = [*domain, ("id", "<", self._number("before", before))]
        size = self._size(limit)
        found = request.env["connector.import.job"].search(domain, limit=size + 1, order="id desc")
        more = found[size - 1 : size].id if len(found) > size else None
        return _json({"imports": [self._state(job) for job in found[:size]], "before": more})

    @api("/imports/<int:import_id>", "GET")
    def state(self, token, import_id, **params):
        return _json(self._state(self._job(token, import_id)))

    @api("/imports/<int:import_id>/start", "POST")
    def start(self, token, import_id, step="import", **params):
        job = self._job(token, import_id)
        step = self._step(step)
        if step == "none":
            raise errors.invalid("step", _("step is check or import."))
        if job.state != "draft":
            raise errors.wrong_state(
                _("Import %(number)s is %(state)s already.", number=job.name, state=job.state)
            )
        self._start(job._as_its_person(), step)
        job.invalidate_recordset()
        return _json(self._state(job), 202)

    @api("/imports/<int:import_id>/log", "GET")
    def log(self, token, import_id, after=None, limit=None, **params):
        job = self._job(token, import_id)
        start = self._number("after", after) if after else 0
        size = self._size(limit)
        lines = request.env["connector.import.log"].search(
            [("job_id", "=", job.id)], offset=start, limit=size + 1, order="number, id"
        )
        return _json(
            {
                "log": [log_answer(line) for line in lines[:size]],
                "after": start + size if len(lines) > size else None,
            }
        )

    @api("/imports/<int:import_id>/log.xlsx", "GET")
    def log_file(self, token, import_id, **params):
        job = self._job(token, import_id)
        lines = request.env["connector.import.log"].search(
            [("job_id", "=", job.id)], order="number, id"
        )
        content = log_workbook(log_answer(line) for line in lines)
        headers = [
            ("Content-Type", XLSX),
            ("Content-Disposition", content_disposition(f"{job.name.replace('/', '-')}.xlsx")),
        ]
        return request.make_response(content, headers=headers)

    # What is told of

    def _own(self, token):
        """Imports that came through the API for the key's profiles; no others exist for it."""
        return [("profile_id", "in", token.profile_ids.ids), ("origin", "=", "api")]

    def _job(self, token, import_id):
        job = request.env["connector.import.job"].search(
            [("id", "=", import_id), *self._own(token)]
        )
        if not job:
            raise errors.not_found(_("import"))
        return job

    def _state(self, job):
        return job_answer(job)

    # What was asked

    def _step(self, text):
        if text not in STEPS:
            raise errors.invalid(
                "start",
                _("%(found)s: choose one of %(steps)s.", found=text, steps=", ".join(STEPS)),
            )
        return text

    def _number(self, field, text):
        if not str(text).isdecimal():
            raise errors.invalid(field, _("%(found)s is no number.", found=text))
        return int(text)

    def _size(self, limit):
        return min(max(self._number("limit", limit), 1), LOG_PAGE_MOST) if limit else LOG_PAGE

    def _profile(self, token, asked):
        profiles = token.profile_ids.filtered("active")
        if asked:
            chosen = profiles.filtered(lambda each: each.id == self._number("profile", asked))
            if not chosen:
                raise errors.not_found(_("profile"))
            return chosen
        if len(profiles) != 1:
            names = ", ".join(f"{each.id} ({each.name})" for each in profiles)
            raise errors.profile_missing(names)
        return profiles

    def _file(self, name):
        """Name and bytes: a form's part `file`, or the body itself."""
        asked = request.httprequest
        limit = self._limit()
        if asked.content_length is None:
            raise errors.length_required()
        if asked.content_length > limit + FORM_SLACK:
            raise errors.file_too_big(asked.content_length, limit)
        if asked.mimetype == "application/x-www-form-urlencoded":
            # What curl calls a body when nobody tells: it was read as a form and is gone.
            raise errors.body_is_a_form()
        if asked.mimetype == "multipart/form-data":
            part = asked.files.get("file")
            if part is None:
                raise errors.file_missing()
            name, content = name or part.filename, part.read(limit + 1)
        else:
            # Kept: a call that collided with another is repeated by Odoo.
            content = asked.get_data(cache=True)
        if len(content) > limit:
            raise errors.file_too_big(len(content), limit)
        if not name:
            raise errors.name_missing()
        # Names of directories are of no interest and of no good.
        name = name.replace("\\", "/").rpartition("/")[2][:200]
        if not name.lower().endswith(EXTENSIONS):
            raise errors.name_unfit(name, ", ".join(EXTENSIONS))
        if not content:
            raise errors.file_empty()
        return name, content

    def _limit(self):
        parameters = request.env["ir.config_parameter"].sudo()
        asked = parameters.get_param("connector_b.api_max_file_mb") or "50"
        megabytes = int(asked) if asked.isdecimal() else 50
        return min(megabytes * MEGABYTE, Limits().max_file)

    # What is done

    def _start(self, job, step):
        """Check, or import what is checked; prices that need a yes get none from here."""
        if step == "check" or job.check_state in ("none", "failed"):
            job.sudo().import_after_check = step == "import"
            job.action_check()
        elif job.check_state in ("queued", "running"):
            job.sudo().import_after_check = True
        elif job.attention_count:
            raise errors.needs_acceptance(job.attention_count)
        elif job._import_blockers():
            raise errors.blocked()
        else:
            try:
                job.action_import()
            except AccessError:
                raise errors.not_set_up() from None
            except UserError as error:
                raise errors.wrong_state(str(error)) from None
