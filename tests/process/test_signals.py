"""Signals at a prompt, in a real terminal: it ends as a shell expects, and echoes as before."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.cli import Glomex
from support.programs import GLOMEX, escaped, needs
from support.servers.gateway import Gateway, Refusal
from support.servers.service import LOGIN, PASSWORD, ROBOT, TENANT, Service, current_code
from support.terminals.terminal import answer, ended, hides, modes, terminal, wait_until

AS_ROBOT = f"{GLOMEX} login --login {ROBOT} --tenant {TENANT}"
AS_PERSON = f"{GLOMEX} login --login {LOGIN} --tenant {TENANT}"


def kill(number: int) -> Callable[[Any], None]:
    return lambda child: os.kill(child.pid, number)


def press(key: str) -> Callable[[Any], None]:
    return lambda child: child.send(key)


@pytest.mark.fault("F17", "F50")
@pytest.mark.parametrize("prompt", ["Email", "Password", "MFA code"])
@pytest.mark.parametrize(
    ("act", "code"),
    [
        (press("\x03"), 130),
        (press("\x04"), 130),
        (press("\x1c"), 131),
        (kill(signal.SIGTERM), 143),
        (kill(signal.SIGHUP), 129),
    ],
    ids=["ctrl-c", "ctrl-d", "ctrl-backslash", "term", "hup"],
)
def test_a_signal_at_a_prompt_ends_it_with_its_code_and_the_terminal_as_before(
    service: Service, prompt: str, act: Callable[[Any], None], code: int
) -> None:
    command = f"{GLOMEX} login" if prompt == "Email" else AS_PERSON
    with terminal(f"sh -c 'ulimit -c 0; exec {command}'") as child:
        before = modes(child)
        if prompt == "MFA code":
            answer(child, "Password", PASSWORD)
        child.expect_exact(f"{prompt}: ")
        assert hides(child) == (prompt == "Password")
        act(child)
        wait_until(lambda: not child.isalive())
        after = modes(child)
        assert (ended(child), after) == (code, before)
        assert "Traceback" not in child.before


@pytest.mark.fault("F17", "F50")
@pytest.mark.parametrize("prompt", ["Password", "MFA code"])
def test_a_terminal_that_is_closed_ends_a_prompt_quietly(
    service: Service, prompt: str, tmp_path: Path
) -> None:
    script = tmp_path / "script"
    script.write_text(
        f"cd {escaped(str(tmp_path))}\ntrap : HUP\n{AS_PERSON} 2>err\necho $? >code\n"
    )
    with terminal(f"sh {escaped(str(script))}") as child:
        if prompt != "Password":
            answer(child, "Password", PASSWORD)
        child.expect_exact(f"{prompt}: ")
        child.ptyproc.fileobj.close()
        code = tmp_path / "code"
        wait_until(lambda: code.exists() and code.read_text() != "")
    assert code.read_text() in {"129\n", "130\n"}  # only some systems send it the signal
    assert (tmp_path / "err").read_text() == ""


@pytest.mark.fault("F17")
@pytest.mark.parametrize(
    "shell",
    [
        pytest.param("bash --norc --noprofile", marks=needs("bash")),
        # Leaves the terminal's modes alone, so shows what the program did to them.
        pytest.param("dash -i", marks=needs("dash")),
    ],
)
def test_ctrl_z_shows_what_is_typed_and_fg_hides_it_again(service: Service, shell: str) -> None:
    with terminal(shell, {**os.environ, "PS1": "$ ", "ENV": ""}) as child:
        child.sendline(AS_ROBOT)
        for _ in range(2):
            child.expect_exact("Password: ")
            wait_until(lambda: hides(child))
            child.send("\x1a")
            child.expect("Stopped")
            child.sendline("stty -a; echo look''ed")
            child.expect(" (-?)echo ")
            assert child.match.group(1) == ""
            child.expect_exact("looked")
            child.sendline("fg")
        child.expect_exact("Password: ")
        wait_until(lambda: hides(child))
        child.sendline(PASSWORD)
        child.expect_exact("signed in to")
        assert PASSWORD not in child.before
        child.sendline("exit")


def test_ctrl_c_at_a_password_for_a_session_that_ends_within_a_long_report(
    cli: Glomex, own_gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GLOMEX_TOKEN")
    assert cli("login", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    own_gateway.refuse = lambda _: Refusal("401 Unauthorized", None)
    with terminal(f"{GLOMEX} report --last 1y") as child:
        before = modes(child)
        child.expect_exact(f"Password of {ROBOT}: ")
        wait_until(lambda: hides(child))
        child.sendintr()
        wait_until(lambda: not child.isalive())
        after = modes(child)
        assert (ended(child), after) == (130, before)


def test_a_hang_up_that_is_ignored_stays_so(service: Service) -> None:
    script = f"trap '' HUP; exec {AS_PERSON}"
    with terminal(f'sh -c "{script}"') as child:
        child.expect_exact("Password: ")
        os.kill(child.pid, signal.SIGHUP)
        child.sendline(PASSWORD)
        answer(child, "MFA code", current_code())
        assert ended(child) == 0
