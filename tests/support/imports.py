"""Which modules a program imports, measured where no coverage tool imports its own."""

import subprocess
import sys

from support.files import unmeasured


def run_bare(program: str, *argv: str) -> "subprocess.CompletedProcess[str]":
    """Run a Python program that must end well."""
    return subprocess.run(
        [sys.executable, "-c", program, *argv],
        capture_output=True,
        check=True,
        env=unmeasured(),
        text=True,
        timeout=60,
    )


def modules_of(*argv: str) -> set[str]:
    """Return the modules that `glomex ARGV` has imported when it ends."""
    program = (
        "import sys, glomex_cli.__main__, glomex_cli.cli.main\n"
        "if glomex_cli.cli.main.run_process(): sys.exit('it failed')\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    return set(run_bare(program, *argv).stderr.split())
