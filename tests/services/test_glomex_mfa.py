"""The second step of a sign-in against the sandbox: a code, another code, or all over again."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from glomex_cli.errors import ChallengeEndedError, CodeRefusedError
from glomex_cli.interfaces import Challenge, Session
from glomex_cli.models import Secret
from glomex_cli.sandbox.sessions import MAX_ATTEMPTS, ROBOT_LOGIN
from support.servers.network import DAILY, assert_silent
from support.servers.own_sandbox import OwnSandbox, own_sandbox


@pytest.fixture
def sandbox() -> Iterator[OwnSandbox]:
    with own_sandbox() as opened:
        yield opened


@pytest.mark.parametrize("where", ["in process", "over HTTP"])
def test_code_turns_a_challenge_into_an_hour(where: str) -> None:
    with own_sandbox(over_http="HTTP" in where) as sandbox:
        session = sandbox.service.answer_challenge(sandbox.challenge(), sandbox.clock.code())
        assert session.expires_at == sandbox.clock.at + timedelta(hours=1)
        assert list(sandbox.service.report(DAILY, session.token).rows)
    steps = sandbox.app.exchanges[:2]
    assert [step.authorization for step in steps] == [None, None]


def test_wrong_code_leaves_the_challenge_alive(sandbox: OwnSandbox) -> None:
    challenge = sandbox.challenge()
    with pytest.raises(CodeRefusedError, match="refused the MFA code") as caught:
        sandbox.service.answer_challenge(challenge, "000000")
    assert "shows now" in caught.value.hint
    assert_silent(caught.value, "000000", challenge.session.reveal())
    found = sandbox.service.answer_challenge(challenge, sandbox.clock.code())
    assert isinstance(found, Session)


def test_used_code_asks_for_another(sandbox: OwnSandbox) -> None:
    code = sandbox.clock.code()
    sandbox.service.answer_challenge(sandbox.challenge(), code)
    with pytest.raises(CodeRefusedError):
        sandbox.service.answer_challenge(sandbox.challenge(), code)


def expire(sandbox: OwnSandbox, challenge: Challenge) -> Challenge:
    sandbox.clock.wait(181)
    return challenge


def use(sandbox: OwnSandbox, challenge: Challenge) -> Challenge:
    sandbox.service.answer_challenge(challenge, sandbox.clock.code())
    sandbox.clock.wait(60)
    return challenge


def wear_out(sandbox: OwnSandbox, challenge: Challenge) -> Challenge:
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(CodeRefusedError):
            sandbox.service.answer_challenge(challenge, "000000")
    return challenge


def forge(_: OwnSandbox, challenge: Challenge) -> Challenge:
    return challenge._replace(session=Secret("canary"))


def lend(_: OwnSandbox, challenge: Challenge) -> Challenge:
    return challenge._replace(login=ROBOT_LOGIN)


@pytest.mark.parametrize("spoil", [expire, use, wear_out, forge, lend])
def test_dead_challenge_asks_to_start_over(
    spoil: Callable[[OwnSandbox, Challenge], Challenge], sandbox: OwnSandbox
) -> None:
    challenge = spoil(sandbox, sandbox.challenge())
    with pytest.raises(ChallengeEndedError) as caught:
        sandbox.service.answer_challenge(challenge, sandbox.clock.code())
    assert_silent(caught.value, challenge.session.reveal(), sandbox.clock.code())
    assert "glomex login" in caught.value.hint


@pytest.mark.fault("F48")
@pytest.mark.parametrize(
    ("skew", "words"),
    [(300, "300 s ahead of"), (-300, "300 s behind"), (7200, "7200 s ahead of"), (15, "shows now")],
)
def test_wrong_clock_is_named_where_a_code_is_refused(
    skew: int, words: str, sandbox: OwnSandbox
) -> None:
    sandbox.our_clock.wait(skew)
    with pytest.raises(CodeRefusedError) as caught:
        sandbox.service.answer_challenge(sandbox.challenge(), "000000")
    assert words in caught.value.hint
