"""What the drawing of a line loads: next to nothing, for a prompt that draws one each time."""

import subprocess
import sys

import pytest

HEAVY = {"rich", "httpx", "keyring", "plotext", "typer", "click", "platformdirs", "graphql"}
LATE = {
    "glomex_cli.charts.parse.rows",
    "glomex_cli.charts.parse.json_rows",
    "glomex_cli.charts.parse.json_shapes",
    "glomex_cli.charts.sparkline.labels",
    "glomex_cli.charts.ticks",
    "glomex_cli.terminal.sanitize",
}
SCRIPT = """
import sys
before = set(sys.modules)
from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.charts.parse.reader import read_pieces
reading = read_pieces(iter([sys.stdin.buffer.read()]))
picture = draw(reading.series, SparklineOptions(labels={labels}))
print(*sorted(set(sys.modules) - before))
"""


def loaded(text: bytes, *, labels: bool = False) -> set[str]:
    """Return the modules that a process loads to read and draw, the package's own included."""
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
    assert "glomex_cli.charts.sparkline.lines" in names
    assert names.isdisjoint(LATE)


def test_labels_in_ascii_load_no_tables_of_unicode() -> None:
    text = b'[{"views": 1, "plays": 3}, {"views": 2, "plays": 4}]'
    names = loaded(text, labels=True)
    assert "glomex_cli.terminal.sanitize" in names
    assert names.isdisjoint({"unicodedata", "rich", "rich.cells"})
