"""How fast numbers on stdin become a line, beside what people would use instead.

Whole processes in turns, medians, peak memory, and the ratio to Python merely starting and
parsing.
Run it by hand: `cd tests; python -m benchmarks.benchmark_sparkline [LARGEST]`. sparklines and
plotext take part where they are installed.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import median

SIZES = (24, 1_000, 100_000, 1_000_000)
JSON_BYTES = 50_000_000
JSON_PEAK_MIB = 64
ROUNDS = 15
LONGEST_S = 3.0

PARSE = "import sys\nvalues = list(map(float, sys.stdin.buffer.read().split()))\n"
PLAIN = (
    PARSE
    + "n = len(values)\n"
    + "edges = [k * n // 80 for k in range(81)] if n > 80 else range(n + 1)\n"
    + "means = [sum(values[a:b]) / (b - a) for a, b in zip(edges, edges[1:])]\n"
    + "low, high = min(means), max(means)\n"
    + "sys.stdout.write(''.join('▁▂▃▄▅▆▇█'[round((v - low) / (high - low) * 7)] for v in means))\n"
)
CORE = (
    "import sys\n"
    "from glomex_cli.charts.sparkline.lines import draw\n"
    "from glomex_cli.charts.sparkline.options import SparklineOptions\n"
    "from glomex_cli.charts.parse.reader import read_pieces\n"
    "stdin = sys.stdin.buffer\n"
    "reading = read_pieces(iter(lambda: stdin.read1(65536), b''))\n"
    "print(*draw(reading.series, SparklineOptions()).lines)\n"
)
PLOTEXT = PARSE + "import plotext\nplotext.plot(values)\nplotext.plotsize(80, 20)\nplotext.show()\n"


@dataclass
class Tool:
    """A program that reads numbers, and how it did; slow ones are not asked twice."""

    name: str
    arguments: Sequence[str]
    seconds: list[float] = field(default_factory=list[float])
    peak_mib: float = 0.0

    @property
    def is_tired(self) -> bool:
        """Whether a single round took so long that more would only be waiting."""
        return bool(self.seconds) and max(self.seconds) > LONGEST_S


def tools() -> list[Tool]:
    """Return the programs that can run here, the measure of all first."""
    found = [
        Tool("Python: start and parse", ["-c", PARSE]),
        Tool("plain Python, 80 columns", ["-c", PLAIN]),
        Tool("glomex_cli.charts alone", ["-c", CORE]),
        Tool("glomex sparkline", ["-m", "glomex_cli", "sparkline"]),
        Tool("glomex --version", ["-m", "glomex_cli", "--version"]),
    ]
    if find_spec("sparklines"):
        found.append(Tool("sparklines", ["-m", "sparklines"]))
    if find_spec("plotext"):
        found.append(Tool("plotext", ["-c", PLOTEXT]))
    return found


def run(tool: Tool, numbers: Path) -> float:
    """Run once and give the seconds from the start of the process to its end."""
    command = [sys.executable, *tool.arguments]
    with numbers.open("rb") as stdin:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(numbers.parent),
        )
        tool.peak_mib = max(tool.peak_mib, wait(process))
        return time.perf_counter() - start


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which modules stay compiled from the second run on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHONDONT")}
    cache = str(folder / "compiled")
    return {**kept, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", "PYTHONPYCACHEPREFIX": cache}


def wait(process: subprocess.Popen[bytes]) -> float:
    """Wait for the end and give the peak memory in MiB; 0 where the system does not tell."""
    if sys.platform == "win32":
        process.wait()
        return 0.0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def write_numbers(path: Path, count: int) -> None:
    """Write the same numbers each time, one a line; little by little.

    A child's peak memory counts from its parent's, so this process has to stay small.
    """
    numbers = random.Random(count)
    with path.open("w") as lines:
        lines.writelines(f"{numbers.gauss(500, 100):.3f}\n" for _ in range(count))


def measure(count: int, folder: Path) -> list[Tool]:
    """Let all tools run in turns, so that a busy moment of the machine meets each of them."""
    numbers = folder / f"{count}.txt"
    write_numbers(numbers, count)
    found = tools()
    warm_up = folder / "few.txt"
    write_numbers(warm_up, SIZES[0])
    for tool in found:
        run(tool, warm_up)
        tool.peak_mib = 0.0
    for _ in range(ROUNDS):
        for tool in found:
            if not tool.is_tired:
                tool.seconds.append(run(tool, numbers))
    return found


def write_json(path: Path, form: str) -> None:
    """Write 50 MB of rows, one a line or as one array, little by little."""
    is_array = form == "array"
    with path.open("w") as file:
        written = file.write("[\n" if is_array else "")
        minute = 0
        while written < JSON_BYTES:
            between = ",\n" if is_array and minute else ""
            time_of = (
                f"20{minute // 525600 % 100:02}-01-01T{minute // 60 % 24:02}:{minute % 60:02}Z"
            )
            row = f'{{"time":"{time_of}","video_views":{minute % 977}}}'
            written += file.write(between + row + ("" if is_array else "\n"))
            minute += 1
        file.write("]\n" if is_array else "")


def report_json(folder: Path) -> str:
    """Return the seconds and the peak memory of long JSON, beside the memory it may take."""
    lines = [f"JSON of {JSON_BYTES // 1_000_000} MB, at most {JSON_PEAK_MIB} MiB"]
    for form in ("lines", "array"):
        file = folder / form
        write_json(file, form)
        tool = Tool("glomex sparkline", ["-m", "glomex_cli", "sparkline"])
        lines.append(f"{form:26}{run(tool, file):7.1f} s{tool.peak_mib:15.0f} MiB")
        file.unlink()
    return "\n".join([*lines, ""])


def report(count: int, found: Sequence[Tool]) -> str:
    """Return a table of medians, with ratios to the first tool."""
    measure_s = median(found[0].seconds)
    lines = [f"{count:,} numbers", f"{'':26}{'median':>10}{'ratio':>8}{'peak':>10}"]
    for tool in found:
        middle = median(tool.seconds)
        lines.append(
            f"{tool.name:26}{middle * 1000:7.0f} ms{middle / measure_s:7.2f}x"
            f"{tool.peak_mib:6.0f} MiB"
        )
    return "\n".join([*lines, "", ""])


def main() -> None:
    """Print a table for each size up to the largest one asked for."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]
    with tempfile.TemporaryDirectory() as folder:
        for count in SIZES:
            if count <= largest:
                sys.stdout.write(report(count, measure(count, Path(folder))))
                sys.stdout.flush()
        sys.stdout.write(report_json(Path(folder)))


if __name__ == "__main__":
    main()
