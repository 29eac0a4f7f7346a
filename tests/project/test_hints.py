"""Every failure has a hint, and a hint keeps what was typed and leads out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import glomex_cli
from glomex_cli import errors
from glomex_cli.cli.errors import hint_for
from glomex_cli.errors import GlomexError, SignInError, StoreError
from support.cli import Glomex
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.service import PASSWORD, ROBOT, TENANT

PACKAGE = Path(glomex_cli.__file__).parent
FAMILY = {
    name
    for name, each in vars(errors).items()
    if isinstance(each, type) and issubclass(each, GlomexError)
}


def without_hint(file: Path) -> Iterator[str]:
    """Yield each place that makes a failure without a second argument."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) not in FAMILY:
            continue
        is_spread = any(isinstance(each, ast.Starred) for each in node.args)
        if len(node.args) + len(node.keywords) < 2 and not is_spread:
            yield f"{file.relative_to(PACKAGE)}:{node.lineno}"


def test_every_failure_of_the_package_has_a_hint() -> None:
    assert [place for file in PACKAGE.rglob("*.py") for place in without_hint(file)] == []


@pytest.mark.parametrize(
    ("argv", "hint", "expected"),
    [
        (["report"], "sign in again: glomex login", "sign in again: glomex login"),
        (["report", "-p", "acme"], "glomex login", "glomex login -p acme"),
        (["report", "-pacme"], "glomex login -p acme", "glomex login -p acme"),
        (
            ["report", "--profile=acme"],
            "glomex login --remember",
            "glomex login -p acme --remember",
        ),
        (
            ["report", "--endpoint", "https://x.example/v1"],
            "check the endpoint: glomex status",
            "check the endpoint: glomex status --endpoint https://x.example/v1",
        ),
        (["login", "--store", "file"], "glomex login", "glomex login --store file"),
        (["login", "--store=file"], "glomex status", "glomex status"),
        (["login", "--store", "file"], "glomex login --help", "glomex login --help"),
        (["report", "-p", "a b"], "glomex login", "glomex login -p 'a b'"),
        (["report", "--endpoint", "https://u:pw@x/"], "glomex login", "glomex login"),
        (["report", "--", "-p", "acme"], "glomex login", "glomex login"),
        (["report", "-p"], "glomex login", "glomex login"),
        (["report", "-p", "acme"], "try again", "try again"),
    ],
)
def test_a_hint_keeps_what_was_typed(argv: list[str], hint: str, expected: str) -> None:
    assert hint_for(StoreError("x", hint), {}, argv) == expected


def test_a_hint_names_the_token_that_wins() -> None:
    wins = "GLOMEX_TOKEN takes precedence over every sign-in: unset GLOMEX_TOKEN, or set a new one"
    environ = {"GLOMEX_TOKEN": "x"}
    ended = SignInError("the session has expired", "sign in again: glomex login")
    assert hint_for(ended, environ, ["report"]) == wins
    assert hint_for(ended, environ, ["login"]) == ended.hint
    assert hint_for(ended, {}, ["report"]) == ended.hint
    bearer = SignInError("x", "remove that word")
    assert hint_for(bearer, environ, ["report"]) == bearer.hint
    assert hint_for(StoreError("x", "glomex login"), environ, ["report"]) == "glomex login"


REFUSALS = [
    http(401, body={"errors": [{"message": "no"}]}),
    http(403, body="no"),
    http(200, body={"errors": [{"message": "x", "extensions": {"code": "UNAUTHENTICATED"}}]}),
]


@pytest.mark.bug("B10")
@pytest.mark.parametrize("answer", REFUSALS)
@pytest.mark.parametrize("command", ["report", "doctor"])
def test_a_refused_token_says_to_unset_or_replace_it(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, answer: bytes, command: str
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", "an-old-token")
    with FaultServer(whole(answer)) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        done = cli(command, "--timeout", "4")
    text = re.sub(r"\s+", " ", done.err + done.out)
    assert done.code != 0
    assert "unset GLOMEX_TOKEN, or set a new one" in text
    assert "glomex login" not in text


@pytest.mark.bug("B10")
def test_a_malformed_token_says_so_too(cli: Glomex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", "not a token")
    done = cli("report", "--endpoint", "sandbox")
    assert (done.code, "unset GLOMEX_TOKEN" in done.err) == (4, True)


@pytest.mark.bug("B10")
def test_login_warns_that_the_variable_still_wins(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", "old")
    done = cli("login", "--endpoint", "sandbox", answers=[ROBOT, TENANT, PASSWORD])
    assert done.code == 0
    assert done.err.startswith(
        "GLOMEX_TOKEN takes precedence over this sign-in: unset GLOMEX_TOKEN\n"
    )
