"""`login`, `status` and `logout --all` as a person meets them: in a real terminal."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.cli import Glomex
from support.programs import GLOMEX, GLOMEX_ARGV
from support.servers.service import LOGIN, PASSWORD, ROBOT, TENANT, Service, current_code, running
from support.terminals.terminal import answer, ended, terminal

REFUSED = "the service refused this login, password or tenant"
OPTIONS = f"--login {ROBOT} --tenant {TENANT}"


def shown(child: Any) -> str:
    """Return all that was written since the last prompt, with the ends of lines of a file."""
    return str(child.before).replace("\r\n", "\n")


def screen(command: str, *, columns: int = 80, color: bool = False) -> tuple[int, str]:
    """Run a command in a terminal; return its exit code and what it wrote."""
    environ = {**os.environ, **({} if color else {"NO_COLOR": "1"})}
    with terminal(f"{GLOMEX} {command}", environ, columns=columns) as child:
        return ended(child), shown(child)


def test_a_wrong_password_is_asked_again(service: Service) -> None:
    with terminal(f"{GLOMEX} login") as child:
        answer(child, "Email", ROBOT)
        answer(child, "Tenant", TENANT)
        answer(child, "Password", "wrong")
        child.expect_exact(f"{REFUSED}, try again\r\n")
        answer(child, "Password", "")
        child.expect_exact("empty input: type the password, or press Ctrl-C\r\n")
        answer(child, "Password", "wrong too")
        child.expect_exact(f"{REFUSED}, try again\r\n")
        answer(child, "Password", PASSWORD)
        assert ended(child) == 0
        assert f"signed in to 127.0.0.1 as {ROBOT} for 60 minutes" in shown(child)


def test_three_passwords_are_all_and_who_was_typed_is_offered_the_next_time(
    service: Service, tmp_path: Path
) -> None:
    with terminal(f"{GLOMEX} login") as child:
        answer(child, "Email", ROBOT)
        answer(child, "Tenant", TENANT)
        for _ in range(3):
            answer(child, "Password", "wrong")
        assert ended(child) == 4
        assert "try again" not in shown(child)
        assert shown(child).count(REFUSED) == 1
    config = (tmp_path / "config" / "config.toml").read_text()
    assert (ROBOT in config, "wrong" in config, "endpoint" in config) == (True, False, False)
    with terminal(f"{GLOMEX} login") as child:
        answer(child, f"Email [{ROBOT}]", "")
        answer(child, f"Tenant [{TENANT}]", "")
        answer(child, "Password", PASSWORD)
        assert ended(child) == 0


def test_another_answer_wins_over_the_one_that_is_offered(service: Service) -> None:
    with terminal(f"{GLOMEX} login") as child:
        answer(child, "Email", "robto@glomex.example")
        answer(child, "Tenant", TENANT)
        child.expect_exact("Password: ")
        child.sendintr()
        assert ended(child) == 130
    with terminal(f"{GLOMEX} login") as child:
        answer(child, "Email [robto@glomex.example]", ROBOT)
        answer(child, f"Tenant [{TENANT}]", "")
        answer(child, "Password", PASSWORD)
        assert ended(child) == 0


def test_a_refused_sign_in_changes_nothing_of_one_that_works(
    signed_in: Service, tmp_path: Path
) -> None:
    files = [tmp_path / "config" / name for name in ("config.toml", "credentials.json")]
    before = [file.read_bytes() for file in files]
    with terminal(f"{GLOMEX} login --login typo@glomex.example") as child:
        for _ in range(3):
            answer(child, "Password", "wrong")
        assert ended(child) == 4
    assert [file.read_bytes() for file in files] == before


def test_who_signs_in_is_shown_above_the_password_where_nobody_typed_it(
    signed_in: Service,
) -> None:
    with terminal(f"{GLOMEX} login") as child:
        child.expect_exact("Password: ")
        assert shown(child) == f"signing in to 127.0.0.1: email {ROBOT}, tenant {TENANT}\n"
        child.sendline(PASSWORD)
        assert ended(child) == 0


@pytest.mark.parametrize("source", ["--no-input", "--password-stdin", "GLOMEX_PASSWORD"])
def test_a_password_that_nobody_types_is_tried_once(service: Service, source: str) -> None:
    environ = {**os.environ, "GLOMEX_PASSWORD": "wrong"}
    if source == "--password-stdin":
        del environ["GLOMEX_PASSWORD"]
    option = source if source.startswith("--") else ""
    command = f"sh -c 'echo wrong | {GLOMEX} login {OPTIONS} {option}'"
    with terminal(command, environ) as child:
        assert ended(child) == 4
        assert (shown(child).count(REFUSED), "Password: " in shown(child)) == (1, False)


def test_codes_that_cannot_be_sent_cost_no_try(service: Service) -> None:
    with terminal(f"{GLOMEX} login --login {LOGIN} --tenant {TENANT}") as child:
        answer(child, "Password", PASSWORD)
        for typed in ("12345", "", "abcdef", "1234567890"):
            answer(child, "MFA code", typed)
            child.expect_exact("an MFA code has six to eight digits")
        answer(child, "MFA code", "000000")
        child.expect_exact("the service refused the MFA code")
        answer(child, "MFA code", current_code())
        assert ended(child) == 0


def test_a_password_asked_for_by_a_report_may_be_typed_again(
    signed_in: Service, tmp_path: Path
) -> None:
    kept = tmp_path / "config" / "credentials.json"
    session = json.loads(json.loads(kept.read_text())["default"])
    kept.write_text(json.dumps({"default": json.dumps({**session, "expires_at": 1.0})}))
    with terminal(f"{GLOMEX} report --last 1d -f csv") as child:
        answer(child, f"The session has expired. Password of {ROBOT}", "wrong")
        answer(child, f"The session has expired. Password of {ROBOT}", PASSWORD)
        assert ended(child) == 0
        assert "day,video_views,ad_impressions" in shown(child)


def test_the_file_that_keeps_the_session_is_named(service: Service) -> None:
    home = {name: value for name, value in os.environ.items() if name != "GLOMEX_CONFIG_DIR"}
    for environ, place in (
        (dict(os.environ), f"{os.environ['GLOMEX_CONFIG_DIR']}/credentials.json"),
        (home, "~/.config/glomex/credentials.json"),
    ):
        done = subprocess.run(
            [*GLOMEX_ARGV, "login", *OPTIONS.split()],
            env={**environ, "GLOMEX_PASSWORD": PASSWORD},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr.endswith(f"\nkept in {place}\n")


@pytest.mark.parametrize("columns", [40, 80])
def test_one_profile_is_shown_in_lines(signed_in: Service, columns: int) -> None:
    code, text = screen("status", columns=columns)
    lines = dict(line.split(maxsplit=1) for line in text.splitlines() if line[:1] != " ")
    assert code == 0
    assert lines | {"kept": "-"} == {
        "profile": "default",
        "login": ROBOT,
        "tenant": TENANT,
        "endpoint": signed_in.url,
        "session": "60 minutes left",
        "reports": "content owner",
        "kept": "-",
    }
    in_time = [line for line in text.splitlines() if "credentials.json" not in line]
    assert max(map(len, in_time)) <= columns


def test_several_profiles_are_a_table_with_the_one_in_use_marked(
    cli: Glomex, signed_in: Service
) -> None:
    assert cli("login", "-p", "studio", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    port = signed_in.url.removesuffix("/v1").rsplit(":", 1)[1]
    code, text = screen("status")
    head, _, *rows = [re.split(" {2,}", line.strip()) for line in text.splitlines()]
    assert (code, head) == (0, ["profile", "login", "endpoint", "session"])
    here = [ROBOT, f"127.0.0.1:{port}", "60 minutes left"]
    assert rows == [["*", "default", *here], ["studio", *here]]
    assert "profile   studio\n" in screen("status -p studio")[1]


def test_several_profiles_are_lines_where_a_table_has_no_room(
    cli: Glomex, signed_in: Service
) -> None:
    assert cli("login", "-p", "studio", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    _, text = screen("status", columns=40)
    first, second = text.split("\n\n")
    assert first.startswith("profile   default (in use)\n")
    assert second.startswith("profile   studio\n")
    assert "…" not in text


def test_only_a_session_that_is_good_is_green(cli: Glomex, signed_in: Service) -> None:
    assert "\x1b[32m60 minutes left\x1b[0m" in screen("status", color=True)[1]
    assert cli("logout").code == 0
    code, text = screen("status", color=True)
    assert (code, "\x1b[33mnone\x1b[0m" in text) == (4, True)
    assert "not signed in to 127.0.0.1" in text


def test_at_another_endpoint_than_its_own_a_profile_shows_nobody(signed_in: Service) -> None:
    with running() as other:
        code, text = screen(f"status --endpoint {other.url}")
    assert code == 4
    assert (ROBOT in text, other.url in text, "session   none\n" in text) == (False, True, True)


def test_the_sandbox_says_that_it_needs_no_sign_in(signed_in: Service) -> None:
    code, text = screen("status --endpoint sandbox")
    assert code == 0
    assert re.search(r"^\* +sandbox .* the sandbox needs no sign-in$", text, re.MULTILINE)
    _, alone = screen("status --endpoint sandbox -p sandbox")
    assert alone.endswith("\nsession   the sandbox needs no sign-in\n")


def test_a_misspelled_profile_is_told_from_one_that_is_not_signed_in(
    cli: Glomex, service: Service
) -> None:
    assert cli("login", "-p", "studio", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    wrong = cli("report", "-p", "studoi")
    assert wrong.code == 4
    assert wrong.err == "error: there is no profile studoi\nhint: did you mean -p studio?\n"
    assert "not signed in to" in cli("report", "-p", "acme").err


@pytest.mark.parametrize(
    ("typed", "forgets"), [("", False), ("n", False), ("no", False), ("y", True), ("YES", True)]
)
def test_logout_all_asks_first(
    cli: Glomex, signed_in: Service, tmp_path: Path, typed: str, *, forgets: bool
) -> None:
    assert cli("login", "-p", "studio", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    with terminal(f"{GLOMEX} logout --all") as child:
        question = "Sign out of default, studio, and delete these 2 profiles? [y/N]"
        answer(child, question, typed)
        assert ended(child) == 0
        assert ("nothing changed\n" in shown(child)) is not forgets
    assert (tmp_path / "config" / "credentials.json").exists() is not forgets


@pytest.mark.parametrize("option", ["--yes", "--no-input"])
def test_logout_all_asks_nobody_who_wants_no_question(
    signed_in: Service, tmp_path: Path, option: str
) -> None:
    assert screen(f"logout --all {option}") == (0, "signed out of default\n")
    assert not (tmp_path / "config" / "credentials.json").exists()
