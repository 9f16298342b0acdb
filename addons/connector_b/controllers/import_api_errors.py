"""Refusals of the API: stable codes for programs, a sentence for people."""

from odoo import _


class ApiError(Exception):
    def __init__(self, status, code, message, field=None, retry_after=None):
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        self.retry_after = retry_after

    def body(self):
        return {"code": self.code, "message": self.message, "field": self.field}

    def headers(self):
        if self.retry_after is not None:
            return [("Retry-After", str(self.retry_after))]
        if self.status == 401:
            return [("WWW-Authenticate", "Bearer")]
        return []


def token_missing():
    return ApiError(
        401, "token_missing", _("Send the key in the header: Authorization: Bearer pl_…")
    )


def token_unknown():
    return ApiError(401, "token_unknown", _("Nobody issued this key. Ask the shop for one."))


def token_expired():
    return ApiError(401, "token_expired", _("The key has expired. Ask the shop for a new one."))


def token_revoked():
    return ApiError(401, "token_revoked", _("The key was revoked. Ask the shop for a new one."))


def rate_limited(seconds):
    return ApiError(
        429,
        "rate_limited",
        _("Too many calls in a minute. Go on in %(seconds)s s.", seconds=seconds),
        retry_after=seconds,
    )


def too_many_files(limit):
    return ApiError(
        429,
        "too_many_files",
        _("This key takes %(limit)s files a day, and they have come. Go on tomorrow.", limit=limit),
        retry_after=3600,
    )


def length_required():
    return ApiError(411, "length_required", _("Tell the size in Content-Length."))


def file_too_big(size, limit):
    return ApiError(
        413,
        "file_too_big",
        _("%(size)s bytes came, at most %(limit)s are taken.", size=size, limit=limit),
    )


def file_missing():
    return ApiError(
        400,
        "file_missing",
        _("Send the price list as the part “file” of a form, or as the body itself."),
        field="file",
    )


def body_is_a_form():
    return ApiError(
        415,
        "body_is_a_form",
        _("Send the body with the header Content-Type: application/octet-stream."),
        field="file",
    )


def file_empty():
    return ApiError(400, "file_empty", _("The file has no byte in it."), field="file")


def name_missing():
    return ApiError(
        400,
        "name_missing",
        _("Tell the name of the file: ?name=price.xlsx, or the name of the form's part."),
        field="name",
    )


def name_unfit(name, allowed):
    return ApiError(
        400,
        "name_unfit",
        _("%(name)s: files named %(allowed)s are taken.", name=name, allowed=allowed),
        field="name",
    )


def profile_missing(names):
    return ApiError(
        400,
        "profile_missing",
        _("This key has several profiles, choose one: ?profile=…: %(names)s.", names=names),
        field="profile",
    )


def not_found(what):
    return ApiError(404, "not_found", _("This key knows no such %(what)s.", what=what))


def invalid(field, message):
    return ApiError(400, "invalid_request", message, field=field)


def wrong_state(message):
    return ApiError(409, "wrong_state", message)


def needs_acceptance(count):
    return ApiError(
        409,
        "needs_acceptance",
        _(
            "%(count)s rows have prices that the shop has to accept first; a person there does.",
            count=count,
        ),
    )


def blocked():
    # By what is the shop's business.
    return ApiError(
        409, "blocked", _("The shop cannot import just now. Try again later."), retry_after=300
    )


def not_set_up():
    return ApiError(
        503,
        "not_set_up",
        _("The profile has no responsible person in the shop who may import. Tell the shop."),
        retry_after=3600,
    )


def refused(message):
    return ApiError(409, "refused", message)
