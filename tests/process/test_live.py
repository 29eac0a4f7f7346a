"""Pictures that move: `--watch` and `--follow` in a real terminal and in pipes."""

import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

import pexpect
import pyte
import pytest

from glomex_cli.sandbox.app import create_app
from glomex_cli.sandbox.server import serve
from support.cli import Glomex
from support.servers.gateway import Gateway, Refusal
from support.servers.service import PASSWORD, ROBOT, TENANT, Service
from support.terminals.terminal import terminal

GLOMEX = f"{sys.executable} -m glomex_cli"
MAY = "--from 2025-05-01 --to 2025-05-20"


def screen_of(text: str) -> list[str]:
    """Return what a terminal of 80 columns shows of `text`."""
    screen: Any = pyte.Screen(80, 24)
    stream: Any = pyte.Stream(screen)
    stream.feed(text)
    return [line.rstrip() for line in screen.display if line.strip()]


def read_for(child: Any, seconds: float) -> str:
    """Read all that comes within `seconds`."""
    text = ""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            text += child.read_nonblocking(4096, timeout=0.1)
        except pexpect.TIMEOUT:
            continue
        except pexpect.EOF:
            break
    return text


def test_watch_redraws_in_place_without_clearing_and_ends_at_ctrl_c(signed_in: Service) -> None:
    with terminal(f"{GLOMEX} sparkline video_views {MAY} --watch 1") as child:
        text = read_for(child, 4)
        child.sendintr()
        text += read_for(child, 2)
        child.close()
        assert child.exitstatus == 130
    assert text.count("\x1b[2F") >= 2
    assert "\x1b[2J" not in text
    shown = screen_of(text)
    assert [line.startswith("video_views ") for line in shown].count(True) == 1


def test_watch_survives_a_failed_round_and_keeps_the_last_picture(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway = Gateway(create_app())
    with serve(gateway) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        cli("login", answers=[ROBOT, TENANT, PASSWORD])
        with terminal(f"{GLOMEX} sparkline video_views {MAY} --watch 1 --timeout 1") as child:
            text = read_for(child, 2)
            gateway.refuse = lambda _: Refusal(retry_after="60")
            text += read_for(child, 2)
            gateway.refuse = lambda _: None
            text += read_for(child, 2)
            child.sendintr()
    assert "this round failed, the picture is the last one: " in text
    assert text.rindex("video_views") > text.rindex("this round failed")


def test_by_draws_the_largest_first_and_no_more_than_asked(cli: Glomex, signed_in: Service) -> None:
    argv = ["sparkline", "video_views", "--by", "channel", "--top", "3", *MAY.split()]
    lines = cli(*argv, "--labels").out.splitlines()
    named = [line.split()[0] for line in lines if line.startswith("c-")]
    rows = cli("report", "-d", "channel", "-m", "video_views", *MAY.split(), "-f", "csv").out
    assert named == re.findall(r"^(c-\w+),", rows, re.MULTILINE)[:3]


def test_follow_redraws_one_line_as_numbers_come() -> None:
    slow = "for n in 1 5 22 13 53; do echo $n; sleep 0.2; done"
    with terminal(f"sh -c '({slow}) | {GLOMEX} sparkline --follow --no-labels'") as child:
        text = read_for(child, 4)
    assert text.count("\r") >= 3
    assert screen_of(text) == ["▁▂▄▃█"]


def test_follow_into_a_pipe_gives_a_line_per_update_and_the_first_at_once() -> None:
    command = [*GLOMEX.split(), "sparkline", "--follow"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("1\n")
        process.stdin.flush()
        assert process.stdout.readline() == "▄\n"
        process.stdin.write("5\n")
        process.stdin.close()
        assert process.stdout.read() == "▁█\n"
    assert process.returncode == 0


def test_follow_ends_at_ctrl_c_with_a_whole_line() -> None:
    with terminal(f"sh -c '(echo 1; echo 2; sleep 30) | {GLOMEX} sparkline --follow'") as child:
        text = read_for(child, 1.5)
        child.sendintr()
        text += read_for(child, 1)
    assert text.endswith("\r\n")


def test_watch_over_midnight_moves_on_with_the_days(cli: Glomex, gateway: Gateway) -> None:
    began = time.monotonic()

    def now() -> datetime:
        passed = time.monotonic() - began
        if passed > 1.5:
            raise KeyboardInterrupt
        return datetime(2025, 6, 10 if passed < 0.75 else 11, 12, tzinfo=UTC)

    cli.now = now
    done = cli("sparkline", "video_views", "--last", "3d", "--labels", "--watch", "1")
    assert done.code == 130
    assert re.findall(r"2025-06-\d\d", done.out) == [
        f"2025-06-{day}" for day in ("07", "09", "08", "10")
    ]
