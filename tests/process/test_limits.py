"""What the system does not give is named as that, and no file or host is blamed for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.files import interfering, unmeasured
from support.programs import needs
from support.servers.gateway import Gateway

REPORT = [sys.executable, "-m", "glomex_cli", "report", "--last", "2d", "--no-input"]
TOO_MANY = "this process has too many open files\nhint: close other programs, or raise the limit"


def under(call: str, error: str, *more: str) -> tuple[int, str]:
    """Return exit code and stderr of a report whose system calls fail."""
    command = [*interfering(call, f"error={error}"), *more, *REPORT]
    done = subprocess.run(command, env=unmeasured(os.environ), capture_output=True, check=False)
    return done.returncode, done.stderr.decode()


@needs("strace")
@pytest.mark.attack("R27")
@pytest.mark.parametrize("error", ["EMFILE", "ENFILE"])
def test_a_file_is_not_blamed_for_our_limit(error: str, gateway: Gateway, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir(mode=0o700)
    file = tmp_path / "config" / "config.toml"
    file.write_text('default = "default"\n')
    code, err = under("openat", error, "-P", str(file))
    assert (code, TOO_MANY in err, "config.toml" in err) == (9, True, False), err


@needs("strace")
@pytest.mark.attack("R27")
def test_a_host_is_not_blamed_for_our_limit(gateway: Gateway) -> None:
    code, err = under("socket", "EMFILE")
    assert (code, TOO_MANY in err, "check the network" in err) == (7, True, False), err


@needs("strace")
@pytest.mark.attack("R27")
def test_a_thread_that_the_system_does_not_give_is_named(gateway: Gateway) -> None:
    code, err = under("?clone,?clone3", "EAGAIN")
    assert (code, "unexpected" in err) == (1, False)
    assert "system error: no memory, or no thread, is left\nhint: close" in err
