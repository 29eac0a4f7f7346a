"""The Glomex service: sign-in with or without MFA, and queries of a person's own."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from glomex_cli.auth.tokens import bearer_token
from glomex_cli.concurrency import Deadline
from glomex_cli.errors import (
    ChallengeEndedError,
    CodeRefusedError,
    InvalidQueryError,
    ServiceError,
    SessionExpiredError,
    SignInError,
)
from glomex_cli.http.status import failure_of_head
from glomex_cli.http.times import expiry_of, parse_http_date
from glomex_cli.interfaces import Challenge, Contact, Credentials, Field, RawAnswer, Session
from glomex_cli.models import Bucket, Json, Report, Secret
from glomex_cli.services.cache import Cache
from glomex_cli.services.glomex import queries
from glomex_cli.services.glomex.reports import GlomexReports
from glomex_cli.services.glomex.schema import DOCUMENTED
from glomex_cli.services.graphql.client import LANGUAGE, Document, GraphQLClient
from glomex_cli.services.graphql.operations import chosen_operation
from glomex_cli.services.graphql.response import Answer, failure_of, problem_of

# The two metrics that docs.glomex.com names.
DEFAULT_METRICS = ("video_views", "ad_impressions")

_DEAD_CHALLENGE_WORDS = ("challenge", "session", "expired", "attempts", "restart")
# A code lives 30 s and most services take its neighbours too, so less is no explanation.
_WORTH_TELLING_S = 20
_LARGEST_SIGN_IN = 256 * 1024  # bytes; a token has a few thousand


class GlomexService(GlomexReports):
    """Implements `Service` over GraphQL: reports and schema are inherited, sign-in is here."""

    fields = (
        Field("login", "E-mail", "--login", "GLOMEX_LOGIN"),
        Field("tenant", "Tenant", "--tenant", "GLOMEX_TENANT"),
        Field("password", "Password", "--password-stdin", "GLOMEX_PASSWORD", secret=True),
    )
    renews = True
    knows_names = True
    has_wholes = False
    default_metrics = DEFAULT_METRICS
    title = "Glomex"
    buckets = (Bucket.DAY, Bucket.WEEK, Bucket.MONTH)
    zone = None
    documented = DOCUMENTED

    def __init__(
        self, client: GraphQLClient, now: Callable[[], datetime], cache: Cache | None = None
    ) -> None:
        """Send through `client`; without a `cache`, what is learned is forgotten at the end."""
        super().__init__(client, cache or Cache(None, now))
        self._now = now

    def ping(self, seconds: float) -> Contact:
        """Ask for the name of the query type, which needs no session."""
        caller = self._client.within(Deadline(seconds))
        head = caller.head(Document("__typename", "{ __typename }"))
        failure = failure_of_head(head, self._client.endpoint.host, language=LANGUAGE)
        return Contact(failure, head.headers.get("date", ""))

    def open_session(self, credentials: Credentials) -> Session | Challenge:
        """Sign in with the union form, and with the plain form where the schema has no union.

        The second try is no repeat: a document that does not fit the schema is not executed.
        """
        answer = self._sign_in(queries.create_session(credentials))
        if answer.is_invalid:
            answer = self._sign_in(queries.create_session(credentials, plain=True))
        fields = _result(answer, "createSession")
        if fields is None:
            raise _failed(answer, "createSession") or SignInError(
                "the service refused this login, password or tenant",
                "check all three; the account manager knows the tenant",
            )
        challenge = fields.get("challenge_session")
        if isinstance(challenge, str) and challenge:
            return Challenge(credentials.values["login"], Secret(challenge))
        return self._session(fields, answer)

    def answer_challenge(self, challenge: Challenge, code: str) -> Session:
        """Send `code` once; what the service says decides whether another may follow."""
        answer = self._sign_in(queries.create_mfa_session(challenge, code))
        fields = _result(answer, "createMFASession")
        if fields is None:
            raise _failed(answer, "createMFASession") or self._refused_code(answer)
        return self._session(fields, answer)

    def query(
        self, text: str, variables: dict[str, Json], token: Secret, *, operation: str | None = None
    ) -> RawAnswer:
        """Send a document as it is; raise only failures of HTTP and of the session."""
        answer = self._client.execute(queries.custom(text, variables, operation), token)
        if answer.is_expired:
            raise failure_of(answer, "the query")
        failure = failure_of(answer, "the query") if answer.data is None else None
        return RawAnswer(answer.body, [problem_of(error) for error in answer.errors], failure)

    def values(self, dimension: str, token: Secret) -> Report | None:
        """Return None: the API lists no values but in reports."""
        del dimension, token
        return None

    def is_query(self, text: str) -> bool:
        """Return whether `text` is a document: each holds a brace."""
        return "{" in text

    def operation(self, text: str, named: str | None) -> str | None:
        """Return the operation that runs where a document holds several."""
        return chosen_operation(text, named)

    def _sign_in(self, document: Document) -> Answer:
        try:
            return self._client.execute(document, limit=_LARGEST_SIGN_IN)
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
        now = self._now()
        seconds = (now - (parse_http_date(date) or now)).total_seconds()
        if abs(seconds) < _WORTH_TELLING_S:
            return CodeRefusedError.type_it
        side = "ahead of" if seconds > 0 else "behind"
        return (
            f"this clock is {abs(seconds):.0f} s {side} the service's: set it, codes depend on it"
        )


def _failed(answer: Answer, operation: str) -> ServiceError | None:
    """Return the failure that is not a refusal; the service's words may quote the password."""
    if answer.is_invalid:
        return InvalidQueryError(
            f"this service does not know {operation}", "check the endpoint: glomex status"
        )
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServiceError(f"the service failed at {operation}", "try again later")
    return None


def _result(answer: Answer, operation: str) -> dict[str, Json] | None:
    fields = (answer.data or {}).get(operation)
    return fields if isinstance(fields, dict) else None
