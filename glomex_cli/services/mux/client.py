"""The client of the Mux API: ask for a path, judge the answer, return its JSON.

A refusal has one of three shapes of body: `{"error": {"type", "messages"}}`, `{"error": "…"}`
and `{"errors": ["…"]}`; some statuses mean more than they say.
"""

import base64
from collections.abc import Callable
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlencode

from glomex_cli.concurrency import Deadline
from glomex_cli.errors import (
    GlomexError,
    InvalidQueryError,
    NetworkError,
    RateLimitedError,
    ServiceError,
    SessionExpiredError,
)
from glomex_cli.http.client import HttpClient, Reply
from glomex_cli.http.json_stream import JsonReader
from glomex_cli.http.request import Head
from glomex_cli.http.retries import with_retries
from glomex_cli.http.status import failure_of_head, is_success
from glomex_cli.models import Json, Secret
from glomex_cli.services.mux.pace import Pace
from glomex_cli.terminal.sanitize import clip

_LONGEST = 200
_REFUSED = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}
MUX_LANGUAGE = "Mux Data"
_LARGEST_ANSWER = 64 * 1024 * 1024


class NotFoundError(ServiceError):
    """Status 404: nothing is there, or the token may not see it."""


def message_of(body: Json) -> str:
    """Return the first message of a refusal, made safe to show; empty where it holds none.

    >>> message_of({"error": {"type": "x", "messages": ["no such metric"]}})
    'no such metric'
    """
    if not isinstance(body, dict):
        return ""
    error = body.get("error", body.get("errors"))
    if isinstance(error, dict):
        error = error.get("messages")
    if isinstance(error, list):
        error = error[0] if error else None
    return clip(error, _LONGEST) if isinstance(error, str) else ""


def failure_of_refusal(status: int, body: Json, *, host: str, asked: str) -> GlomexError:
    """Return the failure that an answer with a status of 400 or more means."""
    if status == HTTPStatus.UNAUTHORIZED:
        return SessionExpiredError(
            f"{host} does not accept the token", "check its id and secret: glomex login"
        )
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}:
        return NotFoundError(f"{host} has nothing at {asked}", "glomex schema")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimitedError(f"{host} is rate limiting requests", "try again later")
    reason = message_of(body) or "no reason given"
    if status in _REFUSED:
        return InvalidQueryError(f"Mux Data refused {asked}: {reason}", "glomex schema")
    return ServiceError(
        f"Mux Data failed at {asked} (status {status}): {reason}", "try again later"
    )


def without(secret: str, error: GlomexError) -> GlomexError:
    """Return the error with the secret blotted out, should the service have quoted it."""
    for part in filter(None, (secret, secret.partition(":")[2])):
        if part in error.message:
            error.message = error.message.replace(part, "***")
    return error


class PathQuestion(NamedTuple):
    """A path of the API and its parameters, in the order they are sent."""

    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    query: str = ""  # as a person typed it, before the parameters

    @property
    def target(self) -> str:
        """The path with its query; brackets, plus signs and the like are percent-encoded."""
        query = "&".join(filter(None, (self.query, urlencode(self.parameters))))
        return f"{self.path}?{query}" if query else self.path

    @property
    def name(self) -> str:
        """The end of the path, for people and observers: `views/timeseries`."""
        return "/".join(self.path.split("/")[-2:])

    def with_parameters(self, *more: tuple[str, str]) -> "PathQuestion":
        """Return the question with more parameters at its end."""
        return self._replace(parameters=(*self.parameters, *more))


class MuxClient:
    """Asks one endpoint, each time within what is left of one deadline. Threads may share it."""

    def __init__(
        self, http: HttpClient, deadline: Deadline, tell: Callable[[str], None], pace: Pace
    ) -> None:
        """Send over `http` at the `pace`; `tell` is called with why something is tried again."""
        self.host = http.endpoint.host
        self.tell = tell
        self._http = http
        self._deadline = deadline
        self._pace = pace

    def get(self, question: PathQuestion, token: Secret) -> dict[str, Json]:
        """Return the answer, an object; raise what any other answer means."""
        body = self.get_raw(question, token)
        if not isinstance(body, dict):
            raise ServiceError(f"{self.host} sent no object for {question.name}", "try again")
        return body

    def get_raw(self, question: PathQuestion, token: Secret) -> Json:
        """Return the whole answer as it is; raise only for failures."""
        try:
            return with_retries(lambda: self._get_once(question, token), self._deadline, self.tell)
        except GlomexError as error:
            raise without(token.reveal(), error) from None

    def head(self, question: PathQuestion, seconds: float) -> Head:
        """Return the head of an answer, whatever it is, asked without a token."""
        return self._http.get(
            question.name, question.target, _headers(None), Deadline(seconds)
        ).head

    def _get_once(self, question: PathQuestion, token: Secret) -> Json:
        with self._pace.turn(self._deadline):
            reply = self._http.get(question.name, question.target, _headers(token), self._deadline)
            failure = failure_of_head(reply.head, self.host, language=MUX_LANGUAGE)
            if isinstance(failure, RateLimitedError):
                self._pace.refused(failure.retry_after_s)
            if failure:
                raise failure
            body = _content(reply)
        if not is_success(reply.head):
            raise failure_of_refusal(reply.head.status, body, host=self.host, asked=question.name)
        return body


def _headers(token: Secret | None) -> dict[str, str]:
    headers = {
        "accept": "application/json",
        "accept-encoding": "gzip",
        "user-agent": "glomex-cli",
    }
    if token is not None:
        headers["authorization"] = _authorization(token.reveal())
    return headers


def _authorization(token: str) -> str:
    """Return the scheme of a token: an id and a secret are Basic (RFC 7617), else Bearer."""
    if ":" not in token:
        return f"Bearer {token}"
    return f"Basic {base64.b64encode(token.encode()).decode()}"


def _content(reply: Reply) -> Json:
    """Read the value of a body; None for a broken one under the status of a failure."""
    reader = JsonReader(reply.chunks, limit=_LARGEST_ANSWER)
    try:
        value = reader.value()
        reader.end()
    except (NetworkError, ServiceError):
        if is_success(reply.head):
            raise
        return None
    return value
