"""The story of a sign-in: codes are asked again until one fits, and never sent in vain."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from glomex_cli.auth.login import sign_in
from glomex_cli.auth.session import SignIn, keep, session_at
from glomex_cli.config.endpoint import SANDBOX, parse_endpoint
from glomex_cli.errors import (
    ChallengeEndedError,
    CodeRefusedError,
    GlomexError,
    NetworkError,
    SignInError,
    StoreError,
    UsageError,
)
from glomex_cli.interfaces import Session
from glomex_cli.models import ReportKind, Secret
from glomex_cli.sandbox.sessions import ROBOT_LOGIN, SANDBOX_PASSWORD
from glomex_cli.storage.base import NoneStore
from glomex_cli.storage.file_store import FileStore
from support.credentials import credentials_of
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.network import assert_silent, service
from support.servers.own_sandbox import OwnSandbox, credentials, own_sandbox
from support.servers.sandbox_client import NOON

CHALLENGED = {"data": {"createSession": {"challenge_session": "canary-challenge"}}}


@pytest.fixture
def sandbox() -> Iterator[OwnSandbox]:
    with own_sandbox() as opened:
        yield opened


class Typist:
    """Types codes from a script and keeps the failures it was told of."""

    def __init__(self, *codes: str | Callable[[], str] | BaseException) -> None:
        self._codes = list(codes)
        self.told: list[GlomexError | None] = []

    def __call__(self, failure: GlomexError | None) -> str:
        self.told.append(failure)
        code = self._codes.pop(0)
        if isinstance(code, BaseException):
            raise code
        return code if isinstance(code, str) else code()

    @property
    def failures(self) -> list[type[GlomexError]]:
        """The classes of what it was told, after the first question."""
        assert self.told[0] is None
        return [type(failure) for failure in self.told[1:] if failure]


def sent_codes(sandbox: OwnSandbox) -> int:
    return sum("createMFASession" in each.query for each in sandbox.app.exchanges)


def test_right_code_is_asked_for_once_and_sent_once(sandbox: OwnSandbox) -> None:
    typist = Typist(sandbox.clock.code())
    session = sign_in(sandbox.service, credentials(), typist)
    assert session.expires_at == NOON + timedelta(hours=1)
    assert typist.told == [None]
    assert sent_codes(sandbox) == 1


def test_no_code_is_asked_for_where_none_is_needed(sandbox: OwnSandbox) -> None:
    assert isinstance(sign_in(sandbox.service, credentials(ROBOT_LOGIN), Typist()), Session)


def test_wrong_code_is_asked_again_on_the_same_challenge(sandbox: OwnSandbox) -> None:
    typist = Typist("000000", "111 111", sandbox.clock.code)
    sign_in(sandbox.service, credentials(), typist)
    assert typist.failures == [CodeRefusedError, CodeRefusedError]
    assert len(sandbox.app.exchanges) == 1 + 3


def test_three_tries_are_all(sandbox: OwnSandbox) -> None:
    typist = Typist("000000", "111111", "222222", sandbox.clock.code)
    with pytest.raises(SignInError, match="3 tries") as caught:
        sign_in(sandbox.service, credentials(), typist, hint="the way out")
    assert caught.value.hint == "the way out"
    assert_silent(caught.value, "000000", "111111", "222222", SANDBOX_PASSWORD)
    assert len(typist.told) == sent_codes(sandbox) == 3


@pytest.mark.fault("F49")
@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "123456789", "\x1b[A", "1" * 10**6])
def test_what_is_no_code_is_never_sent_and_costs_no_try(typed: str, sandbox: OwnSandbox) -> None:
    typist = Typist(typed, "000000", typed, typed, typed, "111111", typed, sandbox.clock.code)
    sign_in(sandbox.service, credentials(), typist)
    unsent, wrong = UsageError, CodeRefusedError
    assert typist.failures == [unsent, wrong, unsent, unsent, unsent, wrong, unsent]
    assert sent_codes(sandbox) == 3


def test_code_is_sent_as_its_digits(sandbox: OwnSandbox) -> None:
    code = sandbox.clock.code()
    sign_in(sandbox.service, credentials(), Typist(f" {code[:3]}-{code[3:]}\n"))
    assert f'"{code}"' in sandbox.app.exchanges[-1].query


def test_challenge_that_dies_under_the_typing_is_replaced_once(sandbox: OwnSandbox) -> None:
    def slowly() -> str:
        sandbox.clock.wait(200)
        return sandbox.clock.code()

    typist = Typist(slowly, sandbox.clock.code)
    assert isinstance(sign_in(sandbox.service, credentials(), typist), Session)
    assert typist.failures == [ChallengeEndedError]
    assert sandbox.app.executed("createSession") == 2
    with pytest.raises(ChallengeEndedError):
        sign_in(sandbox.service, credentials(), Typist(slowly, slowly, slowly))


@pytest.mark.parametrize("error", [UsageError("no terminal"), KeyboardInterrupt(), EOFError()])
def test_source_of_codes_may_give_up(error: BaseException, sandbox: OwnSandbox) -> None:
    with pytest.raises(type(error)) as caught:
        sign_in(sandbox.service, credentials(), Typist(error))
    assert caught.value is error
    assert sent_codes(sandbox) == 0


def test_failure_that_is_no_refusal_ends_the_tries() -> None:
    with FaultServer(whole(http(200, body=CHALLENGED))) as server:

        def code() -> str:
            server.script = whole(b"")
            return "123456"

        with pytest.raises(NetworkError) as caught:
            sign_in(service(server.url), credentials(), Typist(code))
    assert_silent(caught.value, "123456", "canary-challenge", SANDBOX_PASSWORD)
    assert len(server.requests) == 2


@pytest.mark.fault("F11")
@pytest.mark.parametrize("field", ["login", "tenant", "password"])
@pytest.mark.parametrize("value", ["", "canary\0", "canary\ud800", "\udfffcanary"])
def test_what_cannot_be_sent_is_refused_before_anything_is(
    field: str, value: str, sandbox: OwnSandbox
) -> None:
    texts = {"login": "a", "tenant": "b", "password": "c"} | {field: value}
    asked = credentials_of(texts["login"], texts["tenant"], texts["password"])
    with pytest.raises(UsageError) as caught:
        sign_in(sandbox.service, asked, Typist())
    no_text = (f"the {field} contains invalid characters", "type it again")
    empty = (f"the {field} is empty", "glomex login --help")
    assert (caught.value.message, caught.value.hint) == (no_text if value else empty)
    assert_silent(caught.value, "canary")
    assert sandbox.app.exchanges == []


HERE = parse_endpoint(SANDBOX)
KEPT = SignIn(
    HERE.origin, "me", "t-x", ReportKind.PUBLISHER, Secret("canary"), NOON + timedelta(hours=1)
)


@pytest.mark.fault("F2")
def test_kept_sign_in_is_found_again_for_its_origin_only(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "kept" / "file")
    shown: list[Secret] = []
    keep(store, "default", KEPT, show=shown.append)
    assert session_at(HERE, store.read("default")) == KEPT
    assert shown == []
    for profile, url in (("other", SANDBOX), ("default", "https://127.0.0.1/")):
        assert session_at(parse_endpoint(url), store.read(profile)) is None


@pytest.mark.fault("F39")
def test_token_that_nothing_keeps_is_shown_once(tmp_path: Path) -> None:
    shown: list[Secret] = []
    keep(NoneStore(), "default", KEPT, show=shown.append)
    assert shown == [KEPT.token]
    (tmp_path / "folder").write_text("in the way")
    with pytest.raises(StoreError) as caught:
        keep(FileStore(tmp_path / "folder" / "file"), "default", KEPT, show=shown.append)
    assert shown == [KEPT.token] * 2
    assert_silent(caught.value, "canary")
