"""Where codes come from, in which order, and when there is none left to try."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from glomex_cli.auth.mfa import claim_window, codes_of, way_out
from glomex_cli.auth.totp import code_at, parse_seed
from glomex_cli.errors import ChallengeEndedError, CodeRefusedError, SignInError, UsageError
from support.cli import Stream
from support.renewing import connected

SEED = parse_seed("JBSWY3DPEHPK3PXP")
WAIT_S = 0.05


def at(unix_s: float) -> datetime:
    """Return a moment by its seconds since 1970."""
    return datetime.fromtimestamp(unix_s, UTC)


def clock(*unix_s: float) -> Callable[[], datetime]:
    """Return a clock that shows these moments one by one."""
    moments = iter(map(at, unix_s))
    return lambda: next(moments)


def test_a_dying_code_is_waited_out_by_the_clock_and_said(tmp_path: Path) -> None:
    stderr = Stream()
    account = connected(now=clock(330 - WAIT_S, 330), stderr=stderr).account
    started = time.monotonic()
    assert codes_of(account, seed=SEED)(None) == code_at(SEED, at(330).timestamp()).digits
    assert time.monotonic() - started >= WAIT_S * 0.9
    assert stderr.getvalue() == "waiting 1 s for the next MFA code\n"
    assert not claim_window(tmp_path / "config", SEED, 11)


def test_a_given_code_comes_first_then_two_of_the_seed_then_the_failure() -> None:
    source = codes_of(connected(now=clock(310, 340)).account, given="123 456", seed=SEED)
    refused = CodeRefusedError("refused", "try again")
    codes = [source(None), source(refused), source(refused)]
    assert codes == [
        "123 456",
        code_at(SEED, at(310).timestamp()).digits,
        code_at(SEED, at(340).timestamp()).digits,
    ]
    with pytest.raises(CodeRefusedError) as caught:
        source(refused)
    assert caught.value is refused


def test_where_nobody_can_type_a_code_the_option_is_named() -> None:
    source = codes_of(connected(now=clock()).account)
    with pytest.raises(UsageError) as caught:
        source(None)
    assert caught.value.hint == "use --mfa-code"


@pytest.mark.parametrize("kind", [CodeRefusedError, ChallengeEndedError])
def test_a_refusal_is_no_missing_answer(kind: type[SignInError]) -> None:
    stderr = Stream()
    source = codes_of(connected(now=clock(), stderr=stderr).account)
    refused = kind("refused", "type the next one")
    with pytest.raises(kind) as caught:
        source(refused)
    assert caught.value is refused
    assert stderr.getvalue() == "refused: type the next one\n"


def test_without_a_given_code_a_secret_has_three_codes_and_then_a_hint_that_fits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GLOMEX_TOTP_SECRET", "JBSWY3DPEHPK3PXP")
    source = codes_of(connected(now=clock(310, 340, 370)).account, seed=SEED)
    refused = CodeRefusedError("refused", CodeRefusedError.type_it)
    assert len({source(None), source(refused), source(refused)}) == 3
    with pytest.raises(CodeRefusedError) as caught:
        source(refused)
    assert caught.value.hint == (
        "check GLOMEX_TOTP_SECRET; codes depend on this machine's clock: glomex doctor"
    )


def test_a_refused_remembered_secret_names_no_variable() -> None:
    source = codes_of(connected(now=clock(310)).account, given="123456", seed=SEED)
    refused = CodeRefusedError("refused", CodeRefusedError.type_it)
    assert [source(None), source(refused)][0] == "123456"
    assert refused.hint == CodeRefusedError.type_it


def test_the_way_out_speaks_of_typing_only_where_a_person_types(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = connected(now=clock(310)).account
    remembered = way_out(account, SEED)
    assert way_out(account, None) == "glomex login"
    assert remembered.startswith("sign in again: glomex login --remember; codes depend")
    monkeypatch.setenv("GLOMEX_TOTP_SECRET", SEED.secret.reveal())
    assert way_out(account, SEED).startswith("check GLOMEX_TOTP_SECRET; codes depend")


@pytest.mark.attack("R17")
def test_a_clock_that_was_ahead_is_told_in_full_and_bounded(tmp_path: Path) -> None:
    stderr = Stream()
    account = connected(now=clock(310), stderr=stderr).account
    claim_window(tmp_path / "config", SEED, 14)
    with pytest.raises(SignInError) as caught:
        codes_of(account, seed=SEED)(None)
    assert caught.value.message == "the next unused MFA code is available in 140 s"
    assert caught.value.hint.startswith("wait for it with --timeout 145")
    assert stderr.getvalue() == ""


@pytest.mark.attack("R17")
def test_where_nobody_limited_the_wait_two_windows_of_the_secret_are_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept = list[float]()
    monkeypatch.setattr("glomex_cli.auth.mfa.time.sleep", slept.append)
    stderr = Stream()
    account = connected(now=clock(310, 360), stderr=stderr).account
    claim_window(tmp_path / "config", SEED, 11)
    assert codes_of(account, seed=SEED)(None) == code_at(SEED, 360).digits
    assert slept == [50]
    assert stderr.getvalue() == "waiting 50 s for the next MFA code\n"


@pytest.mark.attack("R17")
def test_a_limit_that_was_typed_bounds_the_wait_for_a_code(tmp_path: Path) -> None:
    account = connected(now=clock(310), timeout=5).account
    claim_window(tmp_path / "config", SEED, 10)
    began = time.monotonic()
    with pytest.raises(SignInError, match="available in 20 s"):
        codes_of(account, seed=SEED)(None)
    assert time.monotonic() - began < 5


@pytest.mark.bug("B2")
def test_without_a_folder_codes_are_still_sent_once_by_a_process(
    tmp_path: Path,
) -> None:
    (tmp_path / "config" / ".mfa-windows.lock").mkdir(parents=True)
    account = connected(now=clock(610, 610), timeout=5).account
    assert codes_of(account, seed=SEED)(None) == code_at(SEED, 610).digits
    with pytest.raises(SignInError, match="available in 20 s"):
        codes_of(account, seed=SEED)(None)
