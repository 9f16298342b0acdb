"""Tokens: where they come from, and without which the till does not start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kkt_adapter.app.auth import Tokens, load_tokens
from kkt_adapter.app.config import ConfigError, Settings


def tokens(folder: Path, **adapter: Any) -> Tokens:
    return load_tokens(Settings(adapter={"data_dir": folder, **adapter}))  # type: ignore[arg-type]


def keep(path: Path, token: str, mode: int = 0o600) -> None:
    path.write_text(token)
    path.chmod(mode)


def test_on_loopback_everything_is_open_without_tokens(tmp_path: Path) -> None:
    found = tokens(tmp_path)

    assert not found.required
    assert found.is_pos("")
    assert found.is_admin("")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "kassa.example.ru"])
def test_off_loopback_it_does_not_start_without_tokens(tmp_path: Path, host: str) -> None:
    with pytest.raises(ConfigError, match="make tokens"):
        tokens(tmp_path, host=host)

    assert tokens(tmp_path, host=host, pos_token="p", admin_token="a").required


def test_they_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPTICS_ADAPTER__POS_TOKEN", "p")
    monkeypatch.setenv("OPTICS_ADAPTER__ADMIN_TOKEN", "a")

    assert tokens(tmp_path) == Tokens("p", "a")


def test_they_come_from_files_without_their_line_ends(tmp_path: Path) -> None:
    keep(tmp_path / "pos.token", "p\n")
    keep(tmp_path / "admin.token", "a\n")

    assert tokens(tmp_path) == Tokens("p", "a")


def test_a_named_token_wins_over_the_file(tmp_path: Path) -> None:
    keep(tmp_path / "pos.token", "old")
    keep(tmp_path / "admin.token", "a")

    assert tokens(tmp_path, pos_token="new") == Tokens("new", "a")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o660])
def test_a_file_that_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    keep(tmp_path / "pos.token", "p", mode)
    keep(tmp_path / "admin.token", "a")

    with pytest.raises(ConfigError, match="chmod 600"):
        tokens(tmp_path)


def test_a_file_of_rubbish_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "pos.token").write_bytes(b"\xff\xfe")
    (tmp_path / "pos.token").chmod(0o600)

    with pytest.raises(ConfigError, match="не читается"):
        tokens(tmp_path)


@pytest.mark.parametrize(
    ("given", "missing"),
    [({"pos_token": "p"}, "adapter.admin_token"), ({"admin_token": "a"}, "adapter.pos_token")],
)
def test_one_token_is_not_enough(tmp_path: Path, given: dict[str, str], missing: str) -> None:
    with pytest.raises(ConfigError, match=missing):
        tokens(tmp_path, **given)


def test_the_cashier_must_not_hold_the_administrators_token(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="различаться"):
        tokens(tmp_path, pos_token="same", admin_token="same")


@pytest.mark.parametrize(
    ("given", "pos", "admin"),
    [("p", True, False), ("a", True, True), ("", False, False), ("пароль", False, False)],
)
def test_the_administrator_may_do_what_a_cashier_may_and_not_the_other_way(
    given: str, pos: bool, admin: bool
) -> None:
    both = Tokens("p", "a")

    assert both.is_pos(given) is pos
    assert both.is_admin(given) is admin
