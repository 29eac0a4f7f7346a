"""A reader that takes its time uses up none of the service's, and loses no row."""

import subprocess
import sys
import time

import pytest

from support.answered import BY_VIDEO, answer, videos
from support.files import unmeasured
from support.servers.fault_answers import whole
from support.servers.fault_server import FaultServer
from support.servers.network import TOKEN

ROWS = 60_000


@pytest.mark.parametrize("form", ["ndjson", "csv"])
def test_a_pause_of_the_reader_is_no_time_out(form: str) -> None:
    with FaultServer(whole(answer(videos(ROWS)))) as server:
        environ = {**unmeasured(), "GLOMEX_TOKEN": TOKEN, "GLOMEX_ENDPOINT": server.url}
        command = [sys.executable, "-m", "glomex_cli", *BY_VIDEO, "-f", form, "--timeout", "3"]
        with subprocess.Popen(command, env=environ, stdout=-1, stderr=-1, text=True) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            first = process.stdout.readline()
            time.sleep(4)
            lines = [first, *process.stdout]
            err = process.stderr.read()
    assert (process.returncode, len(lines)) == (0, ROWS + (form == "csv")), err
