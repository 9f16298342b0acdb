"""Settings: what config.toml says, what the environment overrides, and what stops the start."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kkt_adapter.app.config import PROJECT_ROOT, ConfigError, Settings, is_loopback, load_settings

DOCUMENTED: dict[str, dict[str, Any]] = tomllib.loads(
    (PROJECT_ROOT / "config.toml").read_text("utf-8")
)
DEFAULTS = {section: field.default for section, field in Settings.model_fields.items()}
KEYS = [(section, key) for section, keys in DOCUMENTED.items() for key in keys]

# Training and shop differ in more than the mode (see below), and the OFD has only one so far.
ONE_CHOICE = {("adapter", "mode"), ("ofd", "mode")}
# A valid value, other than the default, for every other key.
OTHER: dict[str, dict[str, Any]] = {
    "adapter": {
        "host": "127.0.0.2",
        "port": 8001,
        "data_dir": "/var/lib/kassa",
        "pos_id": "POS-002",
        "pos_token": "p",
        "admin_token": "a",
        "allowed_origins": ["https://erp.example.ru"],
        "max_body_bytes": 65_536,
        "log_level": "debug",
    },
    "kkt": {
        "uri": "virtual://127.0.0.1:7777",
        "timeout_s": 3.5,
        "answer_within_s": 1.5,
        "cashier": "Иванова",
        "cashier_inn": "500100732259",
        "tax_system": "osn",
        "default_vat": "vat22",
        "place": "Салон",
        "address": "г. Тверь",
    },
    "ofd": {"url": "http://127.0.0.1:1", "token": "t", "timeout_s": 2.0},
    "buffer": {"capacity": 50},
    "sync": {
        "interval_s": 5.0,
        "breaker_failures": 3,
        "breaker_reset_s": 10.0,
        "breaker_successes": 1,
        "max_refusals": 4,
    },
    "redis": {"url": "redis://127.0.0.1:6379/0"},
    "heartbeat": {
        "odoo_url": "https://erp.example.ru",
        "interval_s": 10.0,
        "timeout_s": 1.0,
        "token": "t",
    },
    "catalogue": {"interval_s": 60.0},
    "simulator": {"register_port": 1, "ofd_port": 2, "data_dir": "/srv/simulators"},
    "tracing": {"enabled": True, "endpoint": "http://127.0.0.1:4318/v1/traces"},
}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("OPTICS_"):
            monkeypatch.delenv(name)


@pytest.fixture
def config_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("OPTICS_CONFIG", str(path))
        return path

    return write


def refusal() -> str:
    """The one sentence that stops the start."""
    with pytest.raises(ConfigError) as caught:
        load_settings()
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def as_variable(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


# -- config.toml and the code say the same -----------------------------------------------------


def test_config_toml_documents_every_setting_of_the_code() -> None:
    known = {
        section: set(field.annotation.model_fields)  # type: ignore[union-attr]
        for section, field in Settings.model_fields.items()
    }

    assert {section: set(keys) for section, keys in DOCUMENTED.items()} == known


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_a_documented_value_is_the_codes_default(section: str, key: str) -> None:
    default = getattr(DEFAULTS[section], key)

    assert type(default)(DOCUMENTED[section][key]) == default


def test_the_delivered_file_is_accepted_as_it_is() -> None:
    settings = load_settings()

    assert settings.adapter.data_dir == PROJECT_ROOT / "kkt_adapter/data"
    assert settings.adapter.mode == "training"


# -- the environment ---------------------------------------------------------------------------


@pytest.mark.parametrize(("section", "key"), [key for key in KEYS if key not in ONE_CHOICE])
def test_every_key_can_be_overridden_by_a_variable(
    section: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = OTHER[section][key]
    monkeypatch.setenv(f"OPTICS_{section}__{key}".upper(), as_variable(value))

    read = getattr(getattr(load_settings(), section), key)

    assert read == type(read)(value)
    assert read != getattr(DEFAULTS[section], key)


def test_a_variable_wins_over_the_file_and_leaves_its_neighbours(
    config_file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    config_file("[buffer]\ncapacity = 5\n[sync]\ninterval_s = 7\nmax_refusals = 3\n")
    monkeypatch.setenv("OPTICS_SYNC__INTERVAL_S", "9")

    settings = load_settings()

    assert (settings.buffer.capacity, settings.sync.interval_s) == (5, 9)
    assert settings.sync.max_refusals == 3


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("OPTICS_OFD_URL", "OPTICS_OFD__URL"),
        ("OPTICS_OFD__ULR", "OPTICS_OFD__ULR"),
        ("OPTICS_BUFER__CAPACITY", "OPTICS_BUFER__CAPACITY"),
        ("OPTICS_ADAPTER", "OPTICS_ADAPTER"),
    ],
)
def test_a_misspelt_variable_stops_the_start(
    name: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "5")

    assert told in refusal()


def test_a_bad_variable_is_named_as_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPTICS_BUFFER__CAPACITY", "много")

    sentence = refusal()

    assert "buffer.capacity" in sentence
    assert "OPTICS_BUFFER__CAPACITY" in sentence
    assert "целое число" in sentence


def test_a_list_that_is_not_json_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPTICS_ADAPTER__ALLOWED_ORIGINS", "https://erp.example.ru")

    assert "OPTICS_ADAPTER__ALLOWED_ORIGINS" in refusal()


# -- the file ----------------------------------------------------------------------------------


def test_a_missing_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPTICS_CONFIG", str(tmp_path / "absent.toml"))

    assert "absent.toml" in refusal()


@pytest.mark.parametrize("text", ["[adapter\n", "port = \n", "[a]\n[a]\n"])
def test_broken_toml_is_named(text: str, config_file: Callable[[str], Path]) -> None:
    path = config_file(text)

    assert str(path) in refusal()


def test_a_file_that_is_not_utf8_is_named(config_file: Callable[[str], Path]) -> None:
    path = config_file("")
    path.write_bytes('[kkt]\ncashier = "Касса"\n'.encode("cp1251"))

    assert str(path) in refusal()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[buffer]\ncapasity = 5\n", "buffer.capasity"),
        ("[bufer]\ncapacity = 5\n", "bufer"),
        ("capacity = 5\n", "capacity"),
        ("adapter = 5\n", "adapter"),
        ("[adapter]\nport = 0\n", "adapter.port"),
        ("[adapter]\nport = 65536\n", "adapter.port"),
        ("[adapter]\nport = 80.5\n", "adapter.port"),
        ('[adapter]\nmode = "test"\n', "adapter.mode"),
        ('[adapter]\npos_id = "Касса 1"\n', "adapter.pos_id"),
        ("[adapter]\npos_token = 5\n", "adapter.pos_token"),
        ('[adapter]\nallowed_origins = "https://erp.example.ru"\n', "adapter.allowed_origins"),
        ('[adapter]\nallowed_origins = ["erp.example.ru"]\n', "adapter.allowed_origins"),
        ("[adapter]\nmax_body_bytes = 1\n", "adapter.max_body_bytes"),
        ('[kkt]\nuri = "virtual://127.0.0.1"\n', "kkt.uri"),
        ('[kkt]\nuri = "virtual://127.0.0.1:99999"\n', "kkt.uri"),
        ('[kkt]\nuri = "касса"\n', "kkt.uri"),
        ("[kkt]\ntimeout_s = 0\n", "kkt.timeout_s"),
        ("[kkt]\ntimeout_s = inf\n", "kkt.timeout_s"),
        ("[kkt]\ntimeout_s = nan\n", "kkt.timeout_s"),
        ('[kkt]\ncashier = ""\n', "kkt.cashier"),
        ('[kkt]\ncashier_inn = "123"\n', "kkt.cashier_inn"),
        ('[kkt]\ntax_system = "usn"\n', "kkt.tax_system"),
        ('[ofd]\nurl = ""\n', "ofd.url"),
        ('[ofd]\nurl = "127.0.0.1:7800"\n', "ofd.url"),
        ('[ofd]\nurl = "http://127.0.0.1:порт"\n', "ofd.url"),
        ("[buffer]\ncapacity = 0\n", "buffer.capacity"),
        ("[sync]\ninterval_s = -1\n", "sync.interval_s"),
        ("[sync]\nbreaker_failures = 0\n", "sync.breaker_failures"),
        ('[redis]\nurl = "localhost:6379"\n', "redis.url"),
        ('[redis]\nurl = "redis://localhost:порт"\n', "redis.url"),
        ('[heartbeat]\nodoo_url = "erp"\n', "heartbeat.odoo_url"),
        ('[tracing]\nenabled = "да"\n', "tracing.enabled"),
    ],
)
def test_a_bad_file_stops_the_start_and_the_key_is_named(
    text: str, key: str, config_file: Callable[[str], Path]
) -> None:
    config_file(text)

    assert f"Настройка {key}" in refusal()


def test_a_relative_data_dir_is_beside_the_file(config_file: Callable[[str], Path]) -> None:
    path = config_file('[adapter]\ndata_dir = "kassa"\n')

    assert load_settings().adapter.data_dir == path.parent / "kassa"
    assert load_settings().simulator_data_dir == path.parent / "kassa" / "simulators"


# -- training and shop -------------------------------------------------------------------------


def test_a_shop_does_not_sell_on_a_virtual_register(config_file: Callable[[str], Path]) -> None:
    config_file('[adapter]\nmode = "shop"\n')

    assert "kkt.uri" in refusal()


def test_a_training_till_cannot_reach_a_real_register(config_file: Callable[[str], Path]) -> None:
    config_file('[kkt]\nuri = "atol://192.168.1.5:5555"\n')

    assert "kkt.uri" in refusal()


def test_a_training_till_cannot_reach_a_real_ofd(config_file: Callable[[str], Path]) -> None:
    config_file('[ofd]\nurl = "https://ofd.example.ru"\n')

    assert "ofd.url" in refusal()


def test_a_shop_with_a_real_register_and_ofd_is_accepted(
    config_file: Callable[[str], Path],
) -> None:
    config_file(
        '[adapter]\nmode = "shop"\n[kkt]\nuri = "atol://192.168.1.5:5555"\n'
        '[ofd]\nurl = "https://ofd.example.ru/"\n'
    )

    settings = load_settings()

    assert settings.adapter.mode == "shop"
    assert settings.ofd.url == "https://ofd.example.ru"


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("kassa.example.ru", False),
        ("", False),
    ],
)
def test_loopback_is_what_only_this_computer_reaches(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
