"""Who may call: tokens of the till and of the administrator, and pages of which sites.

On a loopback address the tokens are optional: only this computer can call. Everywhere else the
service refuses to start without them. A browser on this computer is still watched: a page of a
foreign site must not reach the till behind the cashier's back (see `gate`).
"""

from __future__ import annotations

import hmac
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kkt_adapter.app.config import ConfigError, Settings, is_loopback
from kkt_adapter.app.errors import Unauthorized

_pos_scheme = HTTPBearer(scheme_name="PosToken", auto_error=False)
_admin_scheme = HTTPBearer(scheme_name="AdminAuth", auto_error=False)

# How OpenAPI names what `admit_pos` checks.
POS_SECURITY: list[dict[str, list[str]]] = [{_pos_scheme.scheme_name: []}]

Credentials = HTTPAuthorizationCredentials | None


@dataclass(frozen=True, slots=True)
class Tokens:
    pos: str
    admin: str

    @property
    def required(self) -> bool:
        return bool(self.pos)

    def is_admin(self, given: str) -> bool:
        return not self.required or _same(given, self.admin)

    def is_pos(self, given: str) -> bool:
        # The administrator may do what a cashier may. Both are compared: no early answer.
        return not self.required or _same(given, self.pos) | _same(given, self.admin)


def load_tokens(settings: Settings) -> Tokens:
    """From the environment or config.toml, else from the files that `make tokens` writes."""
    adapter = settings.adapter
    pos = adapter.pos_token or _from_file(adapter.data_dir / "pos.token")
    admin = adapter.admin_token or _from_file(adapter.data_dir / "admin.token")
    if bool(pos) != bool(admin):
        missing = "adapter.admin_token" if pos else "adapter.pos_token"
        raise ConfigError(f"Настройка {missing}: нужны оба токена, кассы и администратора.")
    if pos and pos == admin:
        raise ConfigError("Настройка adapter.admin_token: токены должны различаться.")
    if not pos and not is_loopback(adapter.host):
        raise ConfigError(
            f"Настройка adapter.host = {adapter.host}: касса видна по сети, а токенов нет —"
            " создайте их (make tokens) или задайте adapter.pos_token и adapter.admin_token."
        )
    return Tokens(pos, admin)


def _from_file(path: Path) -> str:
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise ConfigError(f"Файл токена {path} могут читать другие: chmod 600 {path}.")
        return path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"Файл токена {path} не читается: {error}.") from error


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def admit_pos(request: Request) -> None:
    """`require_pos` for a route that cannot afford a dependency."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    tokens: Tokens = request.app.state.tokens
    if not tokens.is_pos(token.strip() if scheme.lower() == "bearer" else ""):
        raise Unauthorized


# Coroutines although they await nothing: FastAPI sends a plain function to a thread, and the three
# that a sale passes would cost it more than its commits.
async def require_pos(
    request: Request, credentials: Annotated[Credentials, Depends(_pos_scheme)]
) -> None:
    tokens: Tokens = request.app.state.tokens
    if not tokens.is_pos(credentials.credentials if credentials else ""):
        raise Unauthorized


async def require_admin(
    request: Request, credentials: Annotated[Credentials, Depends(_admin_scheme)]
) -> None:
    tokens: Tokens = request.app.state.tokens
    if not tokens.is_admin(credentials.credentials if credentials else ""):
        raise Unauthorized("Нужен токен администратора.")
