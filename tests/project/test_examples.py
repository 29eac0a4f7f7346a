"""Every example that a command's help shows does what it is there for."""

import json
import os
import re
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from glomex_cli.cli.app import COMMANDS
from glomex_cli.sandbox.mux.access import MUX_TOKEN_ID, MUX_TOKEN_SECRET
from support.cli import Glomex
from support.programs import needs
from support.servers.service import PASSWORD, ROBOT, TENANT, Service

pytestmark = pytest.mark.process

# What an example stands for, in the place where the tests run it.
STAND_INS = {
    "you@example.com": ROBOT,
    "t-yours": TENANT,
    "t-studio": TENANT,
    "curl -s https://example.com/timeseries": "cat mux.json",
    "--port 8080": "--port 0",
    "login --service mux": "login --endpoint mux-sandbox",
    "country --service mux": "country --endpoint mux-sandbox",
    "query --service mux": "query --endpoint mux-sandbox",
}
# Run by tests of their own, in the surroundings that they need.
ELSEWHERE = {
    "glomex demo": "test_demo.py",
    "glomex export s3://bucket/glomex": "test_export_bucket.py: a real bucket",
    "glomex login -p studio --tenant t-studio --remember": "test_remembering.py: a real keyring",
}
# What has to have been run before an example that goes on from there.
BEFORE = {
    "glomex export ./lake": "glomex export ./lake -d video,day -m video_views,revenue"
    " --from 2025-06-01",
    "glomex report weekly": "glomex report -d channel,week --last 8w --save weekly",
}
ENDLESS = re.compile(r"--watch|sandbox serve")
SHELL = re.compile(r"[|>$]")
MUX = {"data": [["2017-07-25T10:00:00Z", 421.5, 120], ["2017-07-25T11:00:00Z", 512.75, 143]]}
WEEKLY = """query Weekly($from: String!) {
  contentOwnerAnalyticsReport(dimensions: [week], from: $from, to: "2025-06-30") {
    rows { week video_views }
  }
}"""


def examples_of(name: str) -> tuple[str, ...]:
    """Return the examples that a command's help shows."""
    examples: tuple[str, ...] = import_module(f"glomex_cli.cli.commands.{name}").EXAMPLES
    return examples


EXAMPLES = [each for name in COMMANDS for each in examples_of(name) if each not in ELSEWHERE]


@pytest.fixture
def desk(cli: Glomex, signed_in: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with all that the examples take for granted, and `glomex` on the path."""
    monkeypatch.chdir(tmp_path)
    for name, value in {"LOGIN": ROBOT, "TENANT": TENANT, "PASSWORD": PASSWORD}.items():
        monkeypatch.setenv(f"GLOMEX_{name}", value)
    monkeypatch.setenv("PASSWORD", PASSWORD)
    monkeypatch.setenv("MUX_TOKEN_ID", MUX_TOKEN_ID)
    monkeypatch.setenv("MUX_TOKEN_SECRET", MUX_TOKEN_SECRET)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")
    assert cli("login", "-p", "studio").code == 0
    program = tmp_path / "bin" / "glomex"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m glomex_cli "$@"\n')
    program.chmod(0o755)
    (tmp_path / "mux.json").write_text(json.dumps(MUX))
    (tmp_path / "weekly.graphql").write_text(WEEKLY)
    (tmp_path / "defaults.json").write_text('{"from": "2025-01-01"}')
    return tmp_path


@needs("bash", "curl", "jq")
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_works(cli: Glomex, signed_in: Service, desk: Path, example: str) -> None:
    typed = example.replace("https://graphql.glomex.com/v1", signed_in.url)
    for word, stand_in in STAND_INS.items():
        typed = typed.replace(word, stand_in)
    for start, first in BEFORE.items():
        if typed.startswith(start) and typed != first:
            assert cli(*shlex.split(first)[1:]).code == 0
    if ENDLESS.search(typed):
        assert run(f"timeout --foreground -s INT 2 {typed}", desk).returncode == 124
    elif SHELL.search(typed):
        done = run(typed, desk)
        assert done.returncode == 0, done.stderr
    else:
        done_here = cli(*shlex.split(typed)[1:])
        assert done_here.code == 0, done_here.err


def run(line: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a line in a shell that stops at the first failure of a pipe."""
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", line],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        timeout=30,
    )


def test_no_example_is_left_to_another_test_that_is_no_more() -> None:
    everything = {each for name in COMMANDS for each in examples_of(name)}
    assert everything >= ELSEWHERE.keys()
