"""What tests of the network side share: secrets to watch for, a service to call, what to call."""

import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import parse_endpoint
from glomex_cli.errors import GlomexError
from glomex_cli.http.client import HttpClient
from glomex_cli.interfaces import Challenge
from glomex_cli.models import Period, ReportKind, ReportRequest, Row, Secret
from glomex_cli.services.cache import Cache
from glomex_cli.services.glomex.service import GlomexService
from glomex_cli.services.graphql.client import GraphQLClient
from support.credentials import credentials_of

LOGIN = "somebody@glomex.example"
PASSWORD = "canary-password"
CODE = "713904"
TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.canary-token"
CHALLENGE = "canary-challenge"
SECRETS = (PASSWORD, CODE, TOKEN, CHALLENGE)

DAILY = ReportRequest(
    kind=ReportKind.CONTENT_OWNER,
    dimensions=("day",),
    metrics=("video_views", "ad_impressions"),
    period=Period(date(2025, 6, 1), date(2025, 6, 3)),
)
ROWS: list[Row] = [
    {"day": "2025-06-01", "video_views": 120, "ad_impressions": 340},
    {"day": "2025-06-02", "video_views": 130, "ad_impressions": 360},
    {"day": "2025-06-03", "video_views": 125, "ad_impressions": 350},
]
ANSWER = {"data": {"contentOwnerAnalyticsReport": {"rows": ROWS}}}


def now() -> datetime:
    """Return this machine's time."""
    return datetime.now(UTC)


class Hourglass(Deadline):
    """A deadline in the hands of a test: pauses between tries take no time, its end may be set.

    So a test whose subject is not time needs no deadline that a loaded machine may miss.
    """

    def __init__(self, seconds: float = 30.0) -> None:
        super().__init__(seconds)

    def wait(self, seconds: float) -> None:
        """Return at once."""

    def spend(self) -> None:
        """Let the deadline be over from now on."""
        self._at = 0.0


def client(url: str, *, deadline: Deadline | None = None) -> GraphQLClient:
    """Return a client of the endpoint at `url`, which does not pause between tries."""
    return GraphQLClient(HttpClient(parse_endpoint(url)), deadline or Hourglass())


def service(url: str, *, deadline: Deadline | None = None) -> GlomexService:
    """Return the Glomex service at `url`, as documented: it needs no look at the schema."""
    cache = Cache(None, now, is_documented=True)
    return GlomexService(client(url, deadline=deadline), now, cache)


def sign_in(asked: GlomexService) -> object:
    """Take step one of a sign-in, with the secret password."""
    return asked.open_session(credentials_of(LOGIN, "t-canary", PASSWORD))


def answer_challenge(asked: GlomexService) -> object:
    """Take step two, with the secret challenge and code."""
    return asked.answer_challenge(Challenge(LOGIN, Secret(CHALLENGE)), CODE)


def report(asked: GlomexService) -> list[Row]:
    """Read a report to its end, with the secret token."""
    return list(asked.report(DAILY, Secret(TOKEN)).rows)


CALLS: tuple[Callable[[GlomexService], object], ...] = (sign_in, answer_challenge, report)
each_call = pytest.mark.parametrize("call", CALLS)


def failure_of(
    call: Callable[[GlomexService], object], url: str, *, deadline: Deadline | None = None
) -> GlomexError:
    """Return the failure that `call` must end with, once no secret is found in it."""
    with pytest.raises(GlomexError) as caught:
        call(service(url, deadline=deadline))
    assert_silent(caught.value)
    return caught.value


def assert_silent(error: BaseException, *secrets: str) -> None:
    """Make sure that nothing which may be shown or logged of `error` holds a secret."""
    shown = "\n".join(_texts(error))
    for secret in secrets or SECRETS:
        assert secret not in shown
    assert "\n" not in getattr(error, "message", "")
    assert "\x1b" not in shown


def _texts(error: BaseException) -> Iterator[str]:
    """Yield all texts of an error and of those before it, shown or not."""
    yield from (str(error), repr(error), getattr(error, "hint", ""))
    yield from traceback.format_exception_only(error)
    yield from (repr(argument) for argument in error.args)
    for before in (error.__cause__, error.__context__):
        if before is not None:
            yield from _texts(before)
