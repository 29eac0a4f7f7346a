"""Several accounts side by side: profiles made by `login`, listed, chosen and forgotten."""

import json
from pathlib import Path

import pytest

from support.cli import Glomex
from support.servers.service import PASSWORD, ROBOT, TENANT, Service, running


def listed(cli: Glomex) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(cli("status", "-f", "json").out)
    return rows


def test_login_makes_the_profile_that_later_commands_use(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("login", "-p", "studio", "--as", "publisher", answers=[ROBOT, TENANT, PASSWORD])
    monkeypatch.delenv("GLOMEX_ENDPOINT")
    monkeypatch.delenv("GLOMEX_STORE")
    done = cli("report", "--last", "1d", "-v")
    assert (done.code, "publisherAnalyticsReport" in done.err) == (0, True)


def test_signing_in_again_asks_for_the_password_only(cli: Glomex, signed_in: Service) -> None:
    assert cli("login", answers=[PASSWORD]).code == 0
    assert cli.asked == [("Password", True)]


def test_the_first_profile_is_the_default_until_another_is_chosen(
    cli: Glomex, service: Service
) -> None:
    for name in ("one", "two"):
        cli("login", "-p", name, answers=[ROBOT, TENANT, PASSWORD])
    assert [row["profile"] for row in listed(cli)] == ["one", "two"]
    assert cli("status", "--use", "two").err == "the default profile is now two\n"
    assert [row["profile"] for row in listed(cli)] == ["two", "one"]
    cli("login", "-p", "three", "--default", answers=[ROBOT, TENANT, PASSWORD])
    assert listed(cli)[0]["profile"] == "three"


def test_status_tells_where_for_how_long_and_whether_it_renews(
    cli: Glomex, signed_in: Service
) -> None:
    (row,) = listed(cli)
    assert row == {
        "profile": "default",
        "login": ROBOT,
        "tenant": TENANT,
        "origin": signed_in.url.removesuffix("/v1"),
        "reports": "content-owner",
        "store": "file",
        "minutes_left": 60,
        "renews": "no",
    }


def test_status_without_anybody_ends_with_4_and_what_to_type(cli: Glomex, service: Service) -> None:
    done = cli("status", "-p", "studio")
    assert done.code == 4
    assert done.err == "error: not signed in to 127.0.0.1\nhint: glomex login -p studio\n"


def test_a_profile_that_is_not_there_cannot_be_chosen(cli: Glomex, signed_in: Service) -> None:
    assert cli("status", "--use", "studio").code == 2


def test_another_endpoint_than_the_profile_was_made_for_is_not_signed_in(
    cli: Glomex, signed_in: Service
) -> None:
    with running() as other:
        done = cli("report", "--endpoint", other.url)
    assert (done.code, "not signed in to" in done.err) == (4, True)


def test_logout_all_forgets_every_profile(cli: Glomex, service: Service, tmp_path: Path) -> None:
    for name in ("one", "two"):
        cli("login", "-p", name, answers=[ROBOT, TENANT, PASSWORD])
    done = cli("logout", "--all")
    assert (done.code, done.err) == (0, "signed out of one\nsigned out of two\n")
    assert not (tmp_path / "config" / "credentials.json").exists()
    assert "[profiles" not in (tmp_path / "config" / "config.toml").read_text()
    assert cli("report").code == 4


@pytest.mark.fault("F47")
def test_a_broken_config_is_named_and_left_alone(
    cli: Glomex, signed_in: Service, tmp_path: Path
) -> None:
    config = tmp_path / "config" / "config.toml"
    config.write_text('default = "canary\n')
    done = cli("report")
    assert done.code == 9
    assert "config.toml" in done.err
    assert "canary" not in done.err
    assert config.read_text() == 'default = "canary\n'


def test_at_another_endpoint_a_profile_says_nothing(
    cli: Glomex, signed_in: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    with running() as other:
        assert cli("report", "--endpoint", other.url).code == 4
        cli("login", "--endpoint", other.url, answers=[ROBOT, TENANT])
    assert [label for label, _ in cli.asked] == ["Email", "Tenant"]


def test_logout_all_goes_on_past_a_store_that_fails(
    cli: Glomex, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    cli("login", "-p", "two", answers=[ROBOT, TENANT, PASSWORD])
    config = tmp_path / "config" / "config.toml"
    config.write_text(f'{config.read_text()}\n[profiles.one]\nstore = "keyring"\n')
    done = cli("logout", "--all")
    assert done.code == 9
    assert "not signed out of one: " in done.err
    assert "signed out of two\n" in done.err
    assert "profiles.one" in config.read_text()
    assert "profiles.two" not in config.read_text()


def test_on_a_terminal_each_profile_stands_with_its_endpoint(
    cli: Glomex, signed_in: Service, tmp_path: Path
) -> None:
    config = tmp_path / "config" / "config.toml"
    with config.open("a") as file:
        file.write('[profiles.lab]\nendpoint = "https://lab.example/v1"\n')
        file.write('[profiles.mux]\nservice = "mux"\n')
    shown = "".join(cli("status", terminal=True).out.split())
    for endpoint in (signed_in.url.split("/")[2], "lab.example", "api.mux.com"):
        assert endpoint in shown
