"""What stops the start: one sentence that a technician understands, and exit code 2."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT, free_port
from tests.till_process import TillProcess

# Root may write anywhere, unless this right of it is taken away.
AS_EVERYBODY = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []


def start(tmp_path: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "OPTICS_ADAPTER__DATA_DIR": str(tmp_path / "data"),
        "OPTICS_ADAPTER__PORT": str(free_port()),
        **{f"OPTICS_{name.upper()}": value for name, value in settings.items()},
    }
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("OPTICS_")}
    return subprocess.run(
        [*command, sys.executable, "-m", "kkt_adapter"],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def assert_one_sentence(result: subprocess.CompletedProcess[str], *words: str) -> None:
    assert result.returncode == 2, result.stderr
    assert result.stderr.count("\n") == 1, result.stderr
    for word in words:
        assert word in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("adapter__port", "many", ["adapter.port", "целое число"]),
        ("adapter__port", "70000", ["adapter.port", "65535"]),
        ("buffer__capacity", "0", ["buffer.capacity", "не меньше 1"]),
        ("adapter__pos_id", "касса 1", ["adapter.pos_id"]),
        ("ofd__url", "ofd.example.ru", ["ofd.url", "http://"]),
        ("ofd__url", "https://ofd.example.ru", ["ofd.url", "учебном режиме"]),
        ("kkt__uri", "com3", ["kkt.uri"]),
        ("kkt__uri", "atol://10.0.0.7:5555", ["kkt.uri", "учебном режиме"]),
        ("adapter__mode", "shop", ["kkt.uri", "виртуальный"]),
        ("adapter__mode", "demo", ["adapter.mode"]),
        ("kkt__default_vat", "vat18", ["kkt.default_vat"]),
        ("adapter__allowed_origins", "https://erp.example.ru", ["список", "JSON"]),
        ("adapter__prot", "8000", ["OPTICS_ADAPTER__PROT", "config.toml"]),
    ],
)
def test_a_bad_setting_is_named(tmp_path: Path, setting: str, value: str, words: list[str]) -> None:
    assert_one_sentence(start(tmp_path, **{setting: value}), *words)


def test_an_unknown_key_in_the_file_is_named(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[adapter]\nprot = 8000\n", encoding="utf-8")

    assert_one_sentence(start(tmp_path, config=str(config)), "adapter.prot", str(config))


@pytest.mark.parametrize("content", ["[adapter\n", "[adapter]\nport = \n", None])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: str | None) -> None:
    config = tmp_path / "config.toml"
    if content is not None:
        config.write_text(content, encoding="utf-8")

    assert_one_sentence(start(tmp_path, config=str(config)), str(config))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3"])
def test_without_tokens_it_is_not_shown_to_the_network(tmp_path: Path, host: str) -> None:
    assert_one_sentence(start(tmp_path, adapter__host=host), "adapter.host", "токенов нет")


def test_one_token_of_two_is_not_enough(tmp_path: Path) -> None:
    assert_one_sentence(start(tmp_path, adapter__pos_token="till"), "adapter.admin_token")


def test_one_token_for_both_is_refused(tmp_path: Path) -> None:
    same = {"adapter__pos_token": "same", "adapter__admin_token": "same"}

    assert_one_sentence(start(tmp_path, **same), "различаться")


def test_a_token_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("pos.token", "admin.token"):
        (tmp_path / "data" / name).write_text(name, encoding="ascii")
        (tmp_path / "data" / name).chmod(0o644)

    assert_one_sentence(start(tmp_path), "pos.token", "chmod 600")


@pytest.mark.skipif(
    bool(AS_EVERYBODY) and shutil.which("setpriv") is None, reason="root, and no setpriv here"
)
def test_a_read_only_directory_is_named(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    data_dir.chmod(0o500)

    result = start(tmp_path, *AS_EVERYBODY)

    assert_one_sentence(result, "adapter.data_dir", str(data_dir))


def test_a_data_directory_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")

    assert_one_sentence(start(tmp_path), "adapter.data_dir")


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    buffer = tmp_path / "data" / "buffer.db"
    buffer.write_bytes(b"not a database at all" * 1000)

    assert_one_sentence(start(tmp_path), "повреждён", "Не удаляйте")
    assert buffer.read_bytes() == b"not a database at all" * 1000


def test_somebody_elses_database_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with sqlite3.connect(tmp_path / "data" / "buffer.db") as connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")
    connection.close()

    assert_one_sentence(start(tmp_path), "не буфер чеков")


def test_a_buffer_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with sqlite3.connect(tmp_path / "data" / "buffer.db") as connection:
        connection.execute("PRAGMA user_version=999")
    connection.close()

    assert_one_sentence(start(tmp_path), "999")


def test_a_damaged_buffer_is_refused_and_left_as_it_is(till: TillProcess) -> None:
    for _ in range(30):
        till.sell()
    till.stop()
    buffer = till.data_dir / "buffer.db"
    damaged = bytearray(buffer.read_bytes())
    damaged[100:4096] = b"\xa5" * 3996
    buffer.write_bytes(damaged)

    again = till.another()

    assert again.returncode == 2
    assert "повреждён" in again.stdout
    assert again.stdout.count("\n") == 1
    assert buffer.read_bytes() == damaged


def test_a_damaged_catalogue_does_not_stop_the_start(till: TillProcess) -> None:
    till.stop()
    (till.data_dir / "cache.json").write_text('{"products": [{"product_id"', encoding="utf-8")

    till.restart()

    assert till.status()["catalogue"]["products"] == 0
    assert till.sell().json()["status"] == "printed"
