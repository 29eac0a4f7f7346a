"""The sweep after each test finds what it is there to find."""

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from glomex_cli.sandbox.sessions import SANDBOX_PASSWORD
from support.canaries import SECRETS, found_in, found_in_files, found_in_output
from support.cli import Glomex
from support.files import TESTS
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.gateway import robot_token

pytestmark = pytest.mark.process

# Files that plant a secret without holding one themselves.
PLANTED = f"""
def test_plants(tmp_path):
    (tmp_path / "notes.txt").write_text("{SANDBOX_PASSWORD[::-1]}"[::-1])

def test_keeps(tmp_path):
    (tmp_path / "credentials.json").write_text("{SANDBOX_PASSWORD[::-1]}"[::-1])
"""


def _in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


DISGUISES: list[Callable[[str], str]] = [
    lambda secret: f"x{secret}x",
    lambda secret: quote(f"?p={secret}&", safe=""),
    lambda secret: json.dumps({"p": secret}),
    _in_base64,
    lambda secret: _in_base64(f"u:{secret}"),
    lambda secret: _in_base64(f"m:e{secret}!"),
    lambda secret: _in_base64(f"user{secret}??"),
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_secret_is_found_in_every_disguise(secret: str, disguise: Callable[[str], str]) -> None:
    assert found_in(f"error: {disguise(secret)}\nhint:")


def test_any_token_is_found_and_no_other_text() -> None:
    assert found_in(f"Bearer {robot_token()}")
    assert not found_in("2025-06-01  1,234  eyJ0  sandbox  canary")


def test_a_command_that_prints_a_secret_fails_its_test(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", "token")
    body = {"errors": [{"message": f"no such field: {SANDBOX_PASSWORD}"}]}
    with FaultServer(whole(http(200, body=body))) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        with pytest.raises(AssertionError, match="prints a secret"):
            cli("query", "{ a }")


@pytest.mark.parametrize(
    ("argv", "is_printer"),
    [
        (["token"], True),
        (["login", "--store", "none"], True),
        (["login", "--store", "file"], False),
        (["login"], False),
        (["status", "-v"], False),
        (["report"], False),
    ],
)
def test_only_what_has_to_print_a_secret_may(argv: list[str], *, is_printer: bool) -> None:
    assert (not found_in_output(argv, robot_token())) == is_printer


def test_a_file_is_named_unless_it_is_a_store(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "cache"
    folder.mkdir(parents=True)
    for name in ("notes.txt", "credentials.json"):
        (folder / name).write_bytes(b"\xff\0" + base64.b64encode(SANDBOX_PASSWORD.encode()))
    assert list(found_in_files(tmp_path)) == ["notes.txt"]
    (folder / "notes.txt").unlink()


def test_a_test_that_leaves_a_secret_in_a_file_is_in_error(tmp_path: Path) -> None:
    file, basetemp = tmp_path / "test_planted.py", tmp_path / "basetemp"
    file.write_text(PLANTED)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-p", "no:cacheprovider",
         "-c", os.devnull, f"--rootdir={tmp_path}", f"--basetemp={basetemp}", str(file)],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    shutil.rmtree(basetemp)
    assert "2 passed, 1 error" in done.stdout
    assert "ERROR at teardown of test_plants" in done.stdout
