"""Sign in to Glomex, in whichever form its schema has, and judge what it says to that.

The two pages of docs.glomex.com disagree on the type of `createSession`. A document that does
not fit the schema is not executed, so only then is another form sent: the password is looked at
once.
"""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from glomex_cli.auth.session import bearer_token, expiry_of
from glomex_cli.errors import (
    ChallengeEndedError,
    CodeRefusedError,
    CredentialsRefusedError,
    GlomexError,
    InvalidQueryError,
    ServiceError,
    SessionExpiredError,
    SignInError,
)
from glomex_cli.http.retries import parse_http_date
from glomex_cli.interfaces import Challenge, Credentials, Session
from glomex_cli.models import Json, Secret
from glomex_cli.services.glomex import queries
from glomex_cli.services.graphql.client import Document, GraphQLClient
from glomex_cli.services.graphql.errors import Fault, fault_of
from glomex_cli.services.graphql.response import Answer, failure_of

_FIRST, _SECOND = "createSession", "createMFASession"
_DEAD_CHALLENGE_WORDS = ("challenge", "session", "expired", "attempts", "restart")
# A code lives 30 s and most services take its neighbours too, so less is no explanation.
_WORTH_TELLING_S = 20
_LARGEST_SIGN_IN = 256 * 1024  # bytes; a token has a few thousand
_UNSEEN = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


class SignInForms:
    """The two steps of a sign-in."""

    def __init__(self, client: GraphQLClient, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now

    def open_session(self, credentials: Credentials) -> Session | Challenge:
        """Send the password in the forms of the documents, then in that of the schema."""
        answer = self._first_step(credentials)
        fields = _result(answer, _FIRST)
        if fields is None:
            raise _failed(answer, _FIRST) or _refused()
        challenge = fields.get("challenge_session")
        if isinstance(challenge, str) and challenge:
            return Challenge(credentials.values["login"], Secret(challenge))
        if "access_token" in fields and fields["access_token"] is None:
            raise _refused()
        return self._session(fields, answer)

    def answer_challenge(self, challenge: Challenge, code: str) -> Session:
        """Send `code` once; what the service says decides whether another may follow."""
        try:
            answer = self._send(queries.create_mfa_session(challenge, code))
        except CredentialsRefusedError as refused:  # not of the password: it opened the challenge
            raise SignInError(refused.message, refused.hint) from None
        fields = _result(answer, _SECOND)
        if fields is None:
            raise _failed(answer, _SECOND) or self._refused_code(answer)
        return self._session(fields, answer)

    def _first_step(self, credentials: Credentials) -> Answer:
        answer = self._send(queries.create_session(credentials))
        for selection in queries.OTHER_SESSION_FORMS:
            if not _may_send_again(answer):
                return answer
            answer = self._send(queries.create_session(credentials, selection))
        if _may_send_again(answer) and (told := self._told()):
            return self._send(queries.create_session(credentials, *told))
        return answer

    def _told(self) -> tuple[str, dict[str, str]] | None:
        """Return the selection and the types of the arguments as the schema tells them."""
        from glomex_cli.services.graphql.introspection import ask_types

        try:
            types = ask_types(self._client, None).types
        except GlomexError:
            return None
        field = types.fields.get(types.mutation, {}).get(_FIRST) if types else None
        if types is None or field is None:
            return None
        names = types.fields.get(field.type.name, {})
        parts = [name for name in ("access_token", "challenge_session") if name in names]
        is_one_type = "access_token" in parts
        selection = f"{{ {' '.join(parts)} }}" if is_one_type else queries.UNION_FORM
        return selection, {name: str(each) for name, each in field.arguments.items()}

    def _send(self, document: Document) -> Answer:
        try:
            return self._client.execute(document, limit=_LARGEST_SIGN_IN)
        except SessionExpiredError:
            raise _refused() from None

    def _session(self, fields: dict[str, Json], answer: Answer) -> Session:
        text = fields.get("access_token")
        if not isinstance(text, str) or not text:
            raise ServiceError("the service sent no token", "try again")
        token = bearer_token(text, source="the service")
        return Session(token, expiry_of(text, date=answer.date, now=self._now()))

    def _refused_code(self, answer: Answer) -> SignInError:
        words = " ".join(error.message.lower() for error in answer.errors)
        if any(word in words for word in _DEAD_CHALLENGE_WORDS):
            return ChallengeEndedError(
                "the MFA challenge has expired", "sign in again: glomex login"
            )
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


def _refused() -> CredentialsRefusedError:
    return CredentialsRefusedError(
        "the service refused this login, password or tenant",
        "check all three; your account manager knows the tenant",
    )


def _may_send_again(answer: Answer) -> bool:
    """Return whether a sign-in was surely not executed."""
    return answer.is_invalid and answer.status not in _UNSEEN


def _failed(answer: Answer, operation: str) -> GlomexError | None:
    """Return the failure that is not a refusal; the service's words may quote the password."""
    if answer.is_limited:
        return failure_of(answer, operation)
    if _may_send_again(answer):
        return InvalidQueryError(
            f"this service does not know {operation}", "check the endpoint: glomex status"
        )
    if answer.has_failed:
        return ServiceError(f"the service failed at {operation}{_seen(answer)}", "try again later")
    if operation == _FIRST and not _was_looked_at(answer):
        message = f"the service did not run the sign-in{_seen(answer)}"
        return ServiceError(message, "try again later, or check the endpoint: glomex status")
    return None


def _was_looked_at(answer: Answer) -> bool:
    """Return whether the service executed step one, or refuses by the status or code of it."""
    if answer.status in _UNSEEN or _FIRST in (answer.data or {}):
        return True
    said_no = {Fault.ENDED, Fault.NO_RIGHT}
    return any(error.path or fault_of(error) in said_no for error in answer.errors)


def _seen(answer: Answer) -> str:
    codes = [error.shown_code for error in answer.errors if error.shown_code]
    return f" ({', '.join([f'status {answer.status}', *codes[:1]])})"


def _result(answer: Answer, operation: str) -> dict[str, Json] | None:
    fields = (answer.data or {}).get(operation)
    return fields if isinstance(fields, dict) else None
