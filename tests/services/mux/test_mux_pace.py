"""Five requests a second and four at once, for all that run at the time, by a file they share."""

import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from glomex_cli.concurrency import Deadline
from glomex_cli.errors import RateLimitedError
from glomex_cli.services.mux.pace import AT_ONCE, PER_SECOND, Pace, open_pace


class _Stopped:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class _Commands:
    """Two commands that share a file, and answers that take some time by a stopped clock."""

    def __init__(self, folder: Path) -> None:
        self.clock = _Stopped()
        self.paces = [Pace(folder / "pace", self.clock) for _ in range(2)]
        self.begun: list[float] = []

    def ask(self, count: int, *, seconds: float = 0.0) -> None:
        """Send one request after the other, as soon as there is a place."""
        for number in range(count):
            with self.paces[number % 2].turn(_Patient(self.clock)):
                self.begun.append(self.clock.now)
                self.clock.now += seconds


class _Patient(Deadline):
    """Moves a stopped clock instead of sleeping."""

    def __init__(self, clock: _Stopped) -> None:
        super().__init__(1e6)
        self._clock = clock

    def wait(self, seconds: float) -> None:
        self._clock.now += seconds


@pytest.fixture
def commands(tmp_path: Path) -> _Commands:
    return _Commands(tmp_path)


def test_five_go_at_once_and_the_next_a_second_after_the_first_answer(commands: _Commands) -> None:
    commands.ask(11)
    assert commands.begun == [1000.0] * 5 + [1001.0] * 5 + [1002.0]
    commands.clock.now += 10
    commands.ask(1)
    assert commands.begun[-1] == 1012


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.3, 2.0])
def test_in_any_second_no_more_than_five_can_have_arrived(
    commands: _Commands, seconds: float
) -> None:
    commands.ask(40, seconds=seconds)
    for first, sixth in zip(commands.begun, commands.begun[PER_SECOND:], strict=False):
        assert sixth - (first + seconds) >= 1 - 1e-6  # the first may have arrived at its end


def test_four_are_under_way_at_most(tmp_path: Path) -> None:
    paces = [Pace(tmp_path / "pace") for _ in range(3)]
    with ExitStack() as held:
        for number in range(AT_ONCE):
            held.enter_context(paces[number % 3].turn(Deadline(1)))
        wait_s, place = paces[0].take()
        assert wait_s > 0
        assert place is None
    with paces[0].turn(Deadline(3)):
        pass  # those that ended left a place


def test_a_command_that_was_killed_keeps_no_place_for_long(tmp_path: Path) -> None:
    clock = _Stopped()
    pace = Pace(tmp_path / "pace", clock)
    assert [pace.take() for _ in range(AT_ONCE)] == [(0.0, number) for number in range(AT_ONCE)]
    assert pace.take()[1] is None
    clock.now += 7
    assert pace.take()[0] == 0


def test_after_a_refusal_all_wait_and_then_go_one_at_a_time(commands: _Commands) -> None:
    commands.ask(2)
    for pace in commands.paces * 2:  # four requests are refused in one moment
        pace.refused(3.0)
    assert commands.paces[1].take() == (3.0, None)
    commands.ask(4, seconds=0.5)
    assert commands.begun[2:] == [1003.0, 1006.5, 1010.0, 1013.5]
    commands.clock.now += 60
    commands.begun.clear()
    commands.ask(6)
    assert len(set(commands.begun)) == 2


def test_one_that_is_under_way_after_a_refusal_is_waited_for(commands: _Commands) -> None:
    one, other = commands.paces
    one.refused(1.0)
    commands.clock.now += 1
    with one.turn(Deadline(1)):
        assert other.take()[1] is None


def test_refused_again_the_pace_is_halved(commands: _Commands) -> None:
    pace = commands.paces[0]
    gaps: list[float] = []
    for _ in range(5):
        pace.refused(2.0)
        commands.clock.now += 2
        commands.ask(1)
        gaps.append(pace.take()[0])
    assert gaps == [2, 4, 8, 10, 10]


def test_a_turn_beyond_the_deadline_is_refused_at_once(tmp_path: Path) -> None:
    pace = Pace(tmp_path / "pace")
    pace.refused(None)
    with (
        pytest.raises(RateLimitedError, match="too short to wait") as failed,
        pace.turn(Deadline(0.5)),
    ):
        pass
    assert failed.value.retry_after_s


def test_threads_share_the_places(tmp_path: Path) -> None:
    pace = Pace(tmp_path / "pace")
    running, most = 0, 0
    lock = threading.Lock()

    def ask() -> None:
        nonlocal running, most
        with pace.turn(Deadline(20)):
            with lock:
                running += 1
                most = max(most, running)
            with lock:
                running -= 1

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= most <= AT_ONCE


def test_a_plan_from_a_wrong_clock_or_a_broken_file_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "pace"
    right = b"1000 1000 1000 1000 1000 0 0 0"
    broken = (b"99999999999", b"nonsense", b"\xff", b"", b"nan " * 8, b"99999999999 " * 8)
    for content in (*broken, right + b" 0", right.replace(b"0 0 0", b"0 nan 0 0", 1)):
        file.write_bytes(content)
        assert Pace(file, _Stopped()).take() == (0.0, 0)
    file.write_bytes(right)
    assert Pace(file, _Stopped()).take() == (1.0, None)


def test_a_folder_that_cannot_be_made_costs_the_pace_and_not_the_report(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert open_pace(tmp_path / "file" / "folder", "https://a:443").take() == (0.0, None)


def test_without_a_file_nothing_waits() -> None:
    pace = open_pace(None, "mux-sandbox:")
    for _ in range(100):
        with pace.turn(Deadline(0)):
            pass
    pace.refused(10)
    assert pace.take() == (0.0, None)
