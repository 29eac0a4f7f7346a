"""A wait of more than a second is told on a terminal, and leaves no trace there."""

import os
import time
from collections.abc import Iterator

import pytest

from support.answered import BY_VIDEO, DAYS, JUNE, answer, videos
from support.programs import GLOMEX
from support.servers.fault_answers import silent, whole
from support.servers.fault_server import FaultServer, Peer
from support.servers.network import TOKEN
from support.terminals.terminal import ended, terminal

pytestmark = pytest.mark.process

WAITING = "waiting for 127.0.0.1: 1 s"
ERASED = "\r\x1b[K"
_SLOW_S = 1.7
_DRIP_S = 0.1


def slow(peer: Peer) -> None:
    """Answer after more than a second."""
    peer.stopping.wait(_SLOW_S)
    peer.send(answer(DAYS))


def dripping(peer: Peer) -> None:
    """Answer at once, but take more than a second for the rows."""
    data = answer(videos(200))
    step = -(-len(data) // 20)
    for at in range(0, len(data), step):
        peer.send(data[at : at + step])
        peer.stopping.wait(_DRIP_S)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    monkeypatch.setenv("PAGER", "cat")
    with FaultServer(slow) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


def told(command: str, code: int = 0) -> str:
    """Run a command in a terminal; return all that it writes."""
    with terminal(command) as child:
        assert ended(child) == code
        return str(child.before)


@pytest.mark.parametrize(
    "command",
    [
        " ".join(JUNE),
        f"sparkline video_views {' '.join(JUNE[1:])}",
        f"plot video_views {' '.join(JUNE[1:])}",
        "query '{ contentOwnerAnalyticsReport { rows { day } } }'",
    ],
    ids=lambda command: command.split()[0],
)
def test_every_command_that_asks_tells_that_it_waits(server: FaultServer, command: str) -> None:
    text = told(f"{GLOMEX} {command}")
    assert WAITING in text
    _, _, after = text.rpartition("waiting for ")
    # Nothing follows on its row before that is erased.
    assert after.partition(ERASED)[0].removesuffix("\x1b[0m").endswith(" s")
    assert ERASED in after


def test_rows_on_the_terminal_have_their_own_lines(server: FaultServer) -> None:
    server.script = dripping
    text = told(f"{GLOMEX} {' '.join(BY_VIDEO)} -f csv")
    assert "waiting for " in text
    lines = [line.rpartition("\x1b[K")[2] for line in text.split("\r\n")]
    rows = [line.rstrip() for line in lines if line.startswith("v-")]
    assert sorted(rows) == sorted(f"v-{n},2025-06-02,{n}" for n in range(200))
    assert not any("waiting" in line for line in lines)


@pytest.mark.parametrize(
    ("command", "term"),
    [
        (f"{GLOMEX} {' '.join(JUNE)} -q", "xterm"),
        (f"{GLOMEX} {' '.join(JUNE)}", "dumb"),
        (f"sh -c '{GLOMEX} {' '.join(JUNE)} | cat'", "xterm"),
    ],
    ids=["quiet", "dumb", "pipe"],
)
def test_where_it_would_disturb_nothing_is_told(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch, command: str, term: str
) -> None:
    monkeypatch.setenv("TERM", term)
    text = told(command)
    assert "2025-06-01" in text
    assert "waiting" not in text
    assert ERASED not in text


def test_beside_a_file_it_is_told(server: FaultServer) -> None:
    assert WAITING in told(f"sh -c '{GLOMEX} {' '.join(JUNE)} > {os.devnull}'")


def test_a_quick_answer_is_no_wait(server: FaultServer) -> None:
    server.script = whole(answer(DAYS))
    assert "waiting" not in told(f"{GLOMEX} {' '.join(JUNE)}")


def test_the_bar_of_a_split_report_counts_the_seconds_itself(server: FaultServer) -> None:
    text = told(f"{GLOMEX} report --from 2025-06-01 --to 2026-05-31", code=6)
    assert "waiting for" not in text
    assert "0/5" in text
    assert "0:00:01" in text


def test_ctrl_c_takes_the_line_away(server: FaultServer) -> None:
    server.script = silent
    with terminal(f"{GLOMEX} {' '.join(JUNE)}") as child:
        child.expect_exact(WAITING)
        child.sendintr()
        began = time.monotonic()
        assert ended(child) == 130
        assert time.monotonic() - began < 8
        assert str(child.before).endswith(f"{ERASED}\r\n")


def test_what_is_said_meanwhile_has_a_line_of_its_own(server: FaultServer) -> None:
    with terminal(f"{GLOMEX} {' '.join(JUNE)} -v") as child:
        assert ended(child) == 0
        assert f"{ERASED}POST 127.0.0.1 " in str(child.before)
