"""A GraphQL answer: its rows, read while it arrives, or the failure that it means. No effects."""

import re
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import NamedTuple

from glomex_cli.errors import (
    GlomexError,
    InvalidQueryError,
    RateLimitedError,
    ServiceError,
    SessionExpiredError,
)
from glomex_cli.http.json_stream import JsonReader
from glomex_cli.http.request import Head
from glomex_cli.models import Json, Problem
from glomex_cli.services.graphql.errors import AnswerError, Fault, fault_of, parse_errors

_DAYS = re.compile(r"\b([0-9]{1,4})[ -]days?\b", re.IGNORECASE)
_RANGE = re.compile(r"\b(range|period|interval|days?|too long)\b", re.IGNORECASE)
_SHORTER = "try a shorter or an earlier range: --last 7d, or --from and --to"
_MOST_ERRORS = 1000


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
        """Whether the service is rate limiting requests."""
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
        return RateLimitedError(
            f"the service is rate limiting requests: {asked}", "try again later"
        )
    if answer.is_expired:
        return SessionExpiredError("the session has expired", "sign in again: glomex login")
    if not answer.errors:
        return ServiceError(f"the service sent an empty response to {asked}", "try again")
    first = answer.errors[0]
    if fault_of(first) is Fault.NO_RIGHT:
        return ServiceError(
            f"this account has no access to {asked}",
            "try --as publisher, --as content-owner, or another tenant",
        )
    if answer.is_invalid:
        return InvalidQueryError(
            f"{asked} does not match the schema of the service: {first.message}", "glomex schema"
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


class RowStream:
    """The rows of one report, as they arrive; `answer` is whole once they have been read.

    `beside` holds what stands beside the rows, and `others` counts the rows of reports that were
    not asked for, which are left out.
    """

    def __init__(self, reader: JsonReader, head: Head, operation: str) -> None:
        self.beside: dict[str, Json] = {}
        self.others = 0
        self._reader = reader
        self._head = head
        self._asked = operation
        self._errors: list[AnswerError] = []
        self._has_data = False

    def batches(self) -> Iterator[list[Json]]:
        """Yield the rows under `data` in lists, as they arrive."""
        for key in self._reader.members():
            if key == "errors":
                self._read_errors()
            elif key == "data" and self._reader.peek() == "{":
                for name in self._reader.members():
                    if name == self._asked:
                        yield from self._operation()
                    else:
                        self._skip_other()
            else:
                self._reader.value()
        self._reader.end()

    def _read_errors(self) -> None:
        """Keep the first errors: a service may send one for each of a million rows."""
        if self._reader.peek() != "[":
            self._errors += parse_errors(self._reader.value())
            return
        more = 0
        for entry in self._reader.elements():
            if len(self._errors) < _MOST_ERRORS:
                self._errors += parse_errors([entry])
            else:
                more += 1
        if more:
            self._errors += parse_errors([{"message": f"{more} more errors"}])

    @property
    def answer(self) -> Answer:
        """The answer around the rows: `data` is empty where rows came, None where none did."""
        data: dict[str, Json] | None = {} if self._has_data else None
        return Answer(self._head.status, self._head.headers.get("date", ""), data, self._errors)

    def _operation(self) -> Iterator[list[Json]]:
        """Read a report: an object with `rows`, or the bare list that one page documents."""
        opening = self._reader.peek()
        if opening == "{":
            for key in self._reader.members():
                if key == "rows" and self._reader.peek() == "[":
                    yield from self._list()
                else:
                    self.beside[key] = self._reader.value()
        elif opening == "[":
            yield from self._list()
        else:
            self._reader.value()

    def _list(self) -> Iterator[list[Json]]:
        self._has_data = True
        return self._reader.batches()

    def _skip_other(self) -> None:
        """Read past a report of another name, and count its rows."""
        opening = self._reader.peek()
        if opening == "{":
            for key in self._reader.members():
                if key == "rows" and self._reader.peek() == "[":
                    self.others += sum(map(len, self._reader.batches()))
                else:
                    self._reader.value()
        elif opening == "[":
            self.others += sum(map(len, self._reader.batches()))
        else:
            self._reader.value()
