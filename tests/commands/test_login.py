"""Signing in, as a person at a terminal or as a script."""

import json
import time
from importlib.resources import files
from pathlib import Path

import pytest

from glomex_cli.sandbox.app import SandboxOptions
from support.cli import Glomex
from support.servers.service import LOGIN, PASSWORD, ROBOT, TENANT, Service, current_code, running


def test_asks_for_what_is_missing_and_keeps_the_session(cli: Glomex, service: Service) -> None:
    done = cli("login", answers=[LOGIN, TENANT, PASSWORD, current_code])
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(f"signed in to 127.0.0.1 as {LOGIN} for 60 minutes")
    (row,) = json.loads(cli("status").out)
    assert service.url.startswith(row["origin"])
    assert (row["login"], row["store"], row["minutes_left"]) == (LOGIN, "file", 60)


def test_only_the_password_is_hidden(cli: Glomex, service: Service) -> None:
    cli("login", answers=[LOGIN, TENANT, PASSWORD, current_code])
    assert cli.asked == [
        ("Email", False),
        ("Tenant", False),
        ("Password", True),
        ("MFA code", False),
    ]


def test_options_and_stdin_leave_nothing_to_ask(cli: Glomex, service: Service) -> None:
    argv = ["login", "--login", LOGIN, "--tenant", TENANT, "--password-stdin"]
    done = cli(*argv, "--mfa-code", current_code(), stdin=f"{PASSWORD}\n")
    assert (done.code, cli.asked) == (0, [])


def test_the_environment_leaves_nothing_to_ask(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("LOGIN", ROBOT), ("TENANT", TENANT), ("PASSWORD", PASSWORD)):
        monkeypatch.setenv(f"GLOMEX_{name}", value)
    assert cli("login", "--no-input").code == 0


def test_a_wrong_code_is_asked_again_on_the_same_challenge(cli: Glomex, service: Service) -> None:
    done = cli("login", answers=[LOGIN, TENANT, PASSWORD, "000 000", current_code])
    assert done.code == 0
    assert done.err.splitlines()[0].startswith("the service refused the MFA code: ")


def test_the_time_a_person_takes_to_type_is_not_the_services(cli: Glomex, service: Service) -> None:
    def slow_code() -> str:
        time.sleep(2.1)
        return current_code()

    done = cli("login", "--timeout", "2", answers=[LOGIN, TENANT, PASSWORD, slow_code])
    assert done.code == 0


def test_three_wrong_codes_end_the_sign_in(cli: Glomex, service: Service) -> None:
    done = cli("login", answers=[LOGIN, TENANT, PASSWORD, "000000", "000001", "000002"])
    assert done.code == 4
    assert done.err.endswith("error: no MFA code was accepted in 3 tries\nhint: glomex login\n")


def test_a_dead_challenge_starts_over_with_the_password_in_memory(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(SandboxOptions(challenge_life_s=0)) as service:
        monkeypatch.setenv("GLOMEX_ENDPOINT", service.url)
        done = cli("login", answers=[LOGIN, TENANT, PASSWORD, current_code, current_code])
    assert done.code == 4
    assert [label for label, _ in cli.asked].count("Password") == 1
    assert done.err.startswith("the MFA challenge has expired")


@pytest.mark.parametrize(
    ("login", "tenant", "password"),
    [(LOGIN, TENANT, "wrong"), (LOGIN, "t-other", PASSWORD), ("who@example.com", TENANT, PASSWORD)],
)
def test_wrong_credentials_are_refused_in_the_same_words(
    cli: Glomex, service: Service, login: str, tenant: str, password: str
) -> None:
    done = cli("login", answers=[login, tenant, *[password] * 3])
    assert done.code == 4
    refused = "the service refused this login, password or tenant"
    assert done.err == (
        f"{refused}, try again\n{refused}, try again\n"
        f"error: {refused}\n"
        "hint: check all three; your account manager knows the tenant\n"
    )


@pytest.mark.fault("F17")
@pytest.mark.parametrize(
    ("argv", "missing", "option"),
    [
        ([], "e-mail", "--login"),
        (["--login", LOGIN], "tenant", "--tenant"),
        (["--login", LOGIN, "--tenant", TENANT], "password", "--password-stdin"),
    ],
)
def test_without_a_terminal_the_missing_option_is_named(
    cli: Glomex, service: Service, argv: list[str], missing: str, option: str
) -> None:
    done = cli("login", *argv)
    assert done.code == 2
    assert done.err == f"error: the {missing} is missing\nhint: use {option}\n"


def test_without_a_terminal_a_missing_code_is_named(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    done = cli("login", "--login", LOGIN, "--tenant", TENANT)
    assert done.code == 2
    assert done.err == "error: the MFA code is missing\nhint: use --mfa-code\n"


@pytest.mark.fault("F39")
def test_the_store_is_tried_before_anything_is_asked(
    cli: Glomex, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    monkeypatch.setenv("GLOMEX_CONFIG_DIR", str(blocked))
    assert (cli("login").code, cli.asked) == (9, [])


def test_store_none_prints_the_token_once_and_keeps_nothing(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = cli("login", "--store", "none", answers=[ROBOT, TENANT, PASSWORD])
    assert done.out.count(".") == 2
    assert cli("status").code == 4
    monkeypatch.setenv("GLOMEX_TOKEN", done.out.strip())
    assert cli("token").out == done.out
    assert cli("report", "--last", "1d").code == 0


def test_the_file_store_is_private(cli: Glomex, signed_in: Service, tmp_path: Path) -> None:
    file = tmp_path / "config" / "credentials.json"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_token_prints_the_token_and_nothing_else(cli: Glomex, signed_in: Service) -> None:
    done = cli("token")
    assert (done.err, done.out.count("."), done.out.count("\n")) == ("", 2, 1)


def test_logout_forgets(cli: Glomex, signed_in: Service) -> None:
    assert cli("logout").err == "signed out of default\n"
    assert cli("logout").err == "not signed in\n"
    assert cli("token").code == 4


@pytest.mark.fault("F2")
def test_a_token_is_never_sent_to_another_origin(
    cli: Glomex, signed_in: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as other:
        monkeypatch.setenv("GLOMEX_ENDPOINT", other.url)
        done = cli("report")
    assert done.code == 4
    assert done.err == "error: not signed in to 127.0.0.1\nhint: glomex login\n"


def test_an_ended_session_asks_to_sign_in_again(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(SandboxOptions(token_life_s=0)) as service:
        monkeypatch.setenv("GLOMEX_ENDPOINT", service.url)
        cli("login", answers=[ROBOT, TENANT, PASSWORD])
        done = cli("report")
    assert (done.code, done.out) == (4, "")
    assert done.err == "error: the session has expired\nhint: sign in again: glomex login\n"


def test_a_service_without_mfa_and_without_the_union_signs_in(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(SandboxOptions(schema_text=other_types())) as service:
        monkeypatch.setenv("GLOMEX_ENDPOINT", service.url)
        assert cli("login", answers=[ROBOT, TENANT, PASSWORD]).code == 0
        done = cli("report", "--from", "2025-06-01", "--to", "2025-06-02")
    assert [row["day"] for row in json.loads(done.out)] == ["2025-06-01", "2025-06-02"]


def other_types() -> str:
    """Return the schema as another server might write it: `Date!`, `ID!`, no union, other names."""
    text = (files("glomex_cli.sandbox") / "schema.graphql").read_text("utf-8")
    for old, new in (
        ("from: String!", "from: Date!"),
        ("to: String!", "to: Date!"),
        ("tenantId: String!", "tenantId: ID!"),
        ("login: String!", "login: ID!"),
        ("): SessionResult", "): Session"),
        ("ContentOwnerDimension", "Breakdown"),
    ):
        assert old in text
        text = text.replace(old, new)
    return f"scalar Date\n{text}"
