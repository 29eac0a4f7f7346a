"""Queries are tried again, at most twice and within the deadline; a sign-in never is."""

from collections.abc import Callable

import pytest

from glomex_cli.concurrency import Deadline
from glomex_cli.errors import (
    GlomexError,
    NetworkError,
    NotConnectedError,
    RateLimitedError,
    ServiceError,
    SessionExpiredError,
    UnavailableError,
)
from glomex_cli.http.retries import with_retries


def failing(error: GlomexError, *, times: int) -> tuple[Callable[[], str], list[None]]:
    """Return a call that raises `error` so often, and the list of its calls."""
    calls: list[None] = []

    def call() -> str:
        calls.append(None)
        if len(calls) <= times:
            raise error
        return "done"

    return call, calls


@pytest.mark.parametrize("kind", [NotConnectedError, RateLimitedError, UnavailableError])
@pytest.mark.parametrize("times", [1, 2])
def test_what_cannot_have_been_answered_is_tried_three_times(
    kind: type[GlomexError], times: int
) -> None:
    error = kind("no luck")
    error.retry_after_s = 0
    call, calls = failing(error, times=times)
    told: list[str] = []
    assert with_retries(call, Deadline(5), told.append) == "done"
    assert len(calls) == times + 1
    assert told == ["no luck: trying again in 0 s"] * times


@pytest.mark.parametrize("kind", [NotConnectedError, RateLimitedError, UnavailableError])
def test_the_third_failure_is_the_last(kind: type[GlomexError]) -> None:
    error = kind("no luck")
    error.retry_after_s = 0
    call, calls = failing(error, times=9)
    with pytest.raises(kind):
        with_retries(call, Deadline(5), lambda _: None)
    assert len(calls) == 3


@pytest.mark.parametrize("kind", [NetworkError, ServiceError, SessionExpiredError])
def test_other_failures_are_not_tried_again(kind: type[GlomexError]) -> None:
    call, calls = failing(kind("no luck"), times=1)
    with pytest.raises(kind):
        with_retries(call, Deadline(5), lambda _: None)
    assert len(calls) == 1


def test_a_wait_that_outlasts_the_deadline_is_not_begun() -> None:
    error = RateLimitedError("slow down")
    error.retry_after_s = 60
    call, calls = failing(error, times=1)
    told: list[str] = []
    deadline = Deadline(5)
    with pytest.raises(RateLimitedError):
        with_retries(call, deadline, told.append)
    assert (len(calls), told) == (1, [])
    assert deadline.left_s() > 4


def test_without_word_from_the_service_half_a_second_passes() -> None:
    call, _ = failing(UnavailableError("down"), times=1)
    deadline = Deadline(5)
    with_retries(call, deadline, lambda _: None)
    assert 3.5 < deadline.left_s() < 4.51
