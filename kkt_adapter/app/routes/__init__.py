"""HTTP in, HTTP out. Each route gets the data, calls one part of the till, hands on the answer."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request

from kkt_adapter.app.responses import ErrorAnswer
from kkt_adapter.app.till import Till


async def till_of(request: Request) -> Till:
    till: Till = request.app.state.till
    return till


TheTill = Annotated[Till, Depends(till_of)]

_WORDS = {
    400: "The request cannot be understood",
    401: "A token is needed",
    403: "A page of a foreign site",
    404: "Not on this till",
    409: "Understood, but not now",
    413: "The request is too large",
    422: "The law or arithmetic forbids it",
    502: "The simulator is away",
    503: "Not possible now; nothing was printed",
}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of a route, for OpenAPI."""
    return {
        status: {"model": ErrorAnswer, "description": _WORDS[status]}
        for status in (*statuses, 400, 401, 403, 413)
    }
