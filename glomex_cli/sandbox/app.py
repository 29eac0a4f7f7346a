"""The sandbox as a WSGI application: GraphQL by POST, a page for browsers by GET.

Its options are set in code or by the environment.
"""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from glomex_cli.sandbox.errors import HTTPRefusedError
from glomex_cli.sandbox.request import read_request, wants_page
from glomex_cli.sandbox.response import Reply, accepted_type, answer_reply, refusal_reply, send

if TYPE_CHECKING:
    from glomex_cli.sandbox.execution import Executor

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})
PATH = "/v1"
LONGEST_LIFE_S = 1_000_000_000  # some 31 years
LONGEST_DELAY_S = 86_400


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """What differs from the service as documented; the defaults differ in nothing.

    `token_life_s` and `challenge_life_s` are whole seconds, as in a token; 0 is expired at birth.
    `delay_s` is waited before every GraphQL answer. `exclusive_to` reads `to` as the day after
    the last. `schema_text` serves another SDL: fields are bound by name, what it lacks is left
    out, and custom scalars pass through as they are. `compress` allows gzip.
    `most_work` bounds a request, counted in fields of an answer: one report of every field, video
    and day fits in.
    """

    token_life_s: int = 3600
    challenge_life_s: int = 180
    delay_s: float = 0.0
    introspection: bool = True
    exclusive_to: bool = False
    schema_text: str | None = None
    compress: bool = True
    most_work: int = 8_000_000

    def __post_init__(self) -> None:
        """Raise ValueError for what cannot be waited or written into a token."""
        lives = (self.token_life_s, self.challenge_life_s)
        if not all(0 <= life <= LONGEST_LIFE_S for life in lives):
            raise ValueError(f"a life must be from 0 to {LONGEST_LIFE_S} seconds")
        if not 0 <= self.delay_s <= LONGEST_DELAY_S:  # NaN is refused, too
            raise ValueError(f"a delay must be from 0 to {LONGEST_DELAY_S} seconds")


def options_from(environ: Mapping[str, str]) -> SandboxOptions:
    """Read the variables `GLOMEX_SANDBOX_…`; an empty one counts as not set.

    Raises ValueError naming the variable when its value makes no sense.

    >>> options_from({"GLOMEX_SANDBOX_TOKEN_LIFE": "5"}).token_life_s
    5
    """
    standard = SandboxOptions()
    return SandboxOptions(
        token_life_s=int(_seconds(environ, "TOKEN_LIFE", standard.token_life_s, LONGEST_LIFE_S)),
        challenge_life_s=int(
            _seconds(environ, "CHALLENGE_LIFE", standard.challenge_life_s, LONGEST_LIFE_S)
        ),
        delay_s=_seconds(environ, "DELAY", standard.delay_s, LONGEST_DELAY_S),
        introspection=_is_on(environ, "INTROSPECTION", default=standard.introspection),
        exclusive_to=_is_on(environ, "EXCLUSIVE_TO", default=standard.exclusive_to),
    )


def _seconds(environ: Mapping[str, str], name: str, default: float, most: int) -> float:
    text = environ.get(f"GLOMEX_SANDBOX_{name}", "")
    if not text:
        return default
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= most:
        raise ValueError(f"GLOMEX_SANDBOX_{name} must be a number of seconds, from 0 to {most}")
    return seconds


def _is_on(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environ.get(f"GLOMEX_SANDBOX_{name}", "").lower()
    if not text:
        return default
    if text not in _YES | _NO:
        raise ValueError(f"GLOMEX_SANDBOX_{name} must be 1 or 0")
    return text in _YES


_AS_DOCUMENTED = SandboxOptions()


def utc_now() -> datetime:
    """Return the time of the system's clock, with its zone."""
    return datetime.now(UTC)


def create_app(
    options: SandboxOptions = _AS_DOCUMENTED, now: Callable[[], datetime] = utc_now
) -> WSGIApplication:
    """Create a sandbox that answers at `/v1`, with a memory of its own for used codes.

    `now` must return times with a zone: it decides what is today, what has expired and which MFA
    code is right.
    """
    # graphql-core takes some 100 ms to import, which only users of a sandbox should wait for.
    from glomex_cli.sandbox.execution import Executor
    from glomex_cli.sandbox.resolvers import Resolvers

    return _Sandbox(options, now, Executor(Resolvers(options, now)))


@dataclass(frozen=True, slots=True)
class _Sandbox:
    options: SandboxOptions
    now: Callable[[], datetime]
    executor: "Executor"

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        try:
            reply = self._reply(environ)
        except HTTPRefusedError as refusal:
            reply = refusal_reply(refusal)
        except Exception:  # noqa: BLE001 - a client that is being tested must get an answer
            fault = HTTPStatus.INTERNAL_SERVER_ERROR
            reply = refusal_reply(HTTPRefusedError(fault, "unexpected error"))
        return send(reply, environ, start_response, now=self.now(), compress=self.options.compress)

    def _reply(self, environ: WSGIEnvironment) -> Reply:
        path = environ.get("PATH_INFO", "").rstrip("/")
        if not path and wants_page(environ):
            return Reply(HTTPStatus.FOUND, "text/plain", b"", (("Location", PATH),))
        if path != PATH:
            raise HTTPRefusedError(HTTPStatus.NOT_FOUND, f"the sandbox answers at {PATH}")
        if environ["REQUEST_METHOD"] == "POST":
            return self._answer(environ)
        if wants_page(environ):
            return self._page()
        raise HTTPRefusedError(
            HTTPStatus.METHOD_NOT_ALLOWED, "send a GraphQL request by POST", allow="GET, POST"
        )

    def _answer(self, environ: WSGIEnvironment) -> Reply:
        content_type = accepted_type(environ.get("HTTP_ACCEPT", ""))
        request = read_request(environ)
        time.sleep(self.options.delay_s)
        answer = self.executor.answer(request, authorization=environ.get("HTTP_AUTHORIZATION"))
        return answer_reply(answer, content_type)

    def _page(self) -> Reply:
        from glomex_cli.sandbox.page import page_of, page_reply

        return page_reply(page_of(self.executor.schema))
