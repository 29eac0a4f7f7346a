"""A GraphQL answer, and the failure that it means where it holds no data. No effects."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import NamedTuple

from glomex_cli.errors import (
    GlomexError,
    InvalidQueryError,
    RateLimitedError,
    ServiceError,
    SessionExpiredError,
)
from glomex_cli.models import Json, Problem
from glomex_cli.services.graphql.errors import AnswerError, Fault, fault_of

_DAYS = re.compile(r"\b([0-9]{1,4})[ -]days?\b", re.IGNORECASE)
_RANGE = re.compile(r"\b(range|period|interval|days?|too long)\b", re.IGNORECASE)
_SHORTER = "try a shorter or an earlier range: --last 7d, or --from and --to"


class Answer(NamedTuple):
    """A whole answer. `data` is None both when it is null and when there is none.

    `date` is the service's own clock, as it wrote it into the header; `body` is the answer as
    it came, where it was read whole.
    """

    status: int
    date: str
    data: dict[str, Json] | None
    errors: Sequence[AnswerError]
    body: Json = None

    @property
    def is_expired(self) -> bool:
        """Whether the service no longer takes the token."""
        return self.status == HTTPStatus.UNAUTHORIZED or self._has(Fault.ENDED)

    @property
    def is_invalid(self) -> bool:
        """Whether the query was refused before it ran, as not fitting the schema."""
        return self.data is None and self._has(Fault.INVALID)

    @property
    def is_limited(self) -> bool:
        """Whether the service asks to slow down."""
        return self.data is None and self._has(Fault.LIMITED)

    @property
    def has_failed(self) -> bool:
        """Whether something broke in the service."""
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR or self._has(Fault.FAILED)

    def _has(self, fault: Fault) -> bool:
        return any(fault_of(error) is fault for error in self.errors)


def problem_of(error: AnswerError) -> Problem:
    """Return `error` as the problem that is shown beside partial data."""
    return Problem(error.message, error.path)


def failure_of(answer: Answer, asked: str) -> GlomexError:
    """Return the failure that `answer`, which holds no data, means; `asked` names the request."""
    if answer.is_limited:
        return RateLimitedError(f"the service asks to slow down: {asked}", "try again later")
    if answer.is_expired:
        return SessionExpiredError("the session has ended", "sign in again: glomex login")
    if not answer.errors:
        return ServiceError(f"the service answered {asked} with nothing", "try again")
    first = answer.errors[0]
    if fault_of(first) is Fault.NO_RIGHT:
        return ServiceError(
            f"this account may not ask for {asked}",
            "try the other kind with --as publisher or --as content-owner, or another tenant",
        )
    if answer.is_invalid:
        return InvalidQueryError(
            f"{asked} does not fit the service's schema: {first.message}", "glomex schema"
        )
    return _executed_failure(answer, asked)


def _executed_failure(answer: Answer, asked: str) -> ServiceError:
    words = answer.errors[0].message
    if answer.has_failed:
        return ServiceError(f"the service failed at {asked}: {words}", "try again later")
    refusal = ServiceError(f"the service refused {asked}: {words}", _SHORTER)
    named = [int(days) for days in _DAYS.findall(words)]
    refusal.is_refusal = True
    refusal.is_of_range = _RANGE.search(words) is not None
    refusal.longest_days = min((days for days in named if days), default=None)
    return refusal
