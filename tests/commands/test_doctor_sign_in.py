"""What `glomex doctor` says of a sign-in and of what the account may ask for."""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from glomex_cli.auth.session import SignIn, dump_session
from glomex_cli.models import ReportKind, Secret
from glomex_cli.sandbox.app import SandboxOptions, create_app
from glomex_cli.sandbox.server import serve
from glomex_cli.storage.base import CREDENTIALS_FILE
from glomex_cli.storage.file_store import FileStore
from support.cli import Glomex
from support.doctoring import NOT_USED, examined, files
from support.servers.gateway import Gateway, Refusal, robot_token, serve_schema
from support.servers.recorded_app import RecordedApp
from support.servers.sandbox_client import Clock
from support.servers.service import PASSWORD, ROBOT, TENANT, Service


def test_nobody_signed_in_is_a_failure_with_4(cli: Glomex, service: Service) -> None:
    found = examined(cli, "-p", "studio")
    assert (found.code, found.states("fail")) == (4, {"sign-in"})
    assert found["sign-in"].text == "not signed in to 127.0.0.1"
    assert found["sign-in"].hint == "glomex login -p studio"
    assert found["schema"].state == "skip"


@pytest.fixture
def clock(cli: Glomex) -> Clock:
    """Let the program and the service have one clock, which the test moves."""
    clock = Clock(datetime.now(UTC))
    cli.now = clock
    return clock


@pytest.mark.parametrize(
    ("seconds", "code", "words"),
    [
        (0, 0, "60 minutes left"),
        (3541, 0, "1 minute left"),
        (3600, 4, "the session has expired"),
        (90000, 4, "the session has expired"),
    ],
)
def test_time_that_is_left_is_told_and_none_is_a_failure(
    cli: Glomex, clock: Clock, seconds: int, code: int, words: str
) -> None:
    with serve(create_app(SandboxOptions(), clock)) as server:
        argv = ["--endpoint", server.url]
        assert cli("login", *argv, answers=[ROBOT, TENANT, PASSWORD]).code == 0
        clock.wait(seconds)
        found = examined(cli, *argv)
    assert (found.code, found["sign-in"].state) == (code, "fail" if code else "ok")
    assert words in found["sign-in"].text
    assert found["schema"].state == ("skip" if code else "ok")


@pytest.mark.parametrize(
    ("hours_left", "words", "schema"),
    [
        (None, "of tenant t***, until the service revokes it, then renewed automatically", "ok"),
        (1, "of tenant t***, 60 minutes left, then renewed automatically", "ok"),
        (-1, "of tenant t***, expired, renewed automatically by the next command", "skip"),
    ],
)
def test_remembered_sign_in_never_ends(
    cli: Glomex, service: Service, hours_left: int | None, words: str, schema: str
) -> None:
    kept = SignIn(
        origin=service.url.removesuffix("/v1"),
        login="canary@example.com",
        tenant="t-canary",
        kind=ReportKind.PUBLISHER,
        token=Secret(robot_token()),
        expires_at=None if hours_left is None else datetime.now(UTC) + timedelta(hours=hours_left),
        password=Secret("canary"),
    )
    FileStore(Path(os.environ["GLOMEX_CONFIG_DIR"]) / CREDENTIALS_FILE).write(
        "default", dump_session(kept)
    )
    found = examined(cli)
    assert (found.code, found["sign-in"].state, found["schema"].state) == (0, "ok", schema)
    assert found["sign-in"].text == f"c***@example.com {words}"


@pytest.mark.parametrize("ended", [False, True], ids=["never", "once"])
def test_what_the_environment_can_do_alone_is_no_failure_and_is_not_done(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, clock: Clock, tmp_path: Path, *, ended: bool
) -> None:
    app = RecordedApp(create_app(SandboxOptions(), clock))
    with serve(app) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        if ended:
            assert cli("login", answers=[ROBOT, TENANT, PASSWORD]).code == 0
            clock.wait(90000)
        monkeypatch.setenv("GLOMEX_LOGIN", ROBOT)
        monkeypatch.setenv("GLOMEX_TENANT", TENANT)
        monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
        before, signed_in = files(tmp_path), app.executed("createSession")
        found = examined(cli)
    assert (found.code, found["sign-in"].state, found["schema"].state) == (0, "ok", "skip")
    assert "GLOMEX_PASSWORD" in found["sign-in"].text
    assert app.executed("createSession") == signed_in == ended
    assert files(tmp_path) == before


def test_token_of_the_environment_is_used_and_the_store_left_alone(
    cli: Glomex, gateway: Gateway, tmp_path: Path
) -> None:
    found = examined(cli)
    assert found.code == 0
    assert found.states("skip") == NOT_USED | {"store"}
    assert found["store"].text == "not opened: GLOMEX_TOKEN is set"
    assert "GLOMEX_TOKEN" in found["sign-in"].text
    assert not (tmp_path / "config").exists()


def test_token_that_is_none_is_a_failure_with_4(
    cli: Glomex, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", "no canary token")
    found = examined(cli)
    assert (found.code, found.states("fail")) == (4, {"sign-in"})
    assert "canary" not in str(found)
    assert not any("__schema" in query for query in gateway.asked())


def test_token_that_the_service_refuses_is_a_failure_with_4(
    cli: Glomex, own_gateway: Gateway
) -> None:
    refusal = Refusal("401 Unauthorized", None)
    own_gateway.refuse = lambda query: refusal if "__schema" in query else None
    found = examined(cli)
    assert (found.code, found.states("fail")) == (4, {"schema"})
    assert (
        found["schema"].hint
        == "GLOMEX_TOKEN takes precedence over every sign-in: unset GLOMEX_TOKEN, or set a new one"
    )


def test_schema_that_is_not_told_is_worth_a_warning(cli: Glomex, own_gateway: Gateway) -> None:
    serve_schema(own_gateway, None, introspection=False)
    found = examined(cli)
    assert (found.code, found.states("warn")) == (0, {"schema"})


def test_schema_that_changed_since_it_was_cached_is_told_and_not_kept(
    cli: Glomex, own_gateway: Gateway, tmp_path: Path
) -> None:
    cli.now = lambda: datetime.now(UTC) + timedelta(seconds=1)
    assert cli("schema").code == 0
    assert re.search(r"; cached since \d{4}-\d\d-\d\d \d\d:\d\d$", examined(cli)["schema"].text)
    serve_schema(
        own_gateway, "type Query { contentOwnerAnalyticsReport: [Row] } type Row { a: Int }"
    )
    before = files(tmp_path)
    found = examined(cli)
    assert (found.code, found.states("warn")) == (0, {"schema"})
    assert found["schema"].hint == "glomex schema --refresh"
    assert files(tmp_path) == before
