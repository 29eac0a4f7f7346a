"""Option over variable over profile over default; and nothing of the current folder."""

import json
from pathlib import Path

import pytest

from glomex_cli.sandbox.sessions import OWNER_LOGIN, SANDBOX_TOTP_SEED
from support.cli import Glomex
from support.servers.service import LOGIN, PASSWORD, ROBOT, TENANT, Service, running


def profile_in_use(cli: Glomex, *argv: str) -> str:
    """Return the profile whose last sign-in `report` misses."""
    done = cli("report", *argv, "--last", "1d")
    assert done.code == 4
    return done.err.partition("glomex login")[2].strip().removeprefix("-p ")


def test_a_typed_profile_counts_more_than_the_variable_and_that_more_than_the_default(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("usual", "variable", "typed"):
        assert cli("login", "-p", name, answers=[ROBOT, TENANT, PASSWORD]).code == 0
    cli("logout", "--all")
    assert profile_in_use(cli) == ""
    monkeypatch.setenv("GLOMEX_PROFILE", "variable")
    assert profile_in_use(cli) == "variable"
    assert profile_in_use(cli, "-p", "typed") == "typed"


@pytest.mark.parametrize(
    "given",
    [(LOGIN, OWNER_LOGIN, LOGIN), ("", OWNER_LOGIN, OWNER_LOGIN), ("", "", ROBOT)],
)
def test_a_typed_login_counts_more_than_the_variable_and_that_more_than_the_profile(
    cli: Glomex, signed_in: Service, monkeypatch: pytest.MonkeyPatch, given: tuple[str, str, str]
) -> None:
    typed, variable, expected = given
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    monkeypatch.setenv("GLOMEX_TENANT", TENANT)
    monkeypatch.setenv("GLOMEX_TOTP_SECRET", SANDBOX_TOTP_SEED)
    monkeypatch.setenv("GLOMEX_LOGIN", variable)
    options = ["--login", typed] if typed else []
    assert cli("login", *options, "--no-input").code == 0
    (row,) = json.loads(cli("status", "-f", "json").out)
    assert row["login"] == expected


def test_a_typed_endpoint_counts_more_than_the_variable_and_that_more_than_the_profile(
    cli: Glomex, signed_in: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GLOMEX_ENDPOINT")
    assert cli("report", "--last", "1d").code == 0
    monkeypatch.setenv("GLOMEX_ENDPOINT", "http://localhost:1/v1")
    assert "not signed in to localhost" in cli("report", "--last", "1d").err
    with running() as other:
        typed = other.url.replace("127.0.0.1", "[::1]")
        assert "not signed in to [::1]" in cli("status", "--endpoint", typed).err


def test_nothing_of_the_current_folder_is_read(
    cli: Glomex, signed_in: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = (
        ("status", "-f", "json"),
        ("report", "--from", "2025-06-01", "--to", "2025-06-03", "-f", "csv"),
        ("schema", "-f", "csv"),
    )
    before = [cli(*command) for command in commands]
    here = tmp_path / "here"
    here.mkdir()
    for name in (
        "config.toml",
        "glomex.toml",
        "credentials.json",
        ".env",
        ".netrc",
        "keyringrc.cfg",
    ):
        (here / name).write_text('GLOMEX_ENDPOINT=http://127.0.0.1:1\ndefault = "x"\n[broken')
    monkeypatch.chdir(here)
    assert [cli(*command) for command in commands] == before
    assert all(done.code == 0 for done in before)
