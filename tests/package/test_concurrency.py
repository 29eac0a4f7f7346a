"""Several calls at once: none lost, no more of them under way than allowed."""

import threading
import time
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.concurrency import Channel, Deadline, as_done


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


def test_calls_that_have_not_begun_are_dropped_when_the_caller_stops() -> None:
    begun, gate = list[int](), threading.Event()

    def call(number: int) -> int:
        begun.append(number)
        if number:
            assert gate.wait(10)
        return number

    outcomes = as_done([partial(call, number) for number in range(9)], at_once=1)
    assert next(outcomes) == (0, 0)
    outcomes.close()
    gate.set()
    assert begun in ([0], [0, 1])


def test_what_ends_a_program_ends_the_wait_too() -> None:
    def leave() -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit) as end:
        list(as_done([leave], at_once=1))
    assert end.value.code == 3


def test_items_arrive_in_order_and_none_once_time_is_up() -> None:
    channel = Channel[int](Deadline(30))
    assert [channel.put(number) for number in range(3)] == [True] * 3
    assert [channel.get() for _ in range(3)] == [0, 1, 2]
    late = Channel[int](Deadline(0))
    assert not late.put(1)
    with pytest.raises(TimeoutError):
        late.get()


def test_worker_does_not_wait_for_room_in_a_channel_that_is_closed() -> None:
    channel = Channel[int](Deadline(30), size=1)
    assert channel.put(1)
    timer = threading.Timer(0.05, channel.close)
    timer.start()
    began = time.monotonic()
    assert not channel.put(2)
    assert time.monotonic() - began < 10
