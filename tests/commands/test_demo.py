"""`glomex demo`: the tour as a stranger first sees it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.cli import Glomex
from support.programs import GLOMEX
from support.terminals.terminal import ended, terminal

pytestmark = pytest.mark.process

ORDER = (
    "glomex sparkline time_to_first_frame --last 24h",
    "glomex login",
    "MFA code: ",
    "glomex report --dimension day",
    "glomex sparkline video_views",
    "glomex plot",
)


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Run the tour as a process of its own, in an empty home, with the person's own settings."""
    home = tmp_path_factory.mktemp("home")
    return subprocess.run(
        [sys.executable, "-m", "glomex_cli", "demo"],
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
        env={"HOME": str(home), "PATH": "", "GLOMEX_TOKEN": "mine", "GLOMEX_ENDPOINT": "http://x"},
    )


def test_the_tour_signs_in_reports_and_draws(tour: subprocess.CompletedProcess[str]) -> None:
    assert tour.returncode == 0, tour.stderr
    places = [tour.stdout.index(step) for step in ORDER]
    assert places == sorted(places)
    assert "signed in to sandbox as demo@glomex.example" in tour.stderr
    chart, following = tour.stdout.rsplit("└", 1)
    assert "glomex plot" in chart
    assert following.splitlines()[2:] == [
        "",
        "# Go on without an account:",
        "$ GLOMEX_ENDPOINT=sandbox glomex report --dimension channel",
        "",
        "# Or with your own:",
        "$ glomex login",
        "$ glomex report --dimension day",
        "",
        "# Every command has examples:",
        "$ glomex report --help",
    ]


def test_in_one_file_all_is_in_the_order_of_time(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "glomex_cli", "demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
        env={"HOME": str(tmp_path), "PATH": ""},
    )
    places = [
        done.stdout.index(text) for text in ("$ glomex login", "signed in", "$ glomex status")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("ci", ["", "true"])
def test_on_a_terminal_it_is_in_color_and_pauses_but_for_a_machine(tmp_path: Path, ci: str) -> None:
    environ = {"HOME": str(tmp_path), "PATH": "", "TERM": "xterm-256color", "CI": ci}
    with terminal(f"{GLOMEX} demo", environ) as child:
        child.expect_exact("$\x1b[0m \x1b[1mglomex login\x1b[0m")
        began = time.monotonic()
        child.expect_exact("\x1b[1mglomex report --dimension day")
        seconds = time.monotonic() - began
        child.sendintr()
        assert ended(child) == 130
    # Two steps, login and status: each has a pause of two seconds, and half of one before.
    assert (seconds >= 6) == (not ci)


def test_the_tour_is_for_the_eye_even_in_a_pipe(tour: subprocess.CompletedProcess[str]) -> None:
    assert "video_views  ad_impressions" in tour.stdout
    assert "\x1b" not in tour.stdout


def test_the_tour_shows_no_password_and_leaves_nothing(
    tour: subprocess.CompletedProcess[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert "sandbox-only" not in tour.stdout + tour.stderr
    assert list(Path(str(tmp_path_factory.getbasetemp())).glob("home*/*")) == []


def test_every_command_of_the_tour_fits_80_columns(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = cli("demo")
    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 80
