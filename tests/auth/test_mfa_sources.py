"""Where codes come from, in which order, and when there is none left to try."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from glomex_cli.auth.mfa import claim_window, codes_of
from glomex_cli.auth.totp import code_at, parse_seed
from glomex_cli.errors import CodeRefusedError, UsageError
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
    stderr = Stream()
    source = codes_of(connected(now=clock(), stderr=stderr).account)
    with pytest.raises(UsageError) as caught:
        source(CodeRefusedError("refused", "type the next one"))
    assert caught.value.hint == "give it with --mfa-code"
    assert stderr.getvalue() == "refused: type the next one\n"
