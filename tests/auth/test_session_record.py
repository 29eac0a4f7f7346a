"""What is kept of a sign-in comes back as it was, or is said to be unreadable, unquoted."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.auth.session import SignIn, dump_session, load_session
from glomex_cli.errors import ExitCode, StoreError
from glomex_cli.models import ReportKind, Secret
from support.servers.network import assert_silent

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
# Until 2242 a double holds the microseconds of a time since 1970.
EPOCH = datetime.fromtimestamp(0, UTC)
TIMES = st.integers(0, 2**33 * 10**6).map(lambda n: EPOCH + timedelta(microseconds=n))
SIGN_INS = st.builds(
    SignIn,
    origin=st.text(),
    login=st.text(),
    tenant=st.text(),
    kind=st.sampled_from(ReportKind),
    token=st.from_regex(r"\A[A-Za-z0-9._~+/-]+=*\Z").map(Secret),
    expires_at=st.none() | TIMES,
)
GONE = object()
KEPT = SignIn(
    "https://canary-host:443", "canary-login", "t-canary", ReportKind.PUBLISHER,
    Secret("canary-token"), NOW,
)  # fmt: skip


@given(SIGN_INS)
def test_sign_in_comes_back_as_it_was(found: SignIn) -> None:
    assert load_session(dump_session(found)) == found


@given(SIGN_INS)
def test_kept_text_is_ascii_on_one_line_for_any_store(found: SignIn) -> None:
    text = dump_session(found).reveal()
    assert text.isascii()
    assert "\n" not in text


@pytest.mark.parametrize("end", [None, NOW])
def test_no_secret_shows_on_a_sign_in(end: datetime | None) -> None:
    found = SignIn("o", "l", "t", ReportKind.PUBLISHER, Secret("canary-token"), end)
    assert "canary" not in repr(found) + str(found) + repr(dump_session(found)) + str(
        dump_session(found)
    )


def spoilt(**changes: Any) -> str:
    fields = json.loads(dump_session(KEPT).reveal()) | changes
    return json.dumps({name: value for name, value in fields.items() if value is not GONE})


@pytest.mark.fault("F14")
@pytest.mark.parametrize(
    "text",
    [
        "", "canary", "null", "[]", "[1]", '"canary"', "7", "{}", "{", '{"canary-key": 1}',
        *(spoilt(**{name: GONE}) for name in json.loads(spoilt())),
        *(spoilt(version=version) for version in (0, 2, "1", None, 1.5, "canary")),
        *(spoilt(**{name: value}) for name in ("origin", "login", "tenant", "token", "kind")
          for value in (None, 1, True, ["text"], {"text": 1})),
        *(spoilt(kind=kind) for kind in ("", "PUBLISHER", "owner")),
        *(spoilt(token=token) for token in ("", "canary token", "canary\n", "canary\0", "ü", "=")),
        *(spoilt(expires_at=end) for end in ("canary", "1", True, 1e20, 10**400, -1e15)),
        *(spoilt(expires_at=end) for end in (float("nan"), float("inf"))),
        "[" * 100_000, "9" * 5000, "\ud800",
    ],
    ids=lambda text: ascii(text[:99]),
)  # fmt: skip
def test_anything_else_is_unreadable_and_not_quoted(text: str) -> None:
    with pytest.raises(StoreError) as caught:
        load_session(Secret(text))
    assert caught.value.exit_code is ExitCode.CONFIGURATION
    assert "glomex login" in caught.value.hint
    assert_silent(caught.value, "canary")


def test_cut_text_is_unreadable() -> None:
    text = dump_session(KEPT).reveal()
    for at in range(len(text)):
        with pytest.raises(StoreError):
            load_session(Secret(text[:at]))


@given(st.text())
def test_no_text_is_fatal(text: str) -> None:
    with pytest.raises(StoreError):
        load_session(Secret(text))


@pytest.mark.parametrize(
    ("seconds", "minutes", "over"),
    [(3600, 60, False), (3599, 60, False), (61, 2, False), (60, 1, False), (1, 1, False),
     (0, 0, True), (-1, 0, True), (-86400, 0, True)],
)  # fmt: skip
def test_last_minutes_are_counted_until_it_is_over(
    seconds: int, minutes: int, *, over: bool
) -> None:
    found = SignIn("o", "l", "t", ReportKind.PUBLISHER, Secret("x"), NOW + timedelta(0, seconds))
    assert found.minutes_left(NOW) == minutes
    assert found.is_over(NOW) is over


def test_unknown_life_is_tried() -> None:
    found = SignIn("o", "l", "t", ReportKind.PUBLISHER, Secret("x"), None)
    assert found.minutes_left(NOW) is None
    assert not found.is_over(NOW)
