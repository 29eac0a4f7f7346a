"""Long reports stream: the first rows are out before the last have come, in whatever order."""

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from glomex_cli.errors import ExitCode
from support.answered import BY_VIDEO, DAYS, MANY, OPERATION, answer, videos
from support.cli import Glomex
from support.files import names, unmeasured
from support.memory import measured
from support.servers.fault_answers import Framing, cut, http, whole
from support.servers.fault_server import FaultServer, Peer
from support.servers.network import TOKEN


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    with FaultServer(whole(answer(DAYS))) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


@pytest.mark.parametrize("form", ["ndjson", "csv", "json"])
def test_the_first_row_is_out_before_the_last_has_been_sent(server: FaultServer, form: str) -> None:
    rows = json.dumps(videos(MANY))[1:-1].encode()
    head = http(200, framing=Framing.CLOSE)
    release = threading.Event()

    def slowly(peer: Peer) -> None:
        peer.send(head + b'{"data": {"%s": {"rows": [' % OPERATION.encode() + rows)
        release.wait(20)
        peer.send(b', {"video": "last", "day": "2025-06-03", "video_views": 1}]}}}')

    server.script = slowly
    command = [sys.executable, "-m", "glomex_cli", *BY_VIDEO, "-f", form, "--timeout", "15"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=unmeasured()
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        first = child.stdout.readline() + child.stdout.readline()
        was_held = not release.is_set() and child.poll() is None
        release.set()
        rest, told = child.stdout.read(), child.stderr.read()
    assert "v-0" in first
    assert was_held
    assert "last" in "".join(rest.splitlines()[-2:])
    assert child.returncode == 0
    assert told == (
        "more than 10,000 rows come as the service orders them;"
        " to sort them all first: --sort day\n"
    )


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "tsv"])
def test_up_to_10_000_rows_are_sorted_and_more_come_as_they_are(
    cli: Glomex, server: FaultServer, form: str
) -> None:
    server.script = whole(answer(videos(10_000)))
    done = cli(*BY_VIDEO, "-f", form)
    told = "exactly 10,000 rows received: the service may limit the size of a response\n"
    assert (done.code, done.err) == (0, told)
    assert done.out.index("v-9999") < done.out.index("v-9998") < done.out.index("v-1000")
    server.script = whole(answer(videos(10_001)))
    done = cli(*BY_VIDEO, "-f", form)
    assert done.code == 0
    assert "--sort day" in done.err
    assert done.out.index("v-1000") < done.out.index("v-9998") < done.out.index("v-10000")
    assert cli(*BY_VIDEO, "-f", form, "-q").err == ""


@pytest.mark.parametrize(
    "words", [["--sort", "-video_views"], ["--total"], ["--limit", "10001"], ["-f", "markdown"]]
)
def test_work_that_needs_all_rows_sorts_all(
    cli: Glomex, server: FaultServer, words: list[str]
) -> None:
    server.script = whole(answer(videos(10_001)))
    done = cli(*BY_VIDEO, "-f", "csv", *words)
    assert (done.code, done.err) == (0, "")
    assert done.out.index("v-10000") < done.out.index("v-9999")


@pytest.mark.parametrize("form", ["ndjson", "csv"])
def test_many_rows_pass_in_little_memory(form: str) -> None:
    with FaultServer(whole(_zipped_videos(200_000))) as server:
        env = {**os.environ, "GLOMEX_TOKEN": TOKEN, "GLOMEX_ENDPOINT": server.url}
        done = measured(*BY_VIDEO, "-f", form, "-q", env=env)
    lines = done.out.splitlines()
    assert (done.code, done.err, len(lines)) == (0, "", 200_000 + (form == "csv"))
    assert "v-199999" in lines[-1]
    assert done.peak_mib <= 64


def test_a_long_answer_that_is_cut_is_told_after_its_rows_and_replaces_no_file(
    cli: Glomex, server: FaultServer, tmp_path: Path
) -> None:
    answered = _zipped_videos(50_000)
    old = tmp_path / "out" / "report"
    old.parent.mkdir()
    old.write_text("as it was")
    server.script = cut(answered, len(answered) - 1000)
    done = cli(*BY_VIDEO, "-f", "csv", "-q")
    assert (done.code, done.err.count("\n")) == (ExitCode.NETWORK, 2)
    assert 45_000 < len(done.out.splitlines()) < 50_001
    done = cli(*BY_VIDEO, "-f", "csv", "-q", "--output", str(old))
    assert (done.code, done.out) == (ExitCode.NETWORK, "")
    assert (names(old.parent), old.read_text()) == ({"report"}, "as it was")


def _zipped_videos(count: int) -> bytes:
    """Write an answer of so many rows, which differ, so that they hardly compress."""
    rows = (
        f'{{"video": "v-{n}", "day": "2025-06-02", "video_views": {hash((n, count)) % 10**15}}}'
        for n in range(count)
    )
    body = f'{{"data": {{"{OPERATION}": {{"rows": [{", ".join(rows)}]}}}}}}'.encode()
    data = gzip.compress(body, 1, mtime=0)
    return http(200, "Content-Encoding: gzip", body=data)
