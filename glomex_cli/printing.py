"""A report on its way out: rows to stdout or a file, what is missing to stderr."""

import io
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from glomex_cli.connection import Connection
from glomex_cli.errors import GlomexError, IncompleteError, NoRowsError, ServiceError, UsageError
from glomex_cli.models import Problem, Report
from glomex_cli.render import Format, Options, resolve, write_report
from glomex_cli.terminal import Screen, screen_of

_MOST_ROWS_ON_A_TERMINAL = 1000


@dataclass(frozen=True, slots=True)
class Output:
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
        else replace(connection.screen, is_terminal=False)
    )
    return resolve(output.format, screen) in {Format.TABLE, Format.MARKDOWN}


def print_report(connection: Connection, report: Report, output: Output) -> None:
    """Write `report`; what it lacks is known, and told, once its rows are out.

    Raises IncompleteError for rows the service left out (ServiceError, with nothing written,
    if `strict`) and NoRowsError for none if `fail_empty`. A file is replaced only by a whole
    report: after any failure the old one is there.
    """
    if output.strict:
        report = replace(report, rows=list(report.rows))
        if report.problems:
            _tell(connection, report.problems)
            raise ServiceError("the report is not complete", "leave out --strict to see the rest")
    with opened_output(connection, output.output) as (stream, screen):
        count = _write(connection, report, stream, screen, output)
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
    connection: Connection, report: Report, stream: TextIO, screen: Screen, output: Output
) -> int:
    options = Options(output.format, limit=_MOST_ROWS_ON_A_TERMINAL, raw=output.raw_csv)
    rows = iter(report.rows)
    written = write_report(replace(report, rows=rows), stream, screen=screen, options=options)
    if written.is_cut:
        left = 1 + sum(1 for _ in rows)  # one more was read to see that there are more
        connection.warn(
            f"the first {written.rows:,} of {written.rows + left:,} rows are shown;"
            " for all: -f csv, or -f table | less"
        )
    return written.rows


@contextmanager
def opened_output(connection: Connection, path: Path | None) -> Generator[tuple[TextIO, Screen]]:
    """Give stdout, or a file that is replaced only when the block ends well, and its screen."""
    if path is None:
        yield connection.runtime.stdout, connection.screen
        return
    from glomex_cli.atomic import writing

    if path.is_dir():
        raise UsageError(f"--output {path} is a folder", "name a file in it")
    try:
        with writing(path) as raw:
            stream = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
            yield stream, screen_of(stream, connection.runtime.environ, connection.flags.color)
            stream.flush()
            stream.detach()
    except OSError as error:
        raise GlomexError(
            f"cannot write {path}: {error.strerror}", "the file is as it was before"
        ) from None
