"""Five requests a second for all that run at once, by a file they share."""

from pathlib import Path

from glomex_cli.concurrency import Deadline
from glomex_cli.services.mux.pace import PER_SECOND, Pace, open_pace


class _Stopped:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_free_and_the_rest_waits_its_turn(tmp_path: Path) -> None:
    clock = _Stopped()
    one, other = Pace(tmp_path / "pace", clock), Pace(tmp_path / "pace", clock)
    waits = [round(pace.reserve(), 3) for pace in (one, other) * 5]
    assert waits == [0, 0, 0, 0, 0, 0.2, 0.4, 0.6, 0.8, 1.0]
    clock.now += 10
    assert one.reserve() == 0


def test_over_a_long_time_no_more_than_five_a_second_go(tmp_path: Path) -> None:
    clock = _Stopped()
    pace = Pace(tmp_path / "pace", clock)
    sent = [clock.now + pace.reserve() for _ in range(60)]
    for start in sent:
        assert sum(start <= each < start + 1 for each in sent) <= 2 * PER_SECOND
    assert sent[-1] - sent[0] >= 11 - 1e-6


def test_a_plan_from_a_wrong_clock_or_a_broken_file_is_forgotten(tmp_path: Path) -> None:
    clock = _Stopped()
    file = tmp_path / "pace"
    for content in (b"99999999999", b"nonsense", b"\xff", b""):
        file.write_bytes(content)
        assert Pace(file, clock).reserve() == 0


def test_a_folder_that_cannot_be_made_costs_the_pace_and_not_the_report(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert open_pace(tmp_path / "file" / "folder", "https://a:443").reserve() == 0


def test_without_a_file_nothing_waits() -> None:
    pace = open_pace(None, "mux-sandbox:")
    for _ in range(100):
        pace.wait(Deadline(0))
    assert pace.reserve() == 0
