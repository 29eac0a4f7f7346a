"""The table for programs and for people: raw digits or units, any script, any length."""

import os
import re
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from glomex_cli.metrics import Better, MetricKind, Unit
from glomex_cli.models import Cell, Column, Report, Role, Row
from glomex_cli.output.writer import Format, Options, write_blocks
from glomex_cli.terminal.sanitize import display_width
from glomex_cli.terminal.screen import Screen
from support.rendering import COMPARED, PIPE, on_terminal, written

SGR = re.compile(r"\x1b\[[0-9;]*m")
_CELLS: list[tuple[Cell, ...]] = [
    ("Wie Kühe die Welt sehen", 1234, 12, 11.11, "▁▂▃▄▅▆▇█"),
    ("日本の動画 👍", 7, -1200, -99.9, "▁▁▁▁▁▁▁▁"),
    ("Äußerst kurz", None, 0, None, ""),
]
VIDEOS = Report(
    COMPARED,
    [dict(zip((column.name for column in COMPARED), cells, strict=True)) for cells in _CELLS],
    total={"views": 1241, "views_change": -1188},
)


@pytest.mark.bug("B4")
def test_a_pipe_gets_raw_numbers_in_rows_and_total() -> None:
    fields = [line.split() for line in written(VIDEOS, Format.TABLE).split("\n")]

    assert fields[2][-5:] == ["sehen", "1234", "12", "11.11", "▁▂▃▄▅▆▇█"]
    assert fields[3][-4:] == ["7", "-1200", "-99.9", "▁▁▁▁▁▁▁▁"]
    assert fields[4] == ["Äußerst", "kurz", "-", "0", "-"]
    assert fields[6] == ["total", "1241", "-1188"]


RATE = MetricKind(Unit.FRACTION, better=Better.DOWN)
RATES = Report(
    (
        Column("day", Role.DIMENSION),
        Column("error_rate", Role.METRIC, kind=RATE),
        Column("change", Role.CHANGE, kind=RATE),
    ),
    [
        {"day": "2026-03-01", "error_rate": 0.0312, "change": 0.012},
        {"day": "2026-03-02", "error_rate": 0.02, "change": -0.0112},
    ],
)


def test_a_terminal_shows_units_and_a_pipe_does_not() -> None:
    assert written(RATES, Format.TABLE, screen=on_terminal()).split("\n")[2:-1] == [
        "2026-03-01        3.1%  +1.2 pp",
        "2026-03-02        2.0%  -1.1 pp",
    ]
    assert written(RATES, Format.TABLE).split("\n")[2:-1] == [
        "2026-03-01      0.0312    0.012",
        "2026-03-02        0.02  -0.0112",
    ]


def test_what_is_better_is_green_whichever_way_it_goes() -> None:
    shown = written(RATES, Format.TABLE, screen=on_terminal(color=True))
    assert re.findall(r"\x1b\[3\dm[^\x1b]*", shown) == ["\x1b[31m+1.2 pp", "\x1b[32m-1.1 pp"]
    nobody_knows = RATES.columns[2]._replace(kind=MetricKind(Unit.FRACTION))
    unknown = RATES._replace(columns=(*RATES.columns[:2], nobody_knows))
    shown = written(unknown, Format.TABLE, screen=on_terminal(color=True))
    assert re.findall(r"\x1b\[3\dm", shown) == []


INDIC: list[Row] = [
    {"video": title, "views": 1234}
    for title in (
        "தமிழ் செய்திகள்",
        "हिन्दी समाचार",
        "മലയാളം",
        "ไทย",
        "日本",
        "plain",
        "👍🏽 ok",
        "한국어",
    )
]


@pytest.mark.bug("B12")
@pytest.mark.parametrize("screen", [PIPE, on_terminal(60), on_terminal(60, color=True)])
def test_numbers_end_in_one_column_whatever_the_script_of_the_title(screen: Screen) -> None:
    text = written(Report(COMPARED[:2], INDIC), Format.TABLE, screen=screen)

    lines = [SGR.sub("", line) for line in text.rstrip("\n").split("\n")]
    assert {display_width(line) for line in lines} == {display_width(lines[0])}


def _many(rows: int) -> Iterator[Row]:
    return ({"video": f"v-{n}", "views": n, "day": "2026-03-01"} for n in range(rows))


def _seconds(rows: int) -> float:
    columns = (*COMPARED[:2], Column("day", Role.DIMENSION))
    with Path(os.devnull).open("w", encoding="utf-8") as out:
        began = time.process_time()
        write_blocks(Report(columns, _many(rows)), out, PIPE, Options(Format.TABLE))
        return time.process_time() - began


@pytest.mark.attack("R26")
def test_the_time_of_a_long_table_grows_with_its_rows_and_no_faster() -> None:
    _seconds(1_000)
    few = min(_seconds(10_000) for _ in range(3))
    many = min(_seconds(80_000) for _ in range(2))

    assert many < 8 * few * 2


@pytest.mark.attack("R26")
def test_a_long_table_is_held_in_little_memory() -> None:
    tracemalloc.start()
    try:
        _seconds(50_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 50_000 * 100
