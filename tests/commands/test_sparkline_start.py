"""What the drawing of a line loads: next to nothing, for a prompt that draws one each time."""

import subprocess
import sys

import pytest

HEAVY = {"rich", "httpx", "keyring", "plotext", "typer", "click", "platformdirs", "graphql"}
SCRIPT = """
import sys
before = set(sys.modules)
from glomex_cli.charts.sparkline.draw import draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.charts.parse.reader import read_pieces
reading = read_pieces(iter([sys.stdin.buffer.read()]))
picture = draw(reading.series, SparklineOptions(labels={labels}))
print(*sorted(set(sys.modules) - before))
"""


def loaded(text: bytes, *, labels: bool = False) -> set[str]:
    """Give the modules that a process loads to read and draw, the package's own included."""
    command = [sys.executable, "-c", SCRIPT.format(labels=labels)]
    done = subprocess.run(command, input=text, capture_output=True, check=True)
    return set(done.stdout.decode().split())


@pytest.mark.parametrize("text", [b"1 2 3", b'[["2026-03-01", 1], ["2026-03-02", 2]]', b""])
def test_drawing_loads_no_library(text: bytes) -> None:
    names = {name.partition(".")[0] for name in loaded(text, labels=True)}
    assert "glomex_cli" in names
    assert names.isdisjoint(HEAVY)


def test_plain_numbers_load_no_json_no_calendar_and_no_labels() -> None:
    names = loaded(b"1 2 3")
    assert names.isdisjoint({"json", "datetime", "dataclasses", "inspect", "unicodedata"})
    parts = {name.rpartition(".")[2] for name in names if name.startswith("glomex_cli.charts.")}
    assert parts.isdisjoint({"shapes", "fields", "times", "labels", "axis", "paint", "names"})
