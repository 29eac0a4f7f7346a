"""A report on its way out: rows to stdout or a file, what is missing to stderr."""

import io
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from glomex_cli.cli.context import Connection
from glomex_cli.errors import GlomexError, IncompleteError, NoRowsError, ServiceError, UsageError
from glomex_cli.models import Problem, Report
from glomex_cli.output.formats import Format, Options, resolve
from glomex_cli.terminal.screen import Screen, screen_of

_MOST_ROWS_ON_A_TERMINAL = 1000


class Output(NamedTuple):
    """Where a report goes and how; the fields are the options of `report`."""

    format: Format = Format.AUTO
    output: Path | None = None
    raw_csv: bool = False
    strict: bool = False
    fail_empty: bool = False


def is_for_people(connection: Connection, output: Output) -> bool:
    """Say whether the report is shown as a table or Markdown."""
    screen = (
        connection.screen
        if output.output is None
        else connection.screen._replace(is_terminal=False)
    )
    return resolve(output.format, screen) in {Format.TABLE, Format.MARKDOWN}


def print_report(
    connection: Connection, report: Report, output: Output, *, limit: int | None = None
) -> None:
    """Write `report`; what it lacks is known, and told, once its rows are out.

    A table on a terminal has at most 1,000 rows, or `limit` where somebody asked for more.
    Raises IncompleteError for rows the service left out (ServiceError, with nothing written,
    if `strict`) and NoRowsError for none if `fail_empty`. A file is replaced only by a whole
    report: after any failure the old one is there.
    """
    if output.strict:
        report = report._replace(rows=list(report.rows))
        if report.problems:
            _tell(connection, report.problems)
            raise ServiceError("the report is not complete", "leave out --strict to see the rest")
    with opened_output(connection, output.output) as (stream, screen):
        most = max(_MOST_ROWS_ON_A_TERMINAL, limit or 0)
        options = Options(output.format, limit=most, raw=output.raw_csv)
        count = _write(connection, report, stream, screen, options)
        refuse_problems(connection, report.problems)
        if not count and output.fail_empty:
            raise NoRowsError("the report has no rows", "try a longer range with --last")


def refuse_problems(connection: Connection, problems: Sequence[Problem]) -> None:
    """Tell each problem of a report whose rows have been read, and end as incomplete."""
    if problems:
        _tell(connection, problems)
        raise IncompleteError("the service could not give all of the report", "try again later")


def _tell(connection: Connection, problems: Iterable[Problem]) -> None:
    for problem in problems:
        where = f" {problem.path}" if problem.path else ""
        connection.warn(f"missing{where}: {problem.message}")


def _write(
    connection: Connection, report: Report, stream: TextIO, screen: Screen, options: Options
) -> int:
    from glomex_cli.output.writer import write_report

    rows = iter(report.rows)
    written = write_report(report._replace(rows=rows), stream, screen=screen, options=options)
    if written.is_cut:
        # One more was read to see that there are more.
        count = written.rows + 1 + sum(1 for _ in rows)
        connection.warn(
            f"the first {written.rows:,} of {count:,} rows are shown;"
            f" for all: --limit {count}, -f csv, or -f table | less"
        )
    return written.rows


@contextmanager
def opened_output(connection: Connection, path: Path | None) -> Generator[tuple[TextIO, Screen]]:
    """Give stdout, or a file that is replaced only when the block ends well, and its screen."""
    if path is None:
        yield connection.runtime.stdout, connection.screen
        return
    from glomex_cli.storage.files import writing

    if path.is_dir():
        raise UsageError(f"--output {path} is a folder", "name a file in it")
    try:
        with writing(path) as raw:
            stream = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
            yield stream, screen_of(stream, connection.runtime.environ, connection.flags.color)
            stream.flush()
            stream.detach()
    except OSError as error:
        raise GlomexError(f"cannot write {path}: {error.strerror}", _way_out(path, error)) from None


def _way_out(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        from glomex_cli.storage.errors import quoted

        return f"mkdir -p {quoted(path.parent)}"
    return "the file is as it was before" if path.is_file() else "name a file with --output"
