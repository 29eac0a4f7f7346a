"""The line of 2017 as the real program draws it, in a terminal and in a pipe, over HTTP."""

import os
import re
import shlex
import subprocess
import sys

import pytest

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
