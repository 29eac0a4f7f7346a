"""Time a line of 24 hours of Mux Data, whole process, beside the same in ten lines with httpx.

Both ask a sandbox on this machine over HTTP; a bare Typer command around the same lines shows
what the two libraries alone take. Medians of the time that passed and of the processor's, and
their ratios to httpx: the aim is 1.1. The processor's is steadier on a busy machine. As people
have it, modules are compiled, and click, which httpx would load, is not there.
Run it by hand: `cd tests; python -m benchmarks.benchmark_mux [ROUNDS]`.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from support.servers.mux_service import TOKEN_ID, TOKEN_SECRET, serving_mux

SCRIPT = """
import os, time, httpx
end = int(time.time())
answer = httpx.get(
    os.environ["GLOMEX_ENDPOINT"] + "/data/v1/metrics/video_startup_time/timeseries",
    params={"timeframe[]": [end - 86400, end], "group_by": "hour", "order_direction": "asc"},
    auth=(os.environ["MUX_TOKEN_ID"], os.environ["MUX_TOKEN_SECRET"]),
)
values = [row[1] for row in answer.json()["data"] if row[1] is not None]
low, step = min(values), (max(values) - min(values)) / 7 or 1
print("".join("▁▂▃▄▅▆▇█"[int((value - low) / step)] for value in values))
"""
TYPER = f"""
import typer
app = typer.Typer()
@app.command()
def line(metric: str, last: str = "24h", service: str = "mux") -> None:
{textwrap.indent(SCRIPT, "    ")}
app()
"""
GLOMEX = """
from glomex_cli.__main__ import main
main()
"""
WITHOUT_CLICK = "import sys; sys.modules['click'] = None\n"
WORDS = ["time_to_first_frame", "--last", "24h", "--service", "mux"]


class Spent(NamedTuple):
    """Milliseconds: that passed, and of the processor."""

    wall: float
    cpu: float


def main(rounds: int) -> None:
    """Print the medians in milliseconds, and their ratios to those of httpx."""
    commands = {
        "httpx": [SCRIPT],
        "typer": [TYPER, *WORDS],
        "glomex": [GLOMEX, "sparkline", *WORDS],
    }
    with serving_mux() as mux, tempfile.TemporaryDirectory() as home:
        environ = {
            **{
                name: text for name, text in os.environ.items() if not name.startswith("PYTHONDONT")
            },
            "HOME": home,
            "MUX_TOKEN_ID": TOKEN_ID,
            "MUX_TOKEN_SECRET": TOKEN_SECRET,
            "GLOMEX_ENDPOINT": mux.url,
        }
        took: dict[str, list[Spent]] = {name: [] for name in commands}
        for _ in range(rounds + 1):  # the first one only fills caches
            for name, argv in commands.items():
                took[name].append(_spent(argv, environ))
    medians = {
        name: Spent(*map(statistics.median, zip(*each[1:], strict=True)))
        for name, each in took.items()
    }
    for name, (wall, cpu) in medians.items():
        ratios = f"{wall / medians['httpx'].wall:5.2f}  cpu {cpu / medians['httpx'].cpu:5.2f}"
        sys.stdout.write(f"{name:8}{wall:6.0f} ms  cpu {cpu:4.0f} ms   ratio {ratios}\n")


def _spent(argv: Sequence[str], environ: Mapping[str, str]) -> Spent:
    program, *words = argv
    began, used = time.perf_counter(), _children_s()
    subprocess.run(
        [sys.executable, "-c", WITHOUT_CLICK + program, *words],
        env=environ,
        check=True,
        capture_output=True,
    )
    return Spent((time.perf_counter() - began) * 1000, (_children_s() - used) * 1000)


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
