"""The Glomex service: its sign-in and its two reports, in the words of the interface."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import chain, islice

from glomex_cli.bearer import bearer_token
from glomex_cli.errors import (
    ChallengeEndedError,
    CodeRefusedError,
    ServiceError,
    SessionExpiredError,
    SignInError,
)
from glomex_cli.graphql.answer import Answer, failure_of, problem_of
from glomex_cli.graphql.caller import Document, GraphQLCaller
from glomex_cli.graphql.json_reader import Json
from glomex_cli.graphql.row_stream import RowStream
from glomex_cli.models import Cell, Column, Problem, Report, ReportRequest, Role, Row, Secret
from glomex_cli.periods.units import Bucket
from glomex_cli.periods.windows import asked
from glomex_cli.rows.cells import normalise_cell
from glomex_cli.rows.joining import trim
from glomex_cli.services import glomex_documents as documents
from glomex_cli.services.interface import Challenge, Credentials, Session
from glomex_cli.services.jwt_life import expiry_of

# The two metrics that docs.glomex.com names.
DEFAULT_METRICS = ("video_views", "ad_impressions")

_DEAD_CHALLENGE_WORDS = ("challenge", "session", "expired", "attempts", "restart")
# A code lives 30 s and most services take its neighbours too, so less is no explanation.
_WORTH_TELLING_S = 20


class GlomexService:
    """Implements `Service` over GraphQL."""

    default_metrics = DEFAULT_METRICS

    def __init__(self, caller: GraphQLCaller, now: Callable[[], datetime]) -> None:
        self._caller = caller
        self._now = now

    def open_session(self, credentials: Credentials) -> Session | Challenge:
        """Sign in with the union form, and with the plain form where the schema has no union.

        The second try is no repeat: a document that does not fit the schema is not executed.
        """
        answer = self._sign_in(documents.create_session(credentials))
        if answer.is_invalid:
            answer = self._sign_in(documents.create_session(credentials, plain=True))
        fields = _result(answer, "createSession")
        if fields is None:
            raise SignInError(
                "the service refused this login, password or tenant",
                "check all three; the account manager knows the tenant",
            )
        challenge = fields.get("challenge_session")
        if isinstance(challenge, str) and challenge:
            return Challenge(credentials.login, Secret(challenge))
        return self._session(fields, answer)

    def answer_challenge(self, challenge: Challenge, code: str) -> Session:
        """Send `code` once; what the service says decides whether another may follow."""
        answer = self._sign_in(documents.create_mfa_session(challenge, code))
        fields = _result(answer, "createMFASession")
        if fields is None:
            raise self._refused_code(answer)
        return self._session(fields, answer)

    def report(self, request: ReportRequest, token: Secret) -> Report:
        """Ask for the rows; the first has come when this returns, and so has any refusal."""
        stream = self._caller.stream(documents.analytics_report(_asked(request)), token)
        problems: list[Problem] = []
        rows = _rows(stream, request, problems)
        if Bucket.DAY in request.dimensions:
            rows = trim(rows, request.period)
        first = list(islice(rows, 1))
        return Report(_columns(request), chain(first, rows), problems=problems)

    def document(self, request: ReportRequest) -> str:
        """Give the text of the query for `request`."""
        return documents.analytics_report(_asked(request)).text

    def _sign_in(self, document: Document) -> Answer:
        try:
            return self._caller.ask(document)
        except SessionExpiredError:
            raise SignInError("the service refused the sign-in", "glomex login") from None

    def _session(self, fields: dict[str, Json], answer: Answer) -> Session:
        text = fields.get("access_token")
        if not isinstance(text, str) or not text:
            raise ServiceError("the service answered the sign-in without a token", "try again")
        token = bearer_token(text, source="the service")
        return Session(token, expiry_of(text, date=answer.date, now=self._now()))

    def _refused_code(self, answer: Answer) -> SignInError:
        words = " ".join(error.message.lower() for error in answer.errors)
        if any(word in words for word in _DEAD_CHALLENGE_WORDS):
            return ChallengeEndedError("the MFA challenge has ended", "sign in again: glomex login")
        return CodeRefusedError("the service refused the MFA code", self._advice(answer.date))

    def _advice(self, date: str) -> str:
        """Blame the clock only where it is known to be wrong: codes depend on the time."""
        try:
            ahead = self._now() - parsedate_to_datetime(date).replace(tzinfo=UTC)
        except (TypeError, ValueError):
            ahead = timedelta()
        seconds = ahead.total_seconds()
        if abs(seconds) < _WORTH_TELLING_S:
            return "type the code that the authenticator app shows now"
        side = "ahead of" if seconds > 0 else "behind"
        return (
            f"this clock is {abs(seconds):.0f} s {side} the service's: set it, codes depend on it"
        )


def _result(answer: Answer, operation: str) -> dict[str, Json] | None:
    fields = (answer.data or {}).get(operation)
    return fields if isinstance(fields, dict) else None


def _asked(request: ReportRequest) -> ReportRequest:
    """Ask a daily report with one day more: whether `to` is included is not documented."""
    if Bucket.DAY not in request.dimensions:
        return request
    return replace(request, period=asked(request.period))


def _columns(request: ReportRequest) -> tuple[Column, ...]:
    dimensions = (Column(name, Role.DIMENSION) for name in request.dimensions)
    return (*dimensions, *(Column(name, Role.METRIC) for name in request.metrics))


def _rows(stream: RowStream, request: ReportRequest, problems: list[Problem]) -> Iterator[Row]:
    columns = _columns(request)
    for row in stream.rows():
        if not isinstance(row, dict):
            raise ServiceError("a row in the answer of the service is no object", "try again")
        yield {column.name: _cell(row.get(column.name), column) for column in columns}
    answer = stream.answer
    if answer.data is None:
        raise failure_of(answer, documents.OPERATIONS[request.kind])
    problems += map(problem_of, answer.errors)


def _cell(value: Json, column: Column) -> Cell:
    if isinstance(value, (dict, list)):
        raise ServiceError(f"the service answered {column.name} with no single value", "try again")
    return normalise_cell(value, column.role)
