"""A report on its way out: rows to stdout, its pager or a file, what is missing to stderr."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, NamedTuple, TextIO

import typer

from glomex_cli.cli.context import Context
from glomex_cli.cli.errors import refuse_problems, warn_of_problems
from glomex_cli.cli.options import Section, flag
from glomex_cli.cli.output_files import is_stdout, opened_file, opened_output, say_written
from glomex_cli.concurrency import Deadline
from glomex_cli.dates.calendar import counted
from glomex_cli.errors import NoRowsError, ServiceError, UsageError
from glomex_cli.models import Report
from glomex_cli.output.writer import Format, Options, format_of_file, resolve_format
from glomex_cli.terminal.screen import Screen, Talk

_MOST_ROWS_ON_A_TERMINAL = 1000


NoPagerOption = Annotated[
    bool, flag("--no-pager", help="Do not show long tables in a pager ($PAGER).")
]


class Output(NamedTuple):
    """Where a report goes and how; the fields are the options of `report`."""

    format: Annotated[
        Format,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="Output format: table, json, ndjson, csv, tsv, markdown or parquet; auto is a"
            " table on a terminal, else JSON.",
        ),
    ] = Format.AUTO
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to a file, in the format of its suffix; replaced only when complete."
            " - is stdout.",
            show_default="stdout",
        ),
    ] = None
    raw_csv: Annotated[
        bool, flag("--raw-csv", help="Do not escape cells that look like formulas.")
    ] = False
    bom: Annotated[
        bool, flag("--bom", help="Start CSV or TSV with a byte order mark, for Excel.")
    ] = False
    strict: Annotated[bool, flag("--strict", help="Fail instead of printing partial data.")] = False
    fail_empty: Annotated[
        bool, flag("--fail-empty", help="Exit with code 3 if there are no rows.")
    ] = False

    no_pager: NoPagerOption = False


OutputOptions = Annotated[Output, Section("Output")]


def resolve_output(output: Output) -> Output:
    """Return the options with stdout as no file, and `auto` as the format of the file's suffix.

    Raises UsageError for a suffix of no format, for Parquet on stdout, and for a byte-order mark
    where none belongs; ConfigurationError for Parquet without its packages.
    """
    if output.output is None or is_stdout(output.output):
        output = output._replace(output=None)
    elif output.format is Format.AUTO:
        output = output._replace(format=format_of_file(output.output))
    if output.format is Format.PARQUET:
        _check_parquet(output)
    if output.bom and output.format not in {Format.CSV, Format.TSV}:
        raise UsageError("--bom is for CSV and TSV", "glomex report -f csv --bom -o week.csv")
    return output


def with_usual_format(output: Output, usual: str) -> Output:
    """Return the options with the format of the profile, unless they name a file."""
    return output if output.output is not None else output._replace(format=Format(usual))


def _check_parquet(output: Output) -> None:
    if output.output is None:
        raise UsageError(
            "Parquet can only be written to a file", "for example: glomex report -o report.parquet"
        )
    from glomex_cli.output.parquet import require_parquet

    require_parquet()


def is_for_people(screen: Screen, output: Output) -> bool:
    """Return whether the report is shown as a table or Markdown."""
    if output.output is not None:
        screen = screen._replace(is_terminal=False)
    return resolve_format(output.format, screen) in {Format.TABLE, Format.MARKDOWN}


def is_decorated(screen: Screen, output: Output) -> bool:
    """Return whether titles and marks are shown: in Markdown, and in tables on a terminal.

    A table in a pipe is for programs, which read ids and dates.
    """
    if not is_for_people(screen, output):
        return False
    is_seen = screen.is_terminal and output.output is None
    return is_seen or output.format is Format.MARKDOWN


def print_report(
    context: Context,
    report: Report,
    output: Output,
    *,
    limit: int | None = None,
    asked: str = "",
) -> None:
    """Write `report`; what it lacks is known, and told, once its rows are out.

    A table on a terminal has at most 1,000 rows, or `limit` where somebody asked for more.
    `asked` is what the note names that there are no rows for.
    Raises IncompleteError for rows the service left out (ServiceError, with nothing written,
    if `strict`) and NoRowsError for none if `fail_empty`. A file is replaced only by a whole
    report: after any failure the old one is there.
    """
    output = resolve_output(output)
    if output.strict:
        report = report._replace(rows=list(report.rows))
        if report.problems:
            warn_of_problems(context.talk, report.problems)
            raise ServiceError("the report is not complete", "leave out --strict to see the rest")
    if output.format is Format.PARQUET and output.output:
        with opened_file(output.output) as raw:
            from glomex_cli.output.parquet import write_parquet_report

            count = write_parquet_report(report, raw)
            _check_written(context.talk, report, output, count)
        _say_written(context.talk, count, output.output, asked)
        return
    most = max(_MOST_ROWS_ON_A_TERMINAL, limit or 0)
    options = Options(output.format, limit=most, raw=output.raw_csv, bom=output.bom)
    with opened_output(context, output.output) as (stream, screen):
        is_left_out = output.no_pager or context.options.no_input
        environ = None if is_left_out else context.runtime.environ
        with _pager(output, stream, screen, environ) as out:
            written, count = _write(report, out, screen, options, context.deadline)
        if count > written:
            context.talk.warn(
                f"the first {written:,} of {count:,} rows are shown;"
                f" for all: --limit {count}, -f csv, or -f table | less"
            )
        _check_written(context.talk, report, output, written)
    _say_written(context.talk, written, output.output, asked)


def _pager(
    output: Output, stream: TextIO, screen: Screen, environ: Mapping[str, str] | None
) -> AbstractContextManager[TextIO]:
    """Return a stream that shows a table in the pager, where a person is there to leave it.

    Without an `environ` it does not.
    """
    is_table = resolve_format(output.format, screen) is Format.TABLE
    if environ is None or not (is_table and screen.is_terminal and is_stdout(output.output)):
        return nullcontext(stream)
    from glomex_cli.terminal.pager import paged

    return paged(stream, screen, environ)


def _check_written(talk: Talk, report: Report, output: Output, count: int) -> None:
    """Raise what keeps a file of `count` rows from replacing an older one."""
    refuse_problems(talk, report.problems)
    if not count and output.fail_empty:
        raise NoRowsError("the report has no rows", "try a longer range with --last")


def _say_written(talk: Talk, count: int, path: Path | None, asked: str) -> None:
    """Note what has become of the rows where they are not seen."""
    if path is not None:
        say_written(talk, counted(count, "row") if count else "no rows", path)
    elif asked and not count:
        talk.say(f"no rows for {asked}")


def _write(
    report: Report, out: TextIO, screen: Screen, options: Options, deadline: Deadline
) -> tuple[int, int]:
    """Write the report; return how many rows are written, and how many there are."""
    from glomex_cli.output.writer import write_blocks

    rows = iter(report.rows)
    # A terminal is no reader that wants the very bytes.
    options = options._replace(raw=options.raw and not screen.is_terminal)
    written = write_blocks(
        report._replace(rows=rows), out, screen=screen, options=options, pausing=deadline.paused
    )
    # Of what is cut one more was read to see that there is more.
    more = 1 + sum(1 for _ in rows) if written.is_cut else 0
    return written.rows, written.rows + more
