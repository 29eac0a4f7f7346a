"""The sandbox's second step: which codes and challenges are taken, and how often."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from glomex_cli.sandbox.app import SandboxOptions
from glomex_cli.sandbox.sessions import ROBOT_LOGIN, SANDBOX_LOGIN
from support.servers.sandbox_client import Clock, SandboxClient, refusal_of, rows_of


def test_login_with_mfa_gets_a_challenge_and_for_a_code_a_session() -> None:
    client = SandboxClient()
    answer = client.sign_in(SANDBOX_LOGIN)["data"]["createSession"]
    assert set(answer) == {"__typename", "challenge_session"}
    session = client.redeem(answer["challenge_session"], client.clock.code())
    token = session["data"]["createMFASession"]["access_token"]
    assert rows_of(client.report("day", "2026-11-20", "2026-11-22", token=token))


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_code_of_a_neighbouring_step_is_taken(steps: int) -> None:
    client = SandboxClient()
    assert "errors" not in client.redeem(client.challenge(), client.clock.code(steps=steps))


@pytest.mark.parametrize("code", ["000000", "", "12345", "1234567", "abcdef", "１２３４５６"])
def test_wrong_code_is_refused_and_another_may_follow(code: str) -> None:
    client = SandboxClient()
    challenge = client.challenge()
    assert refusal_of(client.redeem(challenge, code)) == (
        "MFA_CODE_WRONG",
        "The MFA code is wrong.",
    )
    assert "errors" not in client.redeem(challenge, client.clock.code())


@pytest.mark.parametrize("steps", [-2, 2])
def test_code_of_a_distant_step_is_wrong(steps: int) -> None:
    client = SandboxClient()
    answer = client.redeem(client.challenge(), client.clock.code(steps=steps))
    assert refusal_of(answer)[0] == "MFA_CODE_WRONG"


def test_code_is_good_once_even_with_a_new_challenge() -> None:
    client = SandboxClient()
    code = client.clock.code()
    assert "errors" not in client.redeem(client.challenge(), code)
    client.clock.wait(30)
    code_again = refusal_of(client.redeem(client.challenge(), code))
    assert code_again[0] == "MFA_CODE_REUSED"
    assert "errors" not in client.redeem(client.challenge(), client.clock.code())


def test_code_is_taken_once_when_many_send_it_at_the_same_time() -> None:
    client = SandboxClient()
    challenges = [client.challenge() for _ in range(16)]
    code = client.clock.code()
    with ThreadPoolExecutor(len(challenges)) as pool:
        answers = list(pool.map(client.redeem, challenges, [code] * len(challenges)))
    assert sum("errors" not in answer for answer in answers) == 1


def test_challenge_is_good_for_one_session() -> None:
    client = SandboxClient()
    challenge = client.challenge()
    assert "errors" not in client.redeem(challenge, client.clock.code())
    client.clock.wait(30)
    assert refusal_of(client.redeem(challenge, client.clock.code())) == (
        "CHALLENGE_USED",
        "The challenge has been used already.",
    )


def test_challenge_dies_after_five_wrong_codes() -> None:
    client = SandboxClient()
    challenge = client.challenge()
    for _ in range(5):
        assert refusal_of(client.redeem(challenge, "000000"))[0] == "MFA_CODE_WRONG"
    assert refusal_of(client.redeem(challenge, client.clock.code()))[0] == "TOO_MANY_ATTEMPTS"
    assert "errors" not in client.redeem(client.challenge(), client.clock.code())


def test_challenge_survives_four_wrong_codes() -> None:
    client = SandboxClient()
    challenge = client.challenge()
    for _ in range(4):
        client.redeem(challenge, "000000")
    assert "errors" not in client.redeem(challenge, client.clock.code())


@pytest.mark.parametrize(
    ("life_s", "wait_s", "is_good"), [(180, 179, True), (180, 180, False), (5, 5, False)]
)
def test_challenge_goes_stale(life_s: int, wait_s: int, *, is_good: bool) -> None:
    client = SandboxClient(SandboxOptions(challenge_life_s=life_s))
    challenge = client.challenge()
    client.clock.wait(wait_s)
    answer = client.redeem(challenge, client.clock.code())
    if is_good:
        assert "errors" not in answer
    else:
        assert refusal_of(answer) == ("CHALLENGE_EXPIRED", "The challenge has expired.")


def test_challenge_that_is_none_or_of_another_login_is_refused() -> None:
    client = SandboxClient()
    code = client.clock.code()
    for challenge in ("", "nonsense", client.token()):
        assert refusal_of(client.redeem(challenge, code))[0] == "CHALLENGE_INVALID"
    answer = client.redeem(client.challenge(), code, email=ROBOT_LOGIN)
    assert refusal_of(answer)[0] == "CHALLENGE_INVALID"


def test_challenge_of_one_sandbox_is_good_at_another() -> None:
    challenge = SandboxClient().challenge()
    client = SandboxClient()
    assert "errors" not in client.redeem(challenge, client.clock.code())


def test_code_is_right_even_in_the_first_seconds_of_1970() -> None:
    clock = Clock()
    clock.wait(5 - clock.at.timestamp())
    client = SandboxClient(clock=clock)
    assert "errors" not in client.redeem(client.challenge(), clock.code())
