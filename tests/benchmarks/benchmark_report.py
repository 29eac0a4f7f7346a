"""How fast and how small `glomex` is, beside what people would use instead, as a Markdown table.

Whole processes in turns; the fastest round of each, since whatever else the machine does only
adds to a time; peak memory. Run it by hand where glomex is installed: `cd tests;
python -m benchmarks.benchmark_report [ROWS]`. A venv without development tools is what people have.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.benchmark_sparkline import environment, wait
from support.servers import prepared_service
from support.servers.prepared_service import OPERATION

ROUNDS, LONG_ROUNDS = 25, 3
ROWS = 1_000_000
TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJiZW5jaG1hcmsifQ.unsigned"
MONTH = ("--from", "2025-06-01", "--to", "2025-06-30")
BY_VIDEO = ("report", "-q", "-d", "video,day", *MONTH, "--timeout", "300")
TYPER = """
import typer
app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def main() -> None:
    print("bare")
app()
"""
HTTPX = """
import json, sys, httpx
headers = {"Authorization": "Bearer " + sys.argv[2]}
answer = httpx.post(sys.argv[1], json={"query": "{ rows { day } }"}, headers=headers)
rows = json.loads(answer.content)["data"]
print(rows)
"""
SERVICE = f".data.{OPERATION}.rows"
FIELDS = ".video, .day, .video_views, .ad_impressions"
PROGRAMS = {"ndjson": f"-c '{SERVICE}[]'", "csv": f"-r '{SERVICE}[] | [{FIELDS}] | @csv'"}
TABLE = f"-r '{SERVICE}[] | [{FIELDS}] | @tsv' | column -t"
PIPE = "curl \\| jq"


@dataclass
class Tool:
    """A command, and how it did in its best round."""

    command: Sequence[str]
    best_s: float = float("inf")
    peak_mib: float = 0.0

    def run(self, folder: Path) -> None:
        """Run once; an end in failure ends the benchmark."""
        env = {**environment(folder), "GLOMEX_TOKEN": TOKEN, "XDG_CACHE_HOME": str(folder)}
        env = {name: text for name, text in env.items() if name != "PYTHONUNBUFFERED"}
        began = time.perf_counter()
        process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, cwd=folder, env=env)
        self.peak_mib = max(self.peak_mib, wait(process))
        self.best_s = min(self.best_s, time.perf_counter() - began)
        if process.returncode:
            raise SystemExit(f"{self.command} ended with {process.returncode}")


@dataclass
class Case:
    """What is measured, against which peers by name."""

    name: str
    ours: Tool
    peers: dict[str, Tool]
    rounds: int = ROUNDS

    def lines(self, folder: Path) -> Iterator[str]:
        """Let all take turns, and give a row of the table for each peer."""
        tools = [self.ours, *self.peers.values()]
        for _ in range(self.rounds):
            for tool in tools:
                tool.run(folder)
        for name, peer in self.peers.items():
            yield (
                f"| {self.name} | {self.ours.best_s * 1000:,.0f} ms | {name}"
                f" | {peer.best_s * 1000:,.0f} ms | {self.ours.best_s / peer.best_s:.2f}"
                f" | {self.ours.peak_mib:.0f} | {peer.peak_mib:.0f} |"
            )


def cli(*argv: str) -> Tool:
    """Return `glomex ARGV`, as it is installed beside this Python."""
    return Tool([str(Path(sys.executable).with_name("glomex")), *argv])


def python(code: str, *argv: str) -> Tool:
    """Return a Python program."""
    return Tool([sys.executable, "-c", code, *argv])


def curl_jq(url: str, program: str) -> Tool:
    """Return `curl | jq PROGRAM` with the same answer of the service."""
    header = "Content-Type: application/json"
    return Tool(["sh", "-c", f"curl -s --compressed -H '{header}' -d '{{}}' {url} | jq {program}"])


def bare() -> dict[str, Tool]:
    """Return what a command is made of before it does anything."""
    return {"bare Typer app": python(TYPER), "bare Python": python("pass")}


def cases(url: str, rows: int) -> Iterator[Case]:
    """Return all cases; those against curl and jq where both are there."""
    yield Case("--version", cli("--version"), bare())
    yield Case("sparkline 1 2 3", cli("sparkline", "1", "2", "3"), bare())
    days = ("report", *MONTH, "-f", "json", "--endpoint")
    script = {"httpx script": python(HTTPX, f"{url}/few", TOKEN)}
    yield Case("report -f json", cli(*days, f"{url}/few"), script)
    if shutil.which("curl") and shutil.which("jq"):
        slow = {PIPE: curl_jq(f"{url}/slow", SERVICE)}
        yield Case("the same, service takes 300 ms", cli(*days, f"{url}/slow"), slow)
        for form, program in PROGRAMS.items():
            ours = cli(*BY_VIDEO, "-f", form, "--endpoint", f"{url}/many")
            peer = {PIPE: curl_jq(f"{url}/many", program)}
            yield Case(f"{rows:,} rows as {form}", ours, peer, LONG_ROUNDS)
        table = cli(*BY_VIDEO, "-f", "table", "--endpoint", f"{url}/many")
        columns = {f"{PIPE} \\| column": curl_jq(f"{url}/many", TABLE)}
        yield Case(f"{rows:,} rows as table", table, columns, LONG_ROUNDS)


@contextmanager
def service(rows: int) -> Generator[str]:
    """Return the address of a service in its own process: this one has to stay small."""
    command = [sys.executable, prepared_service.__file__, str(rows)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as child:
        assert child.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(child.stdout.readline())}"
        finally:
            child.terminate()


def main() -> None:
    """Print the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    sys.stdout.write("| case | glomex | peer | its time | ratio | MiB | its MiB |\n")
    sys.stdout.write("| --- | ---: | --- | ---: | ---: | ---: | ---: |\n")
    with tempfile.TemporaryDirectory() as folder, service(rows) as url:
        for case in cases(url, rows):
            for line in case.lines(Path(folder)):
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
