"""Settings: one frozen object per section, read once at start.

`config.toml` is the documented example of every key; `OPTICS_<SECTION>__<KEY>` overrides it.
An unknown key or a bad value raises `ConfigError`: one sentence for the technician.
"""

from __future__ import annotations

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PositiveInt,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

PROJECT_ROOT = Path(__file__).resolve().parents[2]
ENV_PREFIX = "OPTICS_"
ENV_CONFIG_FILE = "OPTICS_CONFIG"

TaxSystem = Literal["osn", "usn_income", "usn_income_outcome", "esn", "patent"]
VatName = Literal["none", "vat0", "vat5", "vat7", "vat10", "vat20", "vat22"]
Port = Annotated[int, Field(ge=1, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]


class ConfigError(Exception):
    """The settings do not allow a start; the text says which one and what to do."""


def _address(value: str, schemes: set[str], sample: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        valid = parts.scheme in schemes and parts.hostname and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise ValueError(f"«{value}» — нужен адрес вида {sample}")
    return parts


def _web_address(value: str) -> str:
    if value:
        _address(value, {"http", "https"}, "http://хост:порт")
    return value.rstrip("/")


def _redis_address(value: str) -> str:
    # unix:///путь has no host; redis-py checks the rest of it when it connects.
    if value and not value.startswith("unix:///"):
        _address(value, {"redis", "rediss"}, "redis://хост:порт/0")
    return value


def _register_address(value: str) -> str:
    sample = "virtual://127.0.0.1:7700"
    scheme = value.partition("://")[0]
    if _address(value, {scheme}, sample).port is None:
        raise ValueError(f"«{value}» — нужен адрес вида {sample}")
    return value


def is_loopback(host: str) -> bool:
    """True for an address that only this computer can reach."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


WebAddress = Annotated[str, AfterValidator(_web_address)]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AdapterSettings(Section):
    host: str = "127.0.0.1"
    port: Port = 8000
    data_dir: Path = Path("kkt_adapter/data")
    pos_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")] = "POS-001"
    mode: Literal["training", "shop"] = "training"
    pos_token: str = ""
    admin_token: str = ""
    allowed_origins: tuple[WebAddress, ...] = ()
    max_body_bytes: Annotated[int, Field(ge=16_384, le=16_777_216)] = 262_144
    log_level: Literal["debug", "info", "warning", "error"] = "info"


class KktSettings(Section):
    uri: Annotated[str, AfterValidator(_register_address)] = "virtual://127.0.0.1:7700"
    timeout_s: Seconds = 10.0
    answer_within_s: Seconds = 5.0
    cashier: Annotated[str, Field(min_length=1, max_length=64)] = "Кассир"
    cashier_inn: Annotated[str, Field(pattern=r"^(\d{12})?$")] = ""
    tax_system: TaxSystem = "usn_income"
    default_vat: VatName = "none"
    place: Annotated[str, Field(min_length=1, max_length=256)] = "Салон оптики"
    address: Annotated[str, Field(min_length=1, max_length=256)] = "г. Москва, ул. Примерная, д. 1"


class OfdSettings(Section):
    mode: Literal["http"] = "http"
    url: Annotated[WebAddress, Field(min_length=1)] = "http://127.0.0.1:7800"
    token: str = "demo-ofd-token"
    timeout_s: Seconds = 10.0


class BufferSettings(Section):
    capacity: Annotated[int, Field(ge=1, le=100_000)] = 200


class SyncSettings(Section):
    interval_s: Seconds = 60.0
    breaker_failures: PositiveInt = 5
    breaker_reset_s: Seconds = 60.0
    breaker_successes: PositiveInt = 2
    max_refusals: PositiveInt = 20


class RedisSettings(Section):
    url: Annotated[str, AfterValidator(_redis_address)] = ""


class HeartbeatSettings(Section):
    odoo_url: WebAddress = ""
    interval_s: Seconds = 30.0
    timeout_s: Seconds = 5.0
    token: str = ""


class CatalogueSettings(Section):
    interval_s: Seconds = 300.0


class SimulatorSettings(Section):
    register_port: Port = 7701
    ofd_port: Port = 7801
    data_dir: str = ""


class TracingSettings(Section):
    enabled: bool = False
    endpoint: WebAddress = ""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    adapter: AdapterSettings = AdapterSettings()
    kkt: KktSettings = KktSettings()
    ofd: OfdSettings = OfdSettings()
    buffer: BufferSettings = BufferSettings()
    sync: SyncSettings = SyncSettings()
    redis: RedisSettings = RedisSettings()
    heartbeat: HeartbeatSettings = HeartbeatSettings()
    catalogue: CatalogueSettings = CatalogueSettings()
    simulator: SimulatorSettings = SimulatorSettings()
    tracing: TracingSettings = TracingSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # The file arrives as init values: the environment must win over it.
        return env_settings, init_settings

    @model_validator(mode="after")
    def _training_and_shop_stay_apart(self) -> Settings:
        virtual = urlsplit(self.kkt.uri).scheme == "virtual"
        if self.adapter.mode == "shop" and virtual:
            raise ValueError(
                "kkt.uri: виртуальный регистратор не выбивает законных чеков — укажите настоящий "
                'или поставьте adapter.mode = "training"'
            )
        if self.adapter.mode == "training":
            if not virtual:
                raise ValueError(
                    "kkt.uri: в учебном режиме настоящий регистратор недоступен — укажите "
                    'virtual://… или поставьте adapter.mode = "shop"'
                )
            if not is_loopback(urlsplit(self.ofd.url).hostname or ""):
                raise ValueError(
                    "ofd.url: в учебном режиме чеки не уходят с этого компьютера — укажите "
                    "http://127.0.0.1:…"
                )
        return self

    @property
    def simulator_data_dir(self) -> Path:
        named = self.simulator.data_dir
        return Path(named) if named else self.adapter.data_dir / "simulators"


def load_settings() -> Settings:
    """Read config.toml and the environment; refuse with one sentence what cannot be used."""
    path = Path(os.environ.get(ENV_CONFIG_FILE) or PROJECT_ROOT / "config.toml")
    from_file = _read_toml(path)
    _refuse_unknown_variables(os.environ)
    try:
        settings = Settings(**from_file)
    except ValidationError as error:
        raise ConfigError(_sentence(error, path, os.environ)) from error
    except SettingsError as error:
        # Of all settings only this one is a list, and pydantic does not say which it was.
        raise ConfigError(
            "Переменная окружения OPTICS_ADAPTER__ALLOWED_ORIGINS: список пишется как JSON, "
            'например ["https://erp.example.ru"].'
        ) from error
    data_dir = settings.adapter.data_dir
    if not data_dir.is_absolute():
        placed = settings.adapter.model_copy(update={"data_dir": path.resolve().parent / data_dir})
        settings = settings.model_copy(update={"adapter": placed})
    return settings


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"Нет файла настроек {path}: верните его из поставки или укажите {ENV_CONFIG_FILE}."
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"Файл настроек {path} не читается: {error}.") from error


def _known_variables() -> set[str]:
    return {
        f"{ENV_PREFIX}{section}__{key}".upper()
        for section, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section)
        for key in field.annotation.model_fields
    }


def _refuse_unknown_variables(env: Mapping[str, str]) -> None:
    # pydantic-settings ignores a misspelt variable; a till must not start on half its settings.
    known = _known_variables()
    misspelt = {name.replace("__", "_"): name for name in known}
    for name in env:
        upper = name.upper()
        if not upper.startswith(ENV_PREFIX) or upper in known:
            continue
        if upper in misspelt:
            raise ConfigError(f"Переменная окружения {name}: пишется {misspelt[upper]}.")
        if "__" in upper or upper.removeprefix(ENV_PREFIX).lower() in Settings.model_fields:
            raise ConfigError(
                f"Переменная окружения {name}: такой настройки нет — проверьте имя по config.toml."
            )


def _sentence(error: ValidationError, path: Path, env: Mapping[str, str]) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if not isinstance(part, int))
    if first["type"] == "value_error":
        reason = str(first["msg"]).removeprefix("Value error, ")
        named = reason if where.count(".") == 0 else f"{where}: {reason}"
        return f"Настройка {named}."
    if first["type"] == "extra_forbidden":
        return f"Настройка {where}: такой нет — проверьте имя по config.toml ({path})."
    variable = f"{ENV_PREFIX}{where.replace('.', '__')}".upper()
    source = f"переменная {variable}" if variable in env else str(path)
    known = _REASONS.get(first["type"])
    reason = known.format(**first.get("ctx", {})) if known else first["msg"]
    return f"Настройка {where} = {first['input']!r} не годится: {reason} ({source})."


_REASONS = {
    "int_parsing": "нужно целое число",
    "int_type": "нужно целое число",
    "int_from_float": "нужно целое число",
    "float_parsing": "нужно число",
    "float_type": "нужно число",
    "bool_parsing": "нужно true или false",
    "bool_type": "нужно true или false",
    "string_type": "нужна строка в кавычках",
    "greater_than": "нужно больше {gt}",
    "greater_than_equal": "нужно не меньше {ge}",
    "less_than_equal": "нужно не больше {le}",
    "literal_error": "допустимо {expected}",
    "string_too_short": "значение не может быть пустым",
    "string_too_long": "не длиннее {max_length} знаков",
    "string_pattern_mismatch": "недопустимые знаки или вид, образец {pattern}",
    "model_type": "нужен раздел с ключами",
    "tuple_type": 'нужен список, например ["https://erp.example.ru"]',
}

__all__ = [
    "PROJECT_ROOT",
    "ConfigError",
    "Settings",
    "is_loopback",
    "load_settings",
]
