"""`glomex sandbox serve` as a person uses it: read what it prints, sign in with it, stop it."""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import jwt
import pytest
from pyotp import parse_uri

from support.cli import Glomex
from support.servers.service import ROBOT, Service
from support.terminals.terminal import answer, ended, terminal

pytestmark = pytest.mark.process

if TYPE_CHECKING:
    from pyotp.totp import TOTP

GLOMEX = [sys.executable, "-m", "glomex_cli"]
_LABEL = len("otpauth URI ")


@contextmanager
def running(command: list[str]) -> Generator["subprocess.Popen[str]"]:
    """Run a sandbox until the block ends, be it by a failure."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def server() -> Generator["subprocess.Popen[str]"]:
    command = [*GLOMEX, "sandbox", "serve", "--delay", "0.01", "--no-introspection"]
    with running(command) as process:
        yield process


def printed(server: "subprocess.Popen[str]") -> dict[str, str]:
    """Read the lines of label and value that are printed at the start."""
    assert server.stdout is not None
    lines = [server.stdout.readline() for _ in range(6)]
    return {line[:_LABEL].strip(): line[_LABEL:].strip() for line in lines}


def authenticator(found: dict[str, str]) -> "TOTP":
    """Scan the URI, as an authenticator app does."""
    return cast("TOTP", parse_uri(found["otpauth URI"]))


def test_what_it_prints_signs_in_through_a_terminal_and_reports(
    server: "subprocess.Popen[str]",
) -> None:
    found = printed(server)
    environ = {**os.environ, "GLOMEX_ENDPOINT": found["URL"]}
    with terminal(shlex.join([*GLOMEX, "login"]), environ) as child:
        for prompt, label in (("Email", "login"), ("Tenant", "tenant"), ("Password", "password")):
            answer(child, prompt, found[label])
        answer(child, "MFA code", authenticator(found).now())
        assert ended(child) == 0
    report = subprocess.run(
        [*GLOMEX, "report", "-d", "day", "--from", "2025-06-02", "--to", "2025-06-04"],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert report.stdout.count('"video_views"') == 3


def test_the_seed_is_printed_as_text_and_as_uri(server: "subprocess.Popen[str]") -> None:
    found = printed(server)
    assert authenticator(found).secret == found["TOTP secret"]


def test_tokens_live_as_long_as_asked() -> None:
    command = [*GLOMEX, "sandbox", "serve", "--token-life", "77"]
    with running(command) as process:
        found = printed(process)
        environ = {**os.environ, "GLOMEX_ENDPOINT": found["URL"], "GLOMEX_STORE": "none"}
        token = subprocess.run(
            [*GLOMEX, "login", "--login", ROBOT, "--tenant", found["tenant"], "--no-input"],
            env=environ | {"GLOMEX_PASSWORD": found["password"]},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    claims = jwt.decode(token.strip(), options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 77


def test_ctrl_c_ends_it_with_130_and_frees_the_port(server: "subprocess.Popen[str]") -> None:
    port = printed(server)["URL"].split(":")[2].split("/")[0]
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=5) == 130
    with running([*GLOMEX, "sandbox", "serve", "--port", port]) as again:
        assert printed(again)["URL"].endswith(f":{port}/v1")


def test_a_port_that_is_taken_is_one_line(cli: Glomex, service: Service) -> None:
    port = service.url.split(":")[2].split("/")[0]
    done = cli("sandbox", "serve", "--port", port)
    assert done.code == 2
    assert done.err.startswith(f"error: port {port} cannot be used: ")
