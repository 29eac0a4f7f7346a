"""`glomex export`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Annotated

import typer

from glomex_cli.cli.context import Context
from glomex_cli.cli.export_options import ExportRunOptions, ExportSelectionOptions
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import with_context
from glomex_cli.cli.printing import Output, print_report
from glomex_cli.dates.buckets import bucket_in
from glomex_cli.dates.calendar import counted
from glomex_cli.errors import IncompleteError
from glomex_cli.models import Column, Report, ReportKind, ReportRequest, Role, Row
from glomex_cli.terminal.screen import Talk

if TYPE_CHECKING:
    from glomex_cli.config.settings import Settings
    from glomex_cli.interfaces import Service
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
_DIMENSIONS_OF_MUX = ("video_id", "day")


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
    from glomex_cli.reports.export.plan import check_bucket, choose, tasks
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
        manifest = choose(
            ledger.manifest,
            wanted,
            _usual(context.settings, context.client.default_metrics),
            rebuild=run.rebuild,
        )
        manifest = without_lost_files(manifest, place)
        check_bucket(manifest.source.dimensions, context.account.service.buckets)
        if run.dry_run:
            todo = tasks(manifest, today=context.now.date())
            _announce_requests(context.account.service, manifest, todo, context.talk)
            results = iter([planned(manifest, task) for task in todo])
        else:
            results = _results(context, ledger, manifest, allow_loss=run.allow_loss)
        _print(context, results, Output(run.format))


def _usual(settings: "Settings", metrics: tuple[str, ...]) -> "Source":
    from glomex_cli.reports.export.manifest import Source

    dimensions = _DIMENSIONS_OF_MUX if settings.kind is ReportKind.DATA else _DIMENSIONS
    return Source(settings.endpoint.origin, settings.kind, dimensions, metrics, ())


def _results(
    context: Context, ledger: "Ledger", manifest: "Manifest", *, allow_loss: bool
) -> "Iterator[MonthResult]":
    """Yield the result of each month, with a progress bar where a person sees stderr."""
    from glomex_cli.reports.export.month import fetch_by_bucket
    from glomex_cli.reports.export.run import Exporter, learn_names

    manifest, todo = _due(
        context.fetch, ledger.manifest, manifest, context.now.date(), context.talk
    )
    learn_names(context.client, manifest, todo)
    parts = _announce_requests(context.account.service, manifest, todo, context.talk)
    with context.progress(
        f"{bucket_in(manifest.source.dimensions)}s" if parts else "months"
    ) as show:
        done = count(1)

        def fetch_part(request: ReportRequest) -> Report:
            context.deadline.restart()
            report = context.fetch(request)
            show(next(done), parts or len(todo))
            return report

        is_mux = manifest.source.kind is ReportKind.DATA
        exporter = Exporter(
            ledger,
            partial(fetch_by_bucket, fetch_part) if is_mux else fetch_part,
            now=context.runtime.now,
            today=context.now.date(),
            allow_loss=allow_loss,
        )
        show(0, parts or len(todo))
        yield from exporter.run(manifest, todo)


def _due(
    fetch: Callable[[ReportRequest], Report],
    held: "Manifest | None",
    manifest: "Manifest",
    today: date,
    talk: Talk,
) -> "tuple[Manifest, Sequence[Task]]":
    """Return the months to ask for: not those of which the service keeps nothing any more."""
    from glomex_cli.reports.export.plan import check_rebuilt, gone_months, tasks, without_the_gone
    from glomex_cli.reports.export.run import oldest_day

    oldest = oldest_day(fetch, manifest, today=today)
    check_rebuilt(manifest, held, oldest)
    if oldest and oldest > manifest.first and not manifest.months:
        talk.say(f"the service has nothing before {oldest}")
    for start in gone_months(manifest, oldest):
        if not manifest.months[start].settled:
            talk.say(f"{start:%Y-%m} stays as it is: the service has nothing before {oldest}")
    manifest = without_the_gone(manifest, today=today, oldest=oldest)
    return manifest, tasks(manifest, today=today, oldest=oldest)


def _announce_requests(
    service: "Service", manifest: "Manifest", todo: "Sequence[Task]", talk: Talk
) -> int:
    """Announce how many requests there will be, where each day or hour is asked for by itself.

    Returns how many days or hours that are, 0 where whole months are asked for.
    """
    from glomex_cli.reports.export.run import parts_of

    parts = [part for task in todo for part in parts_of(manifest, task).values()]
    if parts:
        each = len(service.document(parts[0], None).splitlines())
        buckets = counted(len(parts), str(bucket_in(manifest.source.dimensions)))
        talk.say(
            f"{buckets} {'is' if len(parts) == 1 else 'are'} asked for one by one:"
            f" {counted(len(parts) * each, 'request')}, and more for rows beyond the first page"
        )
    return len(parts)


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
            "incomplete months were not replaced",
            "try again later, or replace those that lack days: --allow-loss",
        )


def _row(result: "MonthResult") -> Row:
    return {
        "month": str(result.month),
        "rows": result.rows,
        "days": result.days,
        "outcome": result.outcome,
        "settled": "yes" if result.settled else "no",
    }
