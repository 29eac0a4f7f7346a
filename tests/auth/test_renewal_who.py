"""Whom a renewal signs in, with which password and seed, and when there is nothing to renew."""

from datetime import datetime
from pathlib import Path

import pytest

from glomex_cli.auth.session import SignIn, dump_session, load_session
from glomex_cli.auth.totp import parse_seed, seed_uri
from glomex_cli.config.endpoint import parse_endpoint
from glomex_cli.models import ReportKind, Secret
from glomex_cli.sandbox.sessions import SANDBOX_TOTP_SEED
from glomex_cli.storage.file_store import FileStore
from support.cli import Glomex
from support.files import names
from support.renewing import ahead, connected, sandbox, start_of_the_window
from support.servers.service import LOGIN, PASSWORD, ROBOT, TENANT

JUNE = ("--from", "2025-06-02", "--to", "2025-06-04")
NOWHERE = "http://127.0.0.1:1/v1"
SEED = seed_uri(parse_seed(SANDBOX_TOTP_SEED))


def environment(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    """Set variables whose names begin with GLOMEX_."""
    for name, value in values.items():
        monkeypatch.setenv(f"GLOMEX_{name}", value)


def kept(url: str, *, expires_at: datetime, token: str = "old") -> SignIn:
    """Return a sign-in that remembers all it takes to sign in again."""
    return SignIn(
        origin=parse_endpoint(url).origin,
        login=LOGIN,
        tenant=TENANT,
        kind=ReportKind.CONTENT_OWNER,
        token=Secret(token),
        expires_at=expires_at,
        password=Secret(PASSWORD),
        seed=Secret(SEED),
    )


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "config" / "credentials.json")


def test_what_was_remembered_renews_whoever_the_environment_names(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, store: FileStore
) -> None:
    cli.now = start_of_the_window
    with sandbox(monkeypatch) as app:
        url = connected(now=cli.now).settings.endpoint.url
        old = kept(url, expires_at=ahead(hours=-1))
        store.write("default", dump_session(old))
        environment(
            monkeypatch, LOGIN="x@y.example", TENANT="t", PASSWORD="no", TOTP_SECRET="A" * 16
        )
        assert cli("report", *JUNE).code == 0
        assert app.executed("createMFASession") == 1
    text = store.read("default")
    assert text is not None
    new = load_session(text)
    assert new.expires_at is not None
    assert new.expires_at > ahead()
    assert new == old._replace(token=new.token, expires_at=new.expires_at)
    assert new.token != old.token


def test_the_environment_alone_answers_a_challenge_too(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.now = start_of_the_window
    environment(
        monkeypatch, LOGIN=LOGIN, TENANT=TENANT, PASSWORD=PASSWORD, TOTP_SECRET=SANDBOX_TOTP_SEED
    )
    with sandbox(monkeypatch) as app:
        assert cli("report", *JUNE).code == 0
        assert app.executed("createMFASession") == 1


def test_one_renewal_serves_the_whole_command(
    monkeypatch: pytest.MonkeyPatch, store: FileStore
) -> None:
    environment(monkeypatch, LOGIN=ROBOT, TENANT=TENANT, PASSWORD=PASSWORD)
    with sandbox(monkeypatch) as app:
        sessions = connected(now=ahead).sessions
        assert sessions.token() == sessions.token()
        assert app.executed("createSession") == 1
    assert store.read("default") is not None


@pytest.mark.parametrize("missing", ["LOGIN", "TENANT", "PASSWORD"])
def test_where_the_environment_lacks_a_part_nobody_is_signed_in(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    parts = {"LOGIN": ROBOT, "TENANT": TENANT, "PASSWORD": PASSWORD}
    environment(monkeypatch, **{name: parts[name] for name in parts if name != missing})
    with sandbox(monkeypatch) as app:
        done = cli("report", *JUNE)
        assert app.exchanges == []
    assert (done.code, done.err) == (
        4,
        "error: not signed in to 127.0.0.1\nhint: glomex login\n",
    )


def test_what_another_command_renewed_meanwhile_is_taken(
    monkeypatch: pytest.MonkeyPatch, store: FileStore
) -> None:
    environment(monkeypatch, ENDPOINT=NOWHERE)
    store.write("default", dump_session(kept(NOWHERE, expires_at=ahead(hours=-1))))
    sessions = connected(now=ahead).sessions
    assert sessions.kept is not None
    renewed = kept(NOWHERE, expires_at=ahead(hours=1), token="new")
    store.write("default", dump_session(renewed))
    assert sessions.token() == Secret("new")
    assert sessions.kept == renewed


@pytest.mark.usefixtures("signed_in")
def test_a_good_token_waits_for_no_renewal(cli: Glomex, tmp_path: Path) -> None:
    assert cli("report", *JUNE).code == 0
    assert not [name for name in names(tmp_path / "config") if "renewal" in name]
