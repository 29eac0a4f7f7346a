"""Several calls at once: none lost, no more of them under way than allowed."""

import threading
import time
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.concurrency import as_done


@given(st.integers(0, 30), st.integers(1, 8))
def test_every_call_is_answered_once_under_its_index(count: int, at_once: int) -> None:
    calls = [partial(pow, number, 2) for number in range(count)]
    found = list(as_done(calls, at_once=at_once))
    assert sorted(found, key=lambda outcome: outcome[0]) == [(n, n * n) for n in range(count)]


@pytest.mark.parametrize("at_once", [1, 4])
def test_as_many_run_at_once_as_allowed_and_no_more(at_once: int) -> None:
    lock, under_way, most = threading.Lock(), 0, 0

    def work() -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.02)
        with lock:
            under_way -= 1

    list(as_done([work] * 12, at_once=at_once))
    assert most == at_once


def test_the_first_done_comes_first_and_does_not_wait_for_the_others() -> None:
    gate = threading.Event()

    def slow() -> str:
        assert gate.wait(10)
        return "slow"

    outcomes = as_done([slow, lambda: "fast"], at_once=2)
    assert next(outcomes) == (1, "fast")
    gate.set()
    assert next(outcomes) == (0, "slow")


def test_a_failure_is_handed_over_and_the_others_go_on() -> None:
    error = ValueError("x")

    def fail() -> int:
        raise error

    found = dict(as_done([fail, lambda: 1, fail, lambda: 2], at_once=1))
    assert found == {0: error, 1: 1, 2: error, 3: 2}
