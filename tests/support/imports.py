"""Which modules a program imports, measured where no coverage tool imports its own."""

import os
import subprocess
import sys


def bare_environment() -> dict[str, str]:
    """Give the environment without what makes a child process measure its coverage."""
    return {name: text for name, text in os.environ.items() if not name.startswith("COVERAGE_")}


def run_bare(program: str, *argv: str) -> "subprocess.CompletedProcess[str]":
    """Run a Python program that must end well."""
    return subprocess.run(
        [sys.executable, "-c", program, *argv],
        capture_output=True,
        check=True,
        env=bare_environment(),
        text=True,
        timeout=60,
    )


def modules_of(*argv: str) -> set[str]:
    """Give the modules that `glomex ARGV` has imported when it ends."""
    program = (
        "import sys, glomex_cli.__main__\n"
        "try: glomex_cli.__main__.main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    return set(run_bare(program, *argv).stderr.split())
