"""Exceptions → answers, in one place and one shape."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from kkt_adapter.app.errors import AdapterError

log = logging.getLogger(__name__)

_VALIDATION_WORDS = {
    "missing": "Поле обязательно: добавьте его.",
    "extra_forbidden": "Такого поля нет: проверьте его имя.",
    "json_invalid": "Тело запроса — не JSON: проверьте кавычки и скобки.",
    "string_type": "Здесь нужна строка.",
    "string_too_short": "Значение слишком короткое (не меньше {min_length}).",
    "string_too_long": "Значение слишком длинное (не больше {max_length}).",
    "string_pattern_mismatch": "Значение не того вида: образец {pattern}.",
    "literal_error": "Допустимо только {expected}.",
    "too_short": "Нужно хотя бы {min_length}.",
    "too_long": "Не больше {max_length}.",
    "bool_type": "Здесь нужно true или false.",
    "bool_parsing": "Здесь нужно true или false.",
    "dict_type": "Здесь нужен объект JSON.",
    "model_type": "Здесь нужен объект JSON.",
    "model_attributes_type": "Здесь нужен объект JSON.",
    "list_type": "Здесь нужен список.",
    "uuid_parsing": "Нужен UUID, например 3f2b8c1e-5d7a-4e2b-9c3f-1a2b3c4d5e6f.",
}
_DEFAULT_WORDS = "Значение не годится: проверьте его вид и пределы."

_HTTP_CODES = {400: "invalid_request", 404: "no_such_address", 405: "method_not_allowed"}
_HTTP_WORDS = {
    # FastAPI's only one: a body that is not even text.
    400: "Тело запроса не читается: нужен JSON в UTF-8.",
    404: "Такого адреса у адаптера нет.",
    405: "Этот адрес вызывается иначе.",
}


def install(app: FastAPI) -> None:
    app.add_exception_handler(AdapterError, _adapter_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(ClientDisconnect, _nobody_there)
    app.add_exception_handler(Exception, _unexpected)


async def _adapter_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AdapterError)
    return _answer(request, error.status, error.code, error.message, error.field, error.extra)


async def _validation_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return _answer(request, 400, "invalid_request", _words(first), field_path(first["loc"]))


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = _HTTP_CODES.get(error.status_code, "http_error")
    answer = _answer(
        request,
        error.status_code,
        code,
        _HTTP_WORDS.get(error.status_code, str(error.detail)),
        None,
    )
    answer.headers.update(error.headers or {})
    return answer


async def _nobody_there(_request: Request, _error: Exception) -> Response:
    """The caller hung up in the middle of its own request: not an error of ours, nobody reads."""
    return Response(status_code=400)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("unexpected", exc_info=error, extra={"path": request.url.path})
    return _answer(request, AdapterError.status, AdapterError.code, AdapterError.message, None)


def _answer(
    request: Request,
    http_status: int,
    code: str,
    message: str,
    field: str | None,
    extra: dict[str, Any] | None = None,
) -> JSONResponse:
    body = {
        "code": code,
        "message": message,
        "field": field,
        "request_id": getattr(request.state, "request_id", ""),
    }
    return JSONResponse({**body, **(extra or {})}, http_status)


def field_path(location: tuple[str | int, ...]) -> str | None:
    """("body", "items", 0, "price") → "items[0].price", as the client wrote it."""
    path = ""
    for part in location[1:]:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += f".{part}" if path else part
    return path or None


def _words(error: dict[str, Any]) -> str:
    if error["type"] in _VALIDATION_WORDS:
        return _VALIDATION_WORDS[error["type"]].format(**error.get("ctx", {}))
    message = str(error["msg"])
    # Our own rules speak Russian already (see models); pydantic's other messages do not.
    return message if any("а" <= letter.lower() <= "я" for letter in message) else _DEFAULT_WORDS
