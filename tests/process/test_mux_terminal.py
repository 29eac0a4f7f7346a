"""The line of 2017 as the real program draws it, in a terminal and in a pipe, over HTTP."""

import os
import re
import shlex
import subprocess
import sys

import pytest

from glomex_cli.sandbox.mux.scope import MuxOptions
from support.servers.mux_service import TOKEN_ID, TOKEN_SECRET, MuxServed, serving_mux
from support.terminals.terminal import answer, ended, hides, terminal

pytestmark = pytest.mark.process

GLOMEX = f"{shlex.quote(sys.executable)} -m glomex_cli"
LINE = "sparkline time_to_first_frame --last 24h --service mux --labels"
PICTURE = re.compile(r"^time_to_first_frame [▁▂▃▄▅▆▇█ ]{8,}  .*%", re.MULTILINE)


def around(mux: MuxServed) -> dict[str, str]:
    """Return the environment in which the line is typed: the token, and where to ask."""
    token = {"MUX_TOKEN_ID": TOKEN_ID, "MUX_TOKEN_SECRET": TOKEN_SECRET}
    return {**os.environ, **token, "GLOMEX_ENDPOINT": mux.url}


def test_the_line_of_2017_in_a_pipe() -> None:
    with serving_mux() as mux:
        done = subprocess.run(
            ["sh", "-c", f"{GLOMEX} {LINE} | cat"],
            env=around(mux),
            capture_output=True,
            text=True,
            check=True,
        )
    assert PICTURE.search(done.stdout), done.stdout
    assert "\x1b" not in done.stdout
    assert mux.app.paths() == ["video_startup_time/timeseries"]


def test_the_line_of_2017_in_a_terminal() -> None:
    with serving_mux() as mux, terminal(f"{GLOMEX} {LINE}", around(mux)) as child:
        assert ended(child) == 0
        assert "time_to_first_frame is called video_startup_time" in child.before
        assert re.search("[▁▂▃▄▅▆▇█]{8}", child.before)
        assert "UTC" in child.before


def test_days_of_utc_are_said_to_be_so_on_a_terminal() -> None:
    line = "report -d country -m views --last 2d --limit 3 --service mux"
    with serving_mux() as mux, terminal(f"{GLOMEX} {line}", around(mux)) as child:
        assert ended(child) == 0
        assert " (2 days, UTC)" in child.before
        assert len(mux.app.heard) == 1


def test_the_secret_of_a_token_is_typed_unseen() -> None:
    with serving_mux() as mux:
        environ = {**os.environ, "GLOMEX_ENDPOINT": mux.url}
        with terminal(f"{GLOMEX} login --service mux", environ) as child:
            answer(child, "Token id", TOKEN_ID)
            child.expect_exact("Token secret: ")
            assert hides(child)
            child.sendline(TOKEN_SECRET)
            assert ended(child) == 0
            assert TOKEN_SECRET not in child.before
            assert "environment Sandbox" in child.before


@pytest.mark.parametrize("command", ["report -d day", "plot"])
def test_the_days_that_are_compared_with_are_said_to_be_those_of_utc(command: str) -> None:
    line = f"{command} --last 3d --compare previous --service mux --endpoint mux-sandbox"
    with terminal(f"{GLOMEX} {line}", dict(os.environ)) as child:
        assert ended(child) == 0
        assert re.search(r"compared with \S+ to \S+ \(3 days, UTC\)", child.before)


def started(mux: MuxServed, count: int, *argv: str) -> list[tuple[int, str]]:
    """Run the program so often at the same time; return exit code and stderr of each."""
    program = [sys.executable, "-m", "glomex_cli", "report", "--service", "mux", *argv]
    running = [
        subprocess.Popen(
            program, env=around(mux), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for _ in range(count)
    ]
    said = [child.communicate()[1] for child in running]
    return [(child.returncode, text) for child, text in zip(running, said, strict=True)]


def test_eight_commands_at_once_are_never_asked_to_slow_down() -> None:
    argv = ("-d", "none", "-m", "views,video_startup_time,seek_latency", "--timeout", "120")
    with serving_mux(MuxOptions(throttle=5)) as mux:
        assert started(mux, 8, *argv) == [(0, "")] * 8
        assert len(mux.app.heard) == 24  # none was refused and asked again


def test_commands_that_are_asked_to_slow_down_all_come_through() -> None:
    argv = ("-d", "none", "-m", "views,video_startup_time,seek_latency,rebuffer_count")
    with serving_mux(MuxOptions(throttle=1)) as mux:
        codes = [code for code, _ in started(mux, 2, *argv, "--timeout", "120")]
        assert codes == [0, 0]
        assert len(mux.app.heard) <= 8 + 4  # the four of the first moment, at most, ask twice
