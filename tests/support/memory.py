"""Run the command line as a process of its own and measure the memory it needed at most.

A process that a large one starts inherits its peak, so a small one stands between: this file.
"""

import json
import subprocess
import sys
from dataclasses import dataclass

_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command left behind, and its peak of resident memory."""

    code: int
    out: str
    err: str
    peak_mib: float


def measured(*argv: str, env: dict[str, str], stdin: str = "") -> Measured:
    """Run `glomex ARGV` with `env` as its environment."""
    return measured_python("-m", "glomex_cli", *argv, env=env, stdin=stdin)


def measured_python(*argv: str, env: dict[str, str], stdin: str = "") -> Measured:
    """Run `python ARGV` with `env` as its environment."""
    done = subprocess.run(
        [sys.executable, __file__, *argv],
        env=env,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=True,
    )
    return Measured(**json.loads(done.stdout))


def main() -> None:
    """Run Python with the arguments given, and print what `measured` returns as JSON."""
    import resource

    done = subprocess.run(
        [sys.executable, *sys.argv[1:]], capture_output=True, text=True, check=False
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    kib = peak / 1024 if sys.platform == "darwin" else peak
    found = {"code": done.returncode, "out": done.stdout, "err": done.stderr}
    print(json.dumps({**found, "peak_mib": kib / 1024}))  # noqa: T201 - read by its parent


if __name__ == "__main__":
    main()
