"""`glomex export`."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from glomex_cli.cli.context import Context
from glomex_cli.cli.export_options import ExportRunOptions, ExportSelectionOptions
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import with_context
from glomex_cli.cli.printing import Output, print_report
from glomex_cli.errors import IncompleteError
from glomex_cli.models import Bucket, Column, Report, ReportKind, ReportRequest, Role, Row

if TYPE_CHECKING:
    from glomex_cli.reports.export.manifest import Ledger, Manifest, Source
    from glomex_cli.reports.export.plan import Task
    from glomex_cli.reports.export.run import MonthResult

EXAMPLES = (
    "glomex export ./lake -d video,day -m video_views,revenue --from 2025-06-01",
    "glomex export ./lake",
    "glomex export ./lake --dry-run",
    "glomex export s3://bucket/glomex",
)
_COLUMNS = (
    Column("month", Role.DIMENSION),
    Column("rows", Role.METRIC),
    Column("days", Role.METRIC),
    Column("outcome", Role.DIMENSION),
    Column("settled", Role.DIMENSION),
)
_DIMENSIONS = ("video", "day")


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, export_command, EXAMPLES)


@with_context
def export_command(
    context: Context,
    destination: Annotated[
        str,
        typer.Argument(metavar="DEST", help="A folder, or a bucket: s3://, gs:// or az://."),
    ],
    selection: ExportSelectionOptions,
    run: ExportRunOptions,
) -> None:
    """Export all history to Parquet files, and keep them up to date.

    There is one file per month. Run it every night: it remembers the options of the first run,
    fetches only months that may still change, and replaces each file atomically. A month that is
    incomplete, or lacks days it had before, is not replaced. --timeout applies to each month.
    """
    from glomex_cli.output.parquet import require_parquet
    from glomex_cli.reports.export.manifest import Ledger, without_lost_files
    from glomex_cli.reports.export.plan import check_daily, choose, tasks
    from glomex_cli.reports.export.run import planned
    from glomex_cli.storage.destination import open_destination

    wanted = selection.wanted(context.now.date())
    require_parquet()
    place = open_destination(
        destination, timeout_s=context.timeout_s, environ=context.runtime.environ
    )
    with ExitStack() as held:
        if not run.dry_run:
            held.enter_context(place.alone())
        ledger = Ledger(place)
        manifest = choose(ledger.manifest, wanted, _usual(context), rebuild=run.rebuild)
        manifest = without_lost_files(manifest, place)
        check_daily(manifest.source.dimensions)
        todo = tasks(manifest, today=context.now.date())
        results = (
            (planned(manifest, task) for task in todo)
            if run.dry_run
            else _results(context, ledger, manifest, todo, allow_loss=run.allow_loss)
        )
        _print(context, results, Output(run.format))


def _usual(context: Context) -> "Source":
    from glomex_cli.reports.export.manifest import Source

    settings = context.settings
    metrics = context.client.default_metrics
    return Source(settings.endpoint.origin, settings.kind, _DIMENSIONS, metrics, ())


def _results(
    context: Context,
    ledger: "Ledger",
    manifest: "Manifest",
    todo: "Sequence[Task]",
    *,
    allow_loss: bool,
) -> "Iterator[MonthResult]":
    """Yield the result of each month, with a progress bar where a person sees stderr."""
    from glomex_cli.reports.export.month import fetch_day_by_day
    from glomex_cli.reports.export.run import Exporter, learn_names

    learn_names(context.client, manifest, todo)

    def fetch_part(request: ReportRequest) -> Report:
        context.deadline.restart()
        return context.fetch(request)

    is_daily = manifest.source.kind is ReportKind.DATA
    fetch = partial(fetch_day_by_day, fetch_part) if is_daily else fetch_part
    if is_daily and set(manifest.source.dimensions) != {Bucket.DAY}:
        days = sum(task.period.days for task in todo)
        least = days * len(manifest.source.metrics)
        context.talk.say(f"{days} days are asked for one by one: about {least} requests")
    exporter = Exporter(
        ledger, fetch, now=context.runtime.now, today=context.now.date(), allow_loss=allow_loss
    )
    with context.progress("months") as show:
        show(0, len(todo))
        for done, result in enumerate(exporter.run(manifest, todo), start=1):
            show(done, len(todo))
            yield result


def _print(context: Context, results: "Iterator[MonthResult]", output: Output) -> None:
    """Print a row for each month; raise IncompleteError where one lacked something."""
    missing: list[str] = []

    def rows() -> Iterator[Row]:
        for result in results:
            missing.extend(result.missing)
            yield _row(result)

    try:
        print_report(context, Report(_COLUMNS, rows()), output)
    finally:
        for line in missing:
            context.talk.warn(f"missing {line}")
    if missing:
        raise IncompleteError(
            "months that came back incomplete stay as they were",
            "try again later, or take them without days they had: --allow-loss",
        )


def _row(result: "MonthResult") -> Row:
    return {
        "month": str(result.month),
        "rows": result.rows,
        "days": result.days,
        "outcome": result.outcome,
        "settled": "yes" if result.settled else "no",
    }
