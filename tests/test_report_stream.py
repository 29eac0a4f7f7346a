"""Long reports stream: the first rows are out before the last have come, in whatever order."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from support.answered import BY_VIDEO, DAYS, MANY, OPERATION, answer, videos
from support.cli import Glomex
from support.fault_answers import Framing, http, whole
from support.fault_server import FaultServer, Peer
from support.files import unmeasured
from support.network import TOKEN


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    with FaultServer(whole(answer(DAYS))) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


def test_ndjson_is_out_before_the_last_row_has_been_sent(server: FaultServer) -> None:
    rows = json.dumps(videos(MANY))[1:-1].encode()
    head = http(200, framing=Framing.CLOSE)
    release = threading.Event()

    def slowly(peer: Peer) -> None:
        peer.send(head + b'{"data": {"%s": {"rows": [' % OPERATION.encode() + rows)
        release.wait(20)
        peer.send(b', {"video": "last", "day": "2025-06-03", "video_views": 1}]}}}')

    server.script = slowly
    command = [sys.executable, "-m", "glomex_cli", *BY_VIDEO, "-f", "ndjson", "--timeout", "15"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=unmeasured()
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        first = child.stdout.readline()
        was_held = not release.is_set() and child.poll() is None
        release.set()
        rest, told = child.stdout.read(), child.stderr.read()
    assert json.loads(first) == videos(1)[0]
    assert was_held
    assert json.loads(rest.splitlines()[-1])["video"] == "last"
    assert child.returncode == 0
    assert told == (
        "more than 10,000 rows come as the service orders them;"
        " to sort them all first: --sort day\n"
    )


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "tsv"])
def test_up_to_10_000_rows_are_sorted_and_more_come_as_they_are(
    glomex: Glomex, server: FaultServer, form: str
) -> None:
    server.script = whole(answer(videos(10_000)))
    done = glomex(*BY_VIDEO, "-f", form)
    assert (done.code, done.err) == (0, "")
    assert done.out.index("v-9999") < done.out.index("v-9998") < done.out.index("v-1000")
    server.script = whole(answer(videos(10_001)))
    done = glomex(*BY_VIDEO, "-f", form)
    assert done.code == 0
    assert "--sort day" in done.err
    assert done.out.index("v-1000") < done.out.index("v-9998") < done.out.index("v-10000")
    assert glomex(*BY_VIDEO, "-f", form, "-q").err == ""


@pytest.mark.parametrize(
    "words", [["--sort", "-video_views"], ["--total"], ["--limit", "10001"], ["-f", "markdown"]]
)
def test_work_that_needs_all_rows_sorts_all(
    glomex: Glomex, server: FaultServer, words: list[str]
) -> None:
    server.script = whole(answer(videos(10_001)))
    done = glomex(*BY_VIDEO, "-f", "csv", *words)
    assert (done.code, done.err) == (0, "")
    assert done.out.index("v-10000") < done.out.index("v-9999")
