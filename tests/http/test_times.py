"""A token's life is read from its claims as a hint: on our clock, and never fatal."""

import base64
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glomex_cli.auth.session import expiry_of
from glomex_cli.http.retries import parse_http_date

pytestmark = pytest.mark.fault("F48")

NOW = datetime(2025, 6, 1, 12, 0, 30, tzinfo=timezone(timedelta(hours=2)))
AT = NOW.timestamp()
HOUR = timedelta(hours=1)
HUGE_YEAR = "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


def token(claims: object) -> str:
    """Write a token with these claims, unsigned."""
    return f"e30.{encoded(json.dumps(claims).encode())}.sig"


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@pytest.mark.parametrize("skew_s", [0, -7200, 7200, -86400, 86400, -AT, 4.2e9 - AT])
def test_life_is_counted_from_the_tokens_own_start_whatever_our_clock_says(skew_s: float) -> None:
    issued = AT + skew_s
    found = expiry_of(token({"iat": issued, "exp": issued + 3600}), date="", now=NOW)
    assert found is not None
    assert abs(found - (NOW + HOUR)) < timedelta(milliseconds=1)


@pytest.mark.parametrize("skew_s", [0, -7200, 7200])
def test_without_a_start_the_services_clock_is_believed(skew_s: int) -> None:
    theirs = datetime.fromtimestamp(AT + skew_s, UTC)
    date = theirs.strftime("%a, %d %b %Y %H:%M:%S GMT")
    found = expiry_of(token({"exp": AT + skew_s + 3600}), date=date, now=NOW)
    assert found == NOW + HOUR


@pytest.mark.parametrize("date", ["", "yesterday", "Sun, 99 Foo 2025", HUGE_YEAR, "\x1b[2J"])
def test_without_any_clock_of_theirs_ours_is_believed(date: str) -> None:
    assert expiry_of(token({"exp": AT + 3600}), date=date, now=NOW) == NOW + HOUR


@pytest.mark.parametrize("issued", [None, True, "1748772030", [1], {}, 10**400])
def test_a_start_that_is_no_number_is_no_start(issued: object) -> None:
    assert expiry_of(token({"iat": issued, "exp": AT + 3600}), date="", now=NOW) == NOW + HOUR


@pytest.mark.parametrize(
    "end",
    [None, True, False, "3600", [], {}, 0, -1, AT, AT - 1, AT + 401 * 86400, 1e20, 10**400,
     float("nan"), float("inf"), float("-inf"), 1.8e308 * 10],
    ids=lambda end: ascii(end)[:20],
)  # fmt: skip
def test_an_end_that_makes_no_sense_is_unknown(end: object) -> None:
    assert expiry_of(token({"iat": AT, "exp": end}), date="", now=NOW) is None


@pytest.mark.parametrize(
    "text", ["", ".", "..", "...", "e30.e30", "e30.e30.e30.e30", "e30.%%%.x", "e30.é.x", "e30.e.x"]
)
def test_what_is_no_token_has_an_unknown_life(text: str) -> None:
    assert expiry_of(text, date="", now=NOW) is None


@pytest.mark.parametrize(
    "payload",
    [b"[]", b"null", b"7", b'"exp"', b"{", b"\xff\xfe\x00", b"[" * 100_000,
     b'{"exp":' + b"9" * 5000 + b"}"],
    ids=lambda payload: ascii(payload[:20]),
)  # fmt: skip
def test_a_token_without_claims_has_an_unknown_life(payload: bytes) -> None:
    assert expiry_of(f"e30.{encoded(payload)}.x", date="", now=NOW) is None


@given(text=st.text(), date=st.text())
@example(text="e30.e30.", date=HUGE_YEAR)
def test_no_text_is_fatal(text: str, date: str) -> None:
    assert expiry_of(text, date=date, now=NOW) is None


@given(start=JSON_VALUES, end=JSON_VALUES, date=st.text() | st.datetimes().map(str))
@example(start=0, end=7.1e-17, date="")
def test_no_claims_are_fatal(start: object, end: object, date: str) -> None:
    found = expiry_of(token({"iat": start, "exp": end}), date=date, now=NOW)
    assert found is None or NOW < found <= NOW + timedelta(days=400)


@given(st.text() | st.from_regex(r"\A\w{3}, \d{1,30} (Jan|Dec) \d{1,30} \d+:\d\d:\d\d [-+]?\w+\Z"))
@example(HUGE_YEAR)
@example("Sun, 01 Jun 2025 12:00:00 -0000")
def test_any_header_is_a_moment_with_a_zone_or_none(text: str) -> None:
    found = parse_http_date(text)
    assert found is None or found.tzinfo is not None


def test_a_date_in_another_zone_is_the_same_moment() -> None:
    assert parse_http_date("Sun, 01 Jun 2025 14:00:00 +0200") == parse_http_date(
        "Sun, 01 Jun 2025 12:00:00 GMT"
    )
