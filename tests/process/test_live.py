"""Pictures that move: `--watch` and `--follow` in a real terminal and in pipes."""

import re
import signal
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pexpect
import pyte
import pytest

from glomex_cli.sandbox.app import create_app
from glomex_cli.sandbox.server import serve
from support.answered import DAYS, answer
from support.cli import Glomex
from support.programs import GLOMEX, GLOMEX_ARGV
from support.servers.gateway import Gateway, Refusal, robot_token
from support.servers.service import PASSWORD, ROBOT, TENANT, Service
from support.terminals.terminal import terminal
from support.zones import local_time

MAY = "--from 2025-05-01 --to 2025-05-20"
UPDATED = re.compile(r"updated \d\d:\d\d:\d\d")
_PATIENCE_S = 30.0
_PAUSE_S = 0.3


class TmuxScreen(pyte.Screen):
    """A screen that keeps what it holds when ED erases all of it, as the history of tmux does."""

    copies = 0

    def erase_in_display(self, how: int = 0, *rest: Any, **more: Any) -> None:
        """Erase, and count a copy where the cursor is in the corner and something is shown."""
        is_all = how == 2 or (how == 0 and (self.cursor.x, self.cursor.y) == (0, 0))
        self.copies += is_all and any(line.strip() for line in self.display)
        super().erase_in_display(how, *rest, **more)


class Display:
    """A terminal that shows what a child writes, and can be resized with it."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self._screen: Any = TmuxScreen(columns, rows)
        self._stream: Any = pyte.Stream(self._screen)

    def feed(self, text: str) -> None:
        """Show what was written."""
        self._stream.feed(text)

    def resize(self, child: Any, columns: int, rows: int = 24) -> None:
        """Give the terminal of `child` another size."""
        self._screen.resize(rows, columns)
        child.setwinsize(rows, columns)

    @property
    def copies(self) -> int:
        """How many pictures have gone into the history of the terminal."""
        return int(self._screen.copies)

    @property
    def lines(self) -> list[str]:
        """What can be seen, without blank lines."""
        return [line.rstrip() for line in self._screen.display if line.strip()]


def screen_of(text: str) -> list[str]:
    """Return what a terminal of 80 columns shows of `text`."""
    display = Display()
    display.feed(text)
    return display.lines


def piece_of(child: Any, *, within_s: float) -> str | None:
    """Read a piece of what comes; return "" at the end, and None where nothing comes in time."""
    try:
        return str(child.read_nonblocking(4096, timeout=within_s))
    except pexpect.TIMEOUT:
        return None
    except pexpect.EOF:
        return ""


def read_until(child: Any, is_enough: Callable[[str], bool]) -> str:
    """Read what comes until it is enough, which it has to be before the end and within moments."""
    text = ""
    while not is_enough(text):
        piece = piece_of(child, within_s=_PATIENCE_S)
        assert piece, f"no more came after {text!r}"
        text += piece
    return text


def read_picture(child: Any) -> str:
    """Read what comes next, up to a pause."""
    text = piece_of(child, within_s=_PATIENCE_S)
    assert text, "nothing came"
    while piece := piece_of(child, within_s=_PAUSE_S):
        text += piece
    return text


def read_to_the_end(child: Any) -> str:
    """Read what comes until the child ends."""
    text = ""
    while piece := piece_of(child, within_s=_PATIENCE_S):
        text += piece
    return text


def test_watch_redraws_in_place_without_clearing_and_ends_at_ctrl_c(signed_in: Service) -> None:
    with terminal(f"{GLOMEX} sparkline video_views {MAY} --watch 1") as child:
        text = read_until(child, lambda seen: len(UPDATED.findall(seen)) == 3)
        child.sendintr()
        text += read_to_the_end(child)
        child.close()
        assert child.exitstatus == 130
    assert text.count("video_views ") >= 3
    assert "\x1b[2J" not in text
    display = Display()
    display.feed(
        text[text.index("video_views ") :]
    )  # as after `clear`: the picture is in the corner
    assert display.copies == 0
    shown = screen_of(text)
    assert [line.startswith("video_views ") for line in shown].count(True) == 1
    assert UPDATED.fullmatch(shown[-1])
    assert "^C" not in "".join(shown)


@pytest.mark.bug("B18")
@pytest.mark.parametrize("command", ["sparkline", "plot"])
def test_a_picture_is_drawn_for_the_size_the_terminal_has(signed_in: Service, command: str) -> None:
    metrics = f"{GLOMEX} {command} video_views --by channel --top 3 {MAY} --watch 60"
    with terminal(metrics) as child:
        display = Display()
        display.feed(read_picture(child))
        for columns, rows in ((40, 24), (100, 24), (60, 12), (80, 24)):
            display.resize(child, columns, rows)
            display.feed(read_picture(child))
            shown = display.lines
            assert max(map(len, shown)) <= columns
            assert len(shown) <= rows
            assert display.copies == 0
            assert [line[:8] for line in shown].count("updated ") == 1
            assert "".join(shown).count("05-20") <= 1 or command == "plot"
            assert sum("┌" in line for line in shown) == (command == "plot")
        child.sendintr()
        display.feed(read_to_the_end(child))
        assert [line[:8] for line in display.lines].count("updated ") == 1


@pytest.mark.bug("B18")
def test_a_line_that_follows_fits_the_terminal_and_leaves_no_copy() -> None:
    with terminal(f"{GLOMEX} sparkline --follow") as child:
        child.setecho(False)  # noqa: FBT003 - what is typed is not part of the picture
        display = Display()
        for columns, first in ((80, 1), (30, 21), (100, 41)):
            display.resize(child, columns)
            for number in range(first, first + 20, 5):
                child.sendline(" ".join(str(number + n) for n in range(5)))
                display.feed(read_picture(child))
            assert len(display.lines) == 1
            assert len(display.lines[0]) <= columns
        child.sendeof()
        display.feed(read_to_the_end(child))
        assert len(display.lines) == 1
        assert display.lines[0].endswith("max 60")


def test_watch_survives_a_failed_round_and_keeps_the_last_picture(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway = Gateway(create_app())
    with serve(gateway) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        cli("login", answers=[ROBOT, TENANT, PASSWORD])
        with terminal(f"{GLOMEX} sparkline video_views {MAY} --watch 1 --timeout 9") as child:
            read_until(child, lambda text: "video_views " in text)
            gateway.refuse = lambda _: Refusal(retry_after="60")
            failed = "refresh failed, showing the last data: "
            read_until(child, lambda text: failed in text)
            gateway.refuse = lambda _: None
            read_until(child, lambda text: "video_views " in text)
            child.sendintr()


def test_by_draws_the_largest_first_and_no_more_than_asked(cli: Glomex, signed_in: Service) -> None:
    argv = ["sparkline", "video_views", "--by", "channel", "--top", "3", *MAY.split()]
    lines = cli(*argv, "--labels", "--ids").out.splitlines()
    named = [line.split()[0] for line in lines if line.startswith("c-")]
    rows = cli("report", "-d", "channel", "-m", "video_views", *MAY.split(), "-f", "csv").out
    assert named == re.findall(r"^(c-\w+),", rows, re.MULTILINE)[:3]


def test_follow_redraws_one_line_as_numbers_come() -> None:
    slow = "for n in 1 5 22 13 53; do echo $n; sleep 0.2; done"
    with terminal(f"sh -c '({slow}) | {GLOMEX} sparkline --follow --no-labels'") as child:
        text = read_to_the_end(child)
    assert text.count("\r") >= 3
    assert screen_of(text) == ["▁▂▄▃█"]


def test_follow_into_a_pipe_gives_a_line_per_update_and_the_first_at_once() -> None:
    command = [*GLOMEX_ARGV, "sparkline", "--follow"]
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
        read_until(child, lambda text: "█" in text)
        child.sendintr()
        text = read_to_the_end(child)
    assert text.endswith("\r\n")


class KeepsAlive(BaseHTTPRequestHandler):
    """Answers reports over connections that stay open, and counts those."""

    protocol_version = "HTTP/1.1"
    connections = 0
    requests = 0

    def setup(self) -> None:
        """Count the connection."""
        type(self).connections += 1
        super().setup()

    def do_POST(self) -> None:
        """Answer with three days."""
        type(self).requests += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        _, _, body = answer(DAYS).partition(b"\r\n\r\n")
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Print nothing."""


@pytest.mark.attack("R27")
@pytest.mark.parametrize(("seconds", "rounds"), [("1", 3), ("5.5", 2)])
def test_rounds_share_one_connection(
    seconds: str, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    KeepsAlive.connections = KeepsAlive.requests = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), KeepsAlive)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    monkeypatch.setenv("GLOMEX_ENDPOINT", f"http://127.0.0.1:{server.server_port}/v1")
    monkeypatch.setenv("GLOMEX_TOKEN", robot_token())
    days = ["--from", "2025-06-01", "--to", "2025-06-03"]
    command = [*GLOMEX_ARGV, "sparkline", "video_views", *days, "--watch", seconds]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pictures = [process.stdout.readline() for _ in range(rounds)]
        process.send_signal(signal.SIGINT)
    server.shutdown()
    thread.join()
    server.server_close()
    assert (process.returncode, set(pictures)) == (130, {"▁ █\n"})
    assert KeepsAlive.requests >= rounds
    assert KeepsAlive.connections == 1


def test_watch_over_midnight_moves_on_with_the_days(cli: Glomex, gateway: Gateway) -> None:
    def now() -> datetime:
        rounds = sum("rows" in query and "__schema" not in query for query in gateway.queries)
        if rounds > 2:
            raise KeyboardInterrupt
        return datetime(2025, 6, 11 if rounds else 10, 12, tzinfo=UTC)

    cli.now = now
    with local_time("UTC"):
        done = cli("sparkline", "video_views", "--last", "3d", "--labels", "--watch", "1")
    assert done.code == 130
    days = [line.split() for line in done.out.splitlines() if line.strip().startswith("2025-06-")]
    assert days == [["2025-06-07", "2025-06-10"], ["2025-06-08", "2025-06-11"]]
