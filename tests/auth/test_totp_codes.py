"""MFA codes are those of the standard, and each is given once and in time."""

import base64
from datetime import UTC, datetime

import pytest

from glomex_cli.auth.totp import Code, code_at, next_code, parse_seed

SHORT = "JBSWY3DPEHPK3PXP"


def at(unix_s: float) -> datetime:
    """Return a moment by its seconds since 1970."""
    return datetime.fromtimestamp(unix_s, UTC)


# RFC 6238, appendix B: the seed of each algorithm is the digits repeated to its length.
RFC_KEYS = {"SHA1": 20, "SHA256": 32, "SHA512": 64}
RFC_CODES = [
    (59, "94287082", "46119246", "90693936"),
    (1111111109, "07081804", "68084774", "25091201"),
    (1111111111, "14050471", "67062674", "99943326"),
    (1234567890, "89005924", "91819424", "93441116"),
    (2000000000, "69279037", "90698825", "38618901"),
    (20000000000, "65353130", "77737706", "47863826"),
]


@pytest.mark.parametrize(("unix_s", "sha1", "sha256", "sha512"), RFC_CODES)
def test_codes_are_those_of_the_standard(unix_s: int, sha1: str, sha256: str, sha512: str) -> None:
    for (algorithm, length), expected in zip(RFC_KEYS.items(), (sha1, sha256, sha512), strict=True):
        key = base64.b32encode((b"1234567890" * 7)[:length]).decode()
        uri = f"otpauth://totp/x?secret={key}&algorithm={algorithm}&digits=8"
        assert code_at(parse_seed(uri), at(unix_s).timestamp()).digits == expected
        short = code_at(parse_seed(uri.replace("digits=8", "digits=6")), at(unix_s).timestamp())
        assert short.digits == expected[2:]


def test_code_knows_its_window_and_how_long_it_lives() -> None:
    seed = parse_seed(SHORT)
    assert code_at(seed, at(59.5).timestamp()) == Code(
        code_at(seed, at(30).timestamp()).digits, 1, 0.5
    )
    assert code_at(seed, at(60).timestamp()).window == 2
    assert code_at(seed, at(60).timestamp()).seconds_left == 30
    berlin = datetime.fromisoformat("1970-01-01T01:00:59+01:00")
    assert code_at(seed, berlin.timestamp()).window == 1
    assert code_at(seed, at(-5).timestamp()) == code_at(seed, at(0).timestamp())
    assert code_at(seed, at(0).timestamp()).seconds_left == 30
    slow = parse_seed(f"otpauth://totp/x?secret={SHORT}&period=60")
    assert code_at(slow, at(59).timestamp()).window == 0
    assert code_at(slow, at(59).timestamp()).seconds_left == 1
    assert code_at(slow, at(59).timestamp()).digits == code_at(seed, at(0).timestamp()).digits


class Clock:
    """A clock that only sleeping moves, by `late_s` more than asked, and never by nothing."""

    def __init__(self, unix_s: float, *, late_s: float = 0.0) -> None:
        self.unix_s = unix_s
        self.late_s = late_s
        self.slept: list[float] = []
        self.told: list[str] = []

    def now(self) -> datetime:
        return at(self.unix_s)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.unix_s += max(0.1, seconds + self.late_s)

    def next_window(self, *used: int, skew_s: float = 0.0) -> int:
        """Return the window of the next code, when those of `used` are gone."""
        seed = parse_seed(SHORT)
        code = next_code(
            seed,
            now=self.now,
            sleep=self.sleep,
            used=set(used).__contains__,
            tell=self.told.append,
            skew_s=skew_s,
        )
        assert code == code_at(seed, self.now().timestamp() + skew_s)
        assert code.seconds_left >= 3
        return code.window


@pytest.mark.parametrize("unix_s", [300, 310.5, 327])
def test_code_that_is_fresh_comes_at_once(unix_s: float) -> None:
    clock = Clock(unix_s)
    assert clock.next_window(9, 11) == 10
    assert (clock.slept, clock.told) == ([], [])


@pytest.mark.parametrize(
    ("unix_s", "used", "window", "told"),
    [
        (327.5, [], 11, "waiting 3 s for the next MFA code"),
        (329.5, [], 11, "waiting 1 s for the next MFA code"),
        (318, [10], 11, "waiting 12 s for the next MFA code"),
        (318, [10, 11, 12], 13, "waiting 12 s for the next MFA code"),
        (329, [11], 12, "waiting 1 s for the next MFA code"),
    ],
)
def test_used_or_dying_code_is_waited_out_and_said_once(
    unix_s: float, used: list[int], window: int, told: str
) -> None:
    clock = Clock(unix_s)
    assert clock.next_window(*used) == window
    assert clock.told == [told]
    assert clock.unix_s == window * 30


def test_sleep_that_ends_early_or_late_is_made_good() -> None:
    early = Clock(318, late_s=-0.5)
    assert early.next_window(10) == 11
    assert len(early.told) == 1
    late = Clock(318, late_s=31)
    assert late.next_window(10) == 12


def test_skew_shifts_to_the_clock_of_the_service() -> None:
    assert Clock(300).next_window(skew_s=60) == 12
    assert Clock(300).next_window(skew_s=-1) == 10
    assert Clock(310).next_window(skew_s=-60) == 8


def test_window_is_asked_for_only_when_its_code_would_be_given() -> None:
    asked: list[int] = []

    def used(window: int) -> bool:
        asked.append(window)
        return len(asked) < 2

    clock = Clock(328)
    code = next_code(
        parse_seed(SHORT), now=clock.now, sleep=clock.sleep, used=used, tell=clock.told.append
    )
    assert asked == [11, 12]
    assert code.window == 12


def test_without_a_skew_a_code_is_given_to_the_end_of_its_life() -> None:
    clock = Clock(327)
    code = next_code(
        parse_seed(SHORT),
        now=clock.now,
        sleep=clock.sleep,
        used=lambda _: False,
        tell=clock.told.append,
    )
    assert (code.window, code.seconds_left, clock.slept) == (10, 3, [])


def test_sleep_may_give_up() -> None:
    def give_up(seconds: float) -> None:
        raise TimeoutError(seconds)

    clock = Clock(328)
    with pytest.raises(TimeoutError):
        next_code(
            parse_seed(SHORT),
            now=clock.now,
            sleep=give_up,
            used=lambda _: False,
            tell=clock.told.append,
        )
