"""From a report to a stream: the format chosen, early rows, little memory, failures passed on."""

import io
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator

import pytest
from support.rendering import DAYS, HOSTILE, PIPE, on_terminal, report_of, written

from glomex_cli.errors import NetworkError
from glomex_cli.models import Column, Report, Role, Row
from glomex_cli.render import Format, Options, Written, resolve, write_report

COLUMNS = (Column("day", Role.DIMENSION), Column("views", Role.METRIC))
STREAMED = [Format.JSON, Format.NDJSON, Format.CSV, Format.TSV, Format.MARKDOWN]
MACHINE = [Format.JSON, Format.NDJSON, Format.CSV, Format.TSV]


def many(count: int) -> Iterator[Row]:
    """Give that many rows, one at a time."""
    return ({"day": f"day {number}", "views": number} for number in range(count))


def broken(count: int) -> Iterator[Row]:
    """Give that many rows, then fail as a connection does."""
    yield from many(count)
    raise NetworkError("the answer ended early")


@pytest.mark.parametrize("asked", [f for f in Format if f is not Format.AUTO])
def test_a_format_asked_for_is_the_one_given(asked: Format) -> None:
    assert resolve(asked, PIPE) is asked
    assert resolve(asked, on_terminal()) is asked


def test_auto_is_a_table_on_a_terminal_and_json_in_a_pipe() -> None:
    assert resolve(Format.AUTO, on_terminal()) is Format.TABLE
    assert resolve(Format.AUTO, PIPE) is Format.JSON
    assert written(DAYS, Format.AUTO) == written(DAYS, Format.JSON)
    screen = on_terminal()
    assert written(DAYS, Format.AUTO, screen=screen) == written(DAYS, Format.TABLE, screen=screen)


@pytest.mark.parametrize("format_", [f for f in Format if f is not Format.AUTO])
@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 1_100, 1_101])
def test_every_row_is_written_and_counted(format_: Format, count: int) -> None:
    out = io.StringIO()

    result = write_report(Report(COLUMNS, many(count)), out, PIPE, Options(format_))

    assert result == Written(rows=count, is_cut=False)
    assert out.getvalue().count("day ") == count + (format_ is Format.TABLE) * 1


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

    write_report(Report(COLUMNS, rows()), out, PIPE, Options(format_))

    assert b"day 99" in seen[0]


@pytest.mark.parametrize("format_", STREAMED)
def test_memory_does_not_grow_with_the_rows(format_: Format) -> None:
    with open("/dev/null", "w", encoding="utf-8") as out:
        write_report(Report(COLUMNS, many(1)), out, PIPE, Options(format_))
        tracemalloc.start()
        try:
            write_report(Report(COLUMNS, many(20_000)), out, PIPE, Options(format_))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert peak < 2_000_000


@pytest.mark.parametrize("format_", [*STREAMED, Format.TABLE])
@pytest.mark.parametrize("count", [1, 57, 100, 150])
def test_rows_before_a_failure_are_written(format_: Format, count: int) -> None:
    out = io.StringIO()

    with pytest.raises(NetworkError):
        write_report(Report(COLUMNS, broken(count)), out, PIPE, Options(format_))

    assert f"day {count - 1}" in out.getvalue()


def test_an_array_is_left_open_when_rows_are_missing() -> None:
    out = io.StringIO()

    with pytest.raises(NetworkError):
        write_report(Report(COLUMNS, broken(1)), out, PIPE, Options(Format.JSON))

    assert out.getvalue() == '[\n  {"day": "day 0", "views": 0}'


def test_nothing_is_drawn_when_a_table_fails_before_its_first_row() -> None:
    out = io.StringIO()

    with pytest.raises(NetworkError):
        write_report(Report(COLUMNS, broken(0)), out, PIPE, Options(Format.TABLE))

    assert out.getvalue() == ""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize("format_", [f for f in Format if f is not Format.AUTO])
def test_no_text_is_too_much_for_a_stream(format_: Format, encoding: str) -> None:
    errors = "strict" if encoding == "utf-8" else "backslashreplace"
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors=errors, newline="")
    report = report_of(*({f"größe {text}": text} for text in HOSTILE[:1]))
    hostile = report_of(*({"title": text, "größe": "ü€👍"} for text in HOSTILE))

    for each in (report, hostile):
        write_report(each, out, PIPE, Options(format_))


def test_json_for_an_ascii_stream_is_still_json() -> None:
    page = io.BytesIO()
    out = io.TextIOWrapper(page, encoding="ascii", errors="backslashreplace", newline="")

    write_report(report_of({"title": "ü👍"}), out, PIPE, Options(Format.NDJSON))

    assert page.getvalue() == b'{"title": "\\u00fc\\ud83d\\udc4d"}\n'


def test_only_a_table_waits_for_rich() -> None:
    program = (
        "import io, sys\n"
        "from glomex_cli.models import Report\n"
        "from glomex_cli.render import Format, Options, write_report\n"
        "from glomex_cli.terminal import Screen\n"
        "pipe = Screen(False, 80, 24, False, True)\n"
        "for name in ('json', 'ndjson', 'csv', 'tsv', 'markdown'):\n"
        "    write_report(Report((), []), io.StringIO(), pipe, Options(Format(name)))\n"
        "assert 'rich' not in sys.modules\n"
        "write_report(Report((), []), io.StringIO(), pipe, Options(Format.TABLE))\n"
        "assert 'rich' in sys.modules\n"
    )

    subprocess.run([sys.executable, "-c", program], check=True)
