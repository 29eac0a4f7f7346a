"""Who signs in without asking anyone, and how status tells it before and after."""

import json

import pytest

from glomex_cli.sandbox.sessions import SANDBOX_TOTP_SEED
from support.cli import Glomex
from support.servers.service import LOGIN, PASSWORD, ROBOT, TENANT, Service

VARIABLES = {"LOGIN": ROBOT, "TENANT": TENANT, "PASSWORD": PASSWORD}


def told(cli: Glomex) -> tuple[object, object]:
    """Return what status tells of the profile in use: whether it renews, and its minutes left."""
    rows = json.loads(cli("status", "-f", "json").out)
    return rows[0]["renews"], rows[0]["minutes_left"]


@pytest.mark.parametrize("lacking", [None, *VARIABLES])
def test_the_environment_signs_in_by_itself_where_it_holds_all_of_it(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch, lacking: str | None
) -> None:
    for name, value in VARIABLES.items():
        if name != lacking:
            monkeypatch.setenv(f"GLOMEX_{name}", value)
    can = lacking is None
    assert told(cli) == ("yes" if can else "no", None)
    assert cli("report", "--last", "1d", "--no-input").code == (0 if can else 4)
    if can:
        assert told(cli) == ("no", 60)


def test_who_signed_in_by_hand_does_not_renew(cli: Glomex, signed_in: Service) -> None:
    assert told(cli) == ("no", 60)


def test_with_a_code_the_environment_signs_in_too(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**VARIABLES, "LOGIN": LOGIN}.items():
        monkeypatch.setenv(f"GLOMEX_{name}", value)
    assert cli("report", "--last", "1d", "--no-input").code == 4
    monkeypatch.setenv("GLOMEX_TOTP_SECRET", SANDBOX_TOTP_SEED)
    assert cli("report", "--last", "1d", "--no-input").code == 0
