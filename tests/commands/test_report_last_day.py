"""Both ends of a range count, whatever the service means by `to`; what was learnt is kept."""

import json
from pathlib import Path
from unittest.mock import ANY

import pytest

from glomex_cli.sandbox.app import SandboxOptions
from support.cli import Glomex
from support.servers.gateway import open_gateway, robot_token
from support.servers.sandbox_client import SandboxClient


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", robot_token())


@pytest.mark.parametrize("exclusive_to", [True, False])
@pytest.mark.parametrize("dimensions", ["week", "month", "video", "channel,week"])
def test_sums_hold_both_ends_of_the_range_whatever_the_service_means_by_to(
    *,
    exclusive_to: bool,
    dimensions: str,
    cli: Glomex,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    fields = f"{dimensions.replace(',', ' ')} video_views ad_impressions"
    expected = SandboxClient().rows(dimensions, "2025-05-29", "2025-06-03", fields=fields)
    argv = ("report", "-d", dimensions, "--from", "2025-05-29", "--to", "2025-06-03")
    with open_gateway(SandboxOptions(exclusive_to=exclusive_to)) as gateway:
        monkeypatch.setenv("GLOMEX_ENDPOINT", gateway.url)
        found = json.loads(cli(*argv).out)
        assert len(gateway.asked()) == (4 if exclusive_to else 3)  # the schema, probes, the report
        assert json.loads(cli(*argv).out) == found
        assert len(gateway.asked()) == 1, "what was learnt is asked again"
        assert json.loads(cli(*argv, "--as", "content-owner").out) == found
    (kept,) = (tmp_path / "home" / ".cache" / "glomex").iterdir()
    assert json.loads(kept.read_bytes())["readings"] == {
        "content-owner": {"at": ANY, "includes_to": not exclusive_to, "longest": None}
    }
    order = [tuple(row.values()) for row in found]
    assert sorted(order) == sorted(tuple(row.values()) for row in expected)


def test_a_last_day_without_data_teaches_nothing(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    argv = ("report", "-d", "month", "--from", "2025-05-01", "--to", "2025-05-11")
    with open_gateway(SandboxOptions(exclusive_to=True)) as gateway:
        monkeypatch.setenv("GLOMEX_ENDPOINT", gateway.url)
        found = json.loads(cli(*argv).out)
    expected = SandboxClient().rows(
        "month", "2025-05-01", "2025-05-11", fields="month video_views ad_impressions"
    )
    assert found == expected
    (kept,) = (tmp_path / "home" / ".cache" / "glomex").iterdir()
    assert json.loads(kept.read_bytes())["readings"] == {}


def test_of_the_embedded_sandbox_nothing_is_kept(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    argv = ("report", "-d", "week", "--from", "2025-05-29", "--to", "2025-06-03")
    monkeypatch.setenv("GLOMEX_ENDPOINT", "sandbox")
    found = json.loads(cli(*argv).out)
    assert cli("schema").code == 0
    monkeypatch.setenv("GLOMEX_SANDBOX_EXCLUSIVE_TO", "1")
    assert json.loads(cli(*argv).out) == found
    assert not (tmp_path / "home" / ".cache").exists()
