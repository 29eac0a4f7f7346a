"""A message bus of our own with Debian's gnome-keyring on it, apart from any desktop's."""

import os
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.files import TESTS

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon", "secret-tool")

# Without service folders nothing is started on demand: what a test wants, it starts.
_CONFIGURATION = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_READY_WITHIN_S = 20


@dataclass(frozen=True)
class Bus:
    """A running message bus, and the environment of a program that belongs to it."""

    process: "subprocess.Popen[str]"
    environ: Mapping[str, str]

    def stop(self) -> None:
        """End the bus as a crash would, all its connections with it."""
        self.process.kill()
        self.process.wait()


def clean_environment(home: Path) -> dict[str, str]:
    """Return an environment with a home and run-time folder of its own and no desktop."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    passed_on = {
        name: value
        for name, value in os.environ.items()
        if name == "PATH" or name.startswith("COVERAGE_")
    }
    return passed_on | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONPATH": str(TESTS),
    }


@contextmanager
def message_bus(home: Path) -> Generator[Bus]:
    """Run a message bus whose programs live in `home`."""
    environ = clean_environment(home)
    configuration = home / "bus.conf"
    configuration.write_text(_CONFIGURATION.format(socket=home / "run" / "bus"))
    command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address=1"]
    with _running(command, environ) as process:
        address = _first_line(process)
        yield Bus(process, environ | {"DBUS_SESSION_BUS_ADDRESS": address})


@contextmanager
def unlocked_keyring(bus: Bus) -> Generator["subprocess.Popen[str]"]:
    """Run gnome-keyring with an open login keyring, made at the first use of `bus`'s home."""
    with _keyring(bus, "--unlock", typed="a password") as daemon:
        _wait_for(bus, ["store", "--label=ready", "ready", "yes"], typed="yes")
        yield daemon


@contextmanager
def locked_keyring(bus: Bus) -> Generator["subprocess.Popen[str]"]:
    """Run gnome-keyring without the password of its login keyring, which is made first."""
    with unlocked_keyring(bus):
        pass
    with _keyring(bus, typed="") as daemon:
        _wait_for(bus, ["search", "ready", "yes"], typed="")
        yield daemon


@contextmanager
def empty_keyring(bus: Bus) -> Generator["subprocess.Popen[str]"]:
    """Run gnome-keyring where no keyring was ever made: the first use asks for a password."""
    with _keyring(bus, typed="") as daemon:
        _wait_for(bus, ["search", "ready", "yes"], typed="")
        yield daemon


@contextmanager
def silent_prompter(bus: Bus) -> Generator[None]:
    """Take the place of the desktop's password dialog, and never answer."""
    command = [sys.executable, "-m", "support.stores.silent_prompter"]
    with _running(command, bus.environ) as process:
        assert _first_line(process) == "ready"
        yield


def found_by_attribute(bus: Bus, **attributes: str) -> int:
    """Count the items that any program finds under these attributes, without asking us."""
    words = [word for pair in attributes.items() for word in pair]
    found = _secret_tool(bus, ["search", "--all", *words], typed="")
    return found.stdout.count("\nlabel = ")


def _secret_tool(bus: Bus, words: list[str], *, typed: str) -> "subprocess.CompletedProcess[str]":
    command = ["secret-tool", *words]
    return subprocess.run(
        command, env=bus.environ, input=typed, text=True, capture_output=True, check=False
    )


def _wait_for(bus: Bus, words: list[str], *, typed: str) -> None:
    give_up_at = time.monotonic() + _READY_WITHIN_S
    while _secret_tool(bus, words, typed=typed).returncode:
        assert time.monotonic() < give_up_at, "gnome-keyring does not answer"
        time.sleep(0.01)


@contextmanager
def _keyring(bus: Bus, *options: str, typed: str) -> Generator["subprocess.Popen[str]"]:
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", *options]
    with _running(command, bus.environ, typed=typed) as process:
        yield process


@contextmanager
def _running(
    command: list[str], environ: Mapping[str, str], *, typed: str = ""
) -> Generator["subprocess.Popen[str]"]:
    """Run a program, and kill it at the end: a stopped one hears nothing else."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=environ, text=True, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        try:
            process.stdin.write(typed)
            process.stdin.close()
            yield process
        finally:
            process.kill()


def _first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()
