"""The real program in a real terminal: hidden input, Ctrl-C, Ctrl-D, and a shell around it."""

import os
import subprocess
import time
from typing import Any

import pytest

from glomex_cli.sandbox.app import SandboxOptions
from support.cli import Glomex
from support.programs import GLOMEX, needs
from support.servers.service import LOGIN, PASSWORD, ROBOT, TENANT, Service, current_code, running
from support.terminals.terminal import answer, ended, terminal

JUNE = "--from 2025-06-02 --to 2025-06-04"


def sign_in(child: Any) -> None:
    for prompt, text in (("Email", LOGIN), ("Tenant", TENANT), ("Password", PASSWORD)):
        answer(child, prompt, text)


def test_login_hides_the_password_and_takes_a_wrong_code_then_the_right_one(
    service: Service,
) -> None:
    with terminal(f"{GLOMEX} login") as child:
        sign_in(child)
        assert PASSWORD not in child.before
        answer(child, "MFA code", "000000")
        answer(child, "MFA code", current_code())
        assert ended(child) == 0
        assert "signed in to 127.0.0.1" in child.before


def test_prompts_reach_the_terminal_through_pipes(service: Service) -> None:
    with terminal(f"sh -c 'echo no | {GLOMEX} login --store none | wc -c >&2'") as child:
        sign_in(child)
        answer(child, "MFA code", current_code())
        assert ended(child) == 0


@needs("jq")
def test_the_main_job_in_a_shell(signed_in: Service) -> None:
    script = (
        f"{GLOMEX} report --dimension day {JUNE} | jq '.[].video_views';"
        f"{GLOMEX} report --dimension day {JUNE} | jq '.[].video_views' | {GLOMEX} sparkline;"
        f"{GLOMEX} sparkline video_views {JUNE}"
    )
    done = subprocess.run(
        ["sh", "-c", script], capture_output=True, text=True, check=True, env=os.environ
    )
    *numbers, piped, asked = done.stdout.splitlines()
    assert [number.isdigit() for number in numbers] == [True] * 3
    assert (piped, len(piped)) == (asked, 3)
    assert done.stderr == ""


def test_a_renewal_inside_a_substitution_still_asks_on_the_terminal(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(SandboxOptions(token_life_s=1)) as short_lived:
        monkeypatch.setenv("GLOMEX_ENDPOINT", short_lived.url)
        cli("login", answers=[ROBOT, TENANT, PASSWORD])
        time.sleep(1.1)
        script = f'token=$({GLOMEX} token); case "$token" in *.*.*) echo got a token;; esac'
        with terminal(f"sh -c '{script}'") as child:
            answer(child, f"The session has expired. Password of {ROBOT}", PASSWORD)
            child.expect_exact("got a token")
            assert ended(child) == 0
