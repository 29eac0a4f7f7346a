"""A report on its way out: rows to stdout or a file, what is missing to stderr."""

import io
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO, NamedTuple, TextIO

import typer

from glomex_cli.cli.context import Context
from glomex_cli.cli.options import Section, flag
from glomex_cli.errors import GlomexError, IncompleteError, NoRowsError, ServiceError, UsageError
from glomex_cli.models import Problem, Report
from glomex_cli.output.formats import Format, Options, resolve_format
from glomex_cli.terminal.screen import Screen, screen_of
from glomex_cli.terminal.talk import Talk

_MOST_ROWS_ON_A_TERMINAL = 1000


class Output(NamedTuple):
    """Where a report goes and how; the fields are the options of `report`."""

    format: Annotated[
        Format,
        typer.Option(
            "--format", "-f", help="What to print; auto is a table on a terminal, else JSON."
        ),
    ] = Format.AUTO
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to a file, which is replaced only once all rows are there.",
            show_default="stdout",
        ),
    ] = None
    raw_csv: Annotated[
        bool, flag("--raw-csv", help="Leave text as it is, though a spreadsheet may run it.")
    ] = False
    strict: Annotated[bool, flag("--strict", help="Print nothing when anything is missing.")] = (
        False
    )
    fail_empty: Annotated[
        bool, flag("--fail-empty", help="End with exit code 3 when there are no rows.")
    ] = False

    @property
    def is_parquet(self) -> bool:
        """Whether a Parquet file is wanted: by `--format`, or by the name of the file."""
        is_named = self.output is not None and self.output.suffix == ".parquet"
        return self.format is Format.PARQUET or (self.format is Format.AUTO and is_named)


OutputOptions = Annotated[Output, Section("Output")]


def is_for_people(context: Context, output: Output) -> bool:
    """Return whether the report is shown as a table or Markdown."""
    screen = context.screen if output.output is None else context.screen._replace(is_terminal=False)
    return resolve_format(output.format, screen) in {Format.TABLE, Format.MARKDOWN}


def check_output(output: Output) -> None:
    """Raise an error for a Parquet file that cannot be: without a name, or without the packages."""
    if not output.is_parquet:
        return
    if output.output is None:
        raise UsageError("Parquet is for files", "name one: glomex report -o FILE.parquet")
    from glomex_cli.output.parquet import require_parquet

    require_parquet()


def print_report(
    context: Context, report: Report, output: Output, *, limit: int | None = None
) -> None:
    """Write `report`; what it lacks is known, and told, once its rows are out.

    A table on a terminal has at most 1,000 rows, or `limit` where somebody asked for more.
    Raises IncompleteError for rows the service left out (ServiceError, with nothing written,
    if `strict`) and NoRowsError for none if `fail_empty`. A file is replaced only by a whole
    report: after any failure the old one is there.
    """
    check_output(output)
    if output.strict:
        report = report._replace(rows=list(report.rows))
        if report.problems:
            _warn(context.talk, report.problems)
            raise ServiceError("the report is not complete", "leave out --strict to see the rest")
    if output.is_parquet and output.output:
        with _opened_file(output.output) as raw:
            from glomex_cli.output.parquet import write_parquet_report

            _check_written(context, report, output, write_parquet_report(report, raw))
        return
    with opened_output(context, output.output) as (stream, screen):
        most = max(_MOST_ROWS_ON_A_TERMINAL, limit or 0)
        options = Options(output.format, limit=most, raw=output.raw_csv)
        count = _write(context.talk, report, stream, screen, options)
        _check_written(context, report, output, count)


def _check_written(context: Context, report: Report, output: Output, count: int) -> None:
    """Raise what keeps a file of `count` rows from replacing an older one."""
    refuse_problems(context.talk, report.problems)
    if not count and output.fail_empty:
        raise NoRowsError("the report has no rows", "try a longer range with --last")


def refuse_problems(talk: Talk, problems: Sequence[Problem]) -> None:
    """Warn of each problem of a report whose rows have been read; raise IncompleteError."""
    if problems:
        _warn(talk, problems)
        raise IncompleteError("the service could not give all of the report", "try again later")


def _warn(talk: Talk, problems: Iterable[Problem]) -> None:
    for problem in problems:
        where = f" {problem.path}" if problem.path else ""
        talk.warn(f"missing{where}: {problem.message}")


def _write(talk: Talk, report: Report, stream: TextIO, screen: Screen, options: Options) -> int:
    from glomex_cli.output.writer import write_blocks

    rows = iter(report.rows)
    written = write_blocks(report._replace(rows=rows), stream, screen=screen, options=options)
    if written.is_cut:
        # One more was read to see that there are more.
        count = written.rows + 1 + sum(1 for _ in rows)
        talk.warn(
            f"the first {written.rows:,} of {count:,} rows are shown;"
            f" for all: --limit {count}, -f csv, or -f table | less"
        )
    return written.rows


@contextmanager
def opened_output(context: Context, path: Path | None) -> Generator[tuple[TextIO, Screen]]:
    """Return stdout, or a file that is replaced only when the block ends well, and its screen."""
    if path is None:
        yield context.runtime.stdout, context.screen
        return
    with _opened_file(path) as raw:
        stream = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
        yield stream, screen_of(stream, context.runtime.environ, context.options.color)
        stream.flush()
        stream.detach()


@contextmanager
def _opened_file(path: Path) -> Generator[BinaryIO]:
    """Yield a file that is replaced only when the block ends well."""
    from glomex_cli.storage.files import writing

    if path.is_dir():
        raise UsageError(f"--output {path} is a folder", "name a file in it")
    try:
        with writing(path) as raw:
            yield raw
    except OSError as error:
        raise GlomexError(f"cannot write {path}: {error.strerror}", _way_out(path, error)) from None


def _way_out(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        from glomex_cli.storage.errors import shell_quoted

        return f"mkdir -p {shell_quoted(path.parent)}"
    return "the file is as it was before" if path.is_file() else "name a file with --output"
