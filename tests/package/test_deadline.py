"""A deadline is kept whatever hangs, and what came in time comes through unchanged."""

import threading
import time

import pytest

from glomex_cli.concurrency import Deadline, call_within


def test_time_left_runs_down_to_zero_and_no_further() -> None:
    deadline = Deadline(0.05)
    assert 0 < deadline.left_s() <= 0.05
    time.sleep(0.06)
    assert deadline.left_s() == 0
    assert deadline.seconds == 0.05


def test_wait_ends_with_the_deadline() -> None:
    began = time.monotonic()
    Deadline(0.05).wait(5)
    Deadline(5).wait(0.05)
    assert 0.09 < time.monotonic() - began < 4


@pytest.mark.parametrize("value", [None, 42, [], ValueError("kept, not raised")])
def test_result_comes_back(value: object) -> None:
    assert call_within(Deadline(5), lambda: value) is value


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt(), SystemExit(3)])
def test_error_comes_back(error: BaseException) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        call_within(Deadline(5), fail)
    assert caught.value is error


def test_what_hangs_is_left_behind_in_time() -> None:
    released = threading.Event()
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        call_within(Deadline(0.1), released.wait)
    assert time.monotonic() - began < 20
    released.set()


def test_deadline_that_is_over_is_over_at_once() -> None:
    released = threading.Event()
    with pytest.raises(TimeoutError):
        call_within(Deadline(0), released.wait)
    released.set()


def test_pauses_of_several_threads_stop_the_clock_once() -> None:
    deadline = Deadline(30)
    with deadline.paused():
        before = deadline.left_s()
        with deadline.paused():
            time.sleep(0.1)
        assert deadline.left_s() == before
        time.sleep(0.1)
        assert deadline.left_s() == before
    assert 0 <= before - deadline.left_s() < 0.1


def test_a_restart_in_a_pause_begins_with_all_the_seconds() -> None:
    deadline = Deadline(30)
    time.sleep(0.05)
    with deadline.paused():
        deadline.restart()
    assert 29.9 < deadline.left_s() <= 30.1
