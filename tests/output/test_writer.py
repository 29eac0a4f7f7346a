"""From a report to a stream: the format chosen, early rows, little memory, failures passed on."""

import csv
import io
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from glomex_cli.errors import NetworkError
from glomex_cli.models import Column, Report, Role, Row
from glomex_cli.output.writer import Format, Options, Written, resolve_format, write_blocks
from support.rendering import DAYS, HOSTILE, PIPE, on_terminal, report_of, written

COLUMNS = (Column("day", Role.DIMENSION), Column("views", Role.METRIC))
STREAMED = [Format.JSON, Format.NDJSON, Format.CSV, Format.TSV, Format.MARKDOWN]
MACHINE = [Format.JSON, Format.NDJSON, Format.CSV, Format.TSV]


def many(count: int) -> Iterator[Row]:
    """Return that many rows, one at a time."""
    return ({"day": f"no. {number}", "views": number} for number in range(count))


def broken(count: int) -> Iterator[Row]:
    """Return that many rows, then fail as a connection does."""
    yield from many(count)
    raise NetworkError("the answer ended early")


ALIASES = {Format.MD: Format.MARKDOWN, Format.JSONL: Format.NDJSON}


@pytest.mark.parametrize("asked", [f for f in Format if f is not Format.AUTO])
def test_a_format_asked_for_is_the_one_given(asked: Format) -> None:
    assert resolve_format(asked, PIPE) is ALIASES.get(asked, asked)
    assert resolve_format(asked, on_terminal()) is ALIASES.get(asked, asked)


def test_auto_is_a_table_on_a_terminal_and_json_in_a_pipe() -> None:
    assert resolve_format(Format.AUTO, on_terminal()) is Format.TABLE
    assert resolve_format(Format.AUTO, PIPE) is Format.JSON
    assert written(DAYS, Format.AUTO) == written(DAYS, Format.JSON)
    screen = on_terminal()
    assert written(DAYS, Format.AUTO, screen=screen) == written(DAYS, Format.TABLE, screen=screen)


@pytest.mark.parametrize("format_", [f for f in Format if f is not Format.AUTO])
@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 1_100, 1_101])
def test_every_row_is_written_and_counted(format_: Format, count: int) -> None:
    out = io.StringIO()

    result = write_blocks(Report(COLUMNS, many(count)), out, PIPE, Options(format_))

    assert result == Written(rows=count, is_cut=False)
    assert out.getvalue().count("no. ") == count


def test_many_rows_are_one_document() -> None:
    report = Report(COLUMNS, list(many(1_250)))

    assert json.loads(written(report, Format.JSON)) == report.rows
    assert [json.loads(line) for line in written(report, Format.NDJSON).splitlines()] == report.rows
    records = csv.reader(io.StringIO(written(report, Format.CSV), newline=""))
    lines = written(report, Format.TSV).splitlines()
    assert list(records) == [line.split("\t") for line in lines]
    assert lines == ["day\tviews", *(f"no. {number}\t{number}" for number in range(1_250))]


@pytest.mark.parametrize("format_", MACHINE)
def test_a_total_is_for_people_only(format_: Format) -> None:
    assert written(DAYS, format_) == written(Report(DAYS.columns, DAYS.rows), format_)


@pytest.mark.parametrize("format_", STREAMED)
def test_the_first_rows_are_out_before_the_later_ones_are_asked_for(format_: Format) -> None:
    page = io.BytesIO()
    out = io.TextIOWrapper(page, encoding="utf-8", newline="")
    seen: list[bytes] = []

    def rows() -> Iterator[Row]:
        yield from many(100)
        seen.append(page.getvalue())
        yield from many(1_000)

    write_blocks(Report(COLUMNS, rows()), out, PIPE, Options(format_))

    assert b"no. 99" in seen[0]


@pytest.mark.parametrize("format_", STREAMED)
def test_memory_does_not_grow_with_the_rows(format_: Format) -> None:
    with Path(os.devnull).open("w", encoding="utf-8") as out:
        write_blocks(Report(COLUMNS, many(1)), out, PIPE, Options(format_))
        tracemalloc.start()
        try:
            write_blocks(Report(COLUMNS, many(20_000)), out, PIPE, Options(format_))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert peak < 2_000_000


@pytest.mark.parametrize("format_", [*STREAMED, Format.TABLE])
@pytest.mark.parametrize("count", [1, 57, 100, 150])
def test_rows_before_a_failure_are_written(format_: Format, count: int) -> None:
    out = io.StringIO()

    with pytest.raises(NetworkError):
        write_blocks(Report(COLUMNS, broken(count)), out, PIPE, Options(format_))

    assert f"no. {count - 1}" in out.getvalue()


def test_an_array_is_left_open_when_rows_are_missing() -> None:
    out = io.StringIO()

    with pytest.raises(NetworkError):
        write_blocks(Report(COLUMNS, broken(1)), out, PIPE, Options(Format.JSON))

    assert out.getvalue() == '[\n  {"day": "no. 0", "views": 0}'


def test_nothing_is_drawn_when_a_table_fails_before_its_first_row() -> None:
    out = io.StringIO()

    with pytest.raises(NetworkError):
        write_blocks(Report(COLUMNS, broken(0)), out, PIPE, Options(Format.TABLE))

    assert out.getvalue() == ""


@pytest.mark.fault("F26")
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize("format_", [f for f in Format if f is not Format.AUTO])
def test_no_text_is_too_much_for_a_stream(format_: Format, encoding: str) -> None:
    errors = "strict" if encoding == "utf-8" else "backslashreplace"
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors=errors, newline="")
    name = "größe €" + "".join(HOSTILE)
    rows = [{name: text, "title": "ü€👍"} for text in HOSTILE]

    result = write_blocks(report_of(*rows), out, PIPE, Options(format_))

    assert result.rows == len(HOSTILE)


def test_json_for_an_ascii_stream_is_still_json() -> None:
    page = io.BytesIO()
    out = io.TextIOWrapper(page, encoding="ascii", errors="backslashreplace", newline="")

    write_blocks(report_of({"title": "ü👍"}), out, PIPE, Options(Format.NDJSON))

    assert page.getvalue() == b'{"title": "\\u00fc\\ud83d\\udc4d"}\n'


@pytest.mark.parametrize(
    ("rows", "limit", "shown", "is_cut"),
    [(5, None, 5, False), (5, 5, 5, False), (5, 4, 4, True), (0, 4, 0, False), (5, 0, 0, True)],
)
def test_a_long_table_is_cut_on_a_terminal_and_says_so(
    rows: int,
    limit: int | None,
    shown: int,
    is_cut: bool,  # noqa: FBT001
) -> None:
    source = iter([{"row": f"row {n}"} for n in range(rows)])
    out = io.StringIO()

    report = Report((Column("row", Role.DIMENSION),), source)
    cut = write_blocks(report, out, on_terminal(), Options(Format.TABLE, limit))

    assert (cut.rows, cut.is_cut) == (shown, is_cut)
    assert out.getvalue().count("row ") == shown
    assert len(list(source)) == max(0, rows - shown - 1)


def test_a_long_table_is_not_cut_in_a_pipe() -> None:
    rows = [{"row": f"row {n}"} for n in range(1_500)]
    report = Report((Column("row", Role.DIMENSION),), rows)

    assert written(report, Format.TABLE, screen=PIPE, limit=10).count("row ") == 1_500


def test_only_a_colored_table_waits_for_rich() -> None:
    program = (
        "import io, sys\n"
        "from glomex_cli.models import Column, Report, Role\n"
        "from glomex_cli.output.writer import Format, Options\n"
        "from glomex_cli.output.writer import write_blocks\n"
        "from glomex_cli.terminal.screen import Screen\n"
        "pipe = Screen(False, 80, 24, False, True)\n"
        "for name in ('json', 'ndjson', 'csv', 'tsv', 'markdown', 'table'):\n"
        "    write_blocks(Report((), []), io.StringIO(), pipe, Options(Format(name)))\n"
        "assert 'rich' not in sys.modules\n"
        "colored = Screen(True, 80, 24, True, True)\n"
        "day = Report((Column('day', Role.DIMENSION),), [])\n"
        "write_blocks(day, io.StringIO(), colored, Options(Format.TABLE))\n"
        "assert 'rich' in sys.modules\n"
    )

    subprocess.run([sys.executable, "-c", program], check=True)
