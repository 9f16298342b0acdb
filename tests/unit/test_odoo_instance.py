"""How an Odoo of this tree is configured."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest

from bootstrap.odoo.home import OdooHome
from bootstrap.odoo.instance import CHANNELS, Instance


@pytest.fixture
def configuration(tmp_path: Path) -> configparser.ConfigParser:
    instance = Instance(OdooHome(tmp_path), tmp_path, tmp_path / "socket", port=8099)
    instance.command()
    parsed = configparser.ConfigParser()
    parsed.read(instance.configuration)
    return parsed


def test_background_work_runs_in_the_server_itself(
    configuration: configparser.ConfigParser,
) -> None:
    assert "queue_job" in configuration["options"]["server_wide_modules"].split(",")
    assert configuration["queue_job"]["port"] == "8099"


def test_every_channel_keeps_its_capacity_when_all_are_busy(
    configuration: configparser.ConfigParser,
) -> None:
    pairs = (item.split(":") for item in configuration["queue_job"]["channels"].split(","))
    capacity = {name: int(number) for name, number in pairs}
    assert capacity.pop("root") >= sum(capacity.values())
    assert set(capacity) == {f"root.{name}" for name in CHANNELS}
