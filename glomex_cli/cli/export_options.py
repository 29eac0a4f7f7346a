"""The options of `glomex export`: what the export holds, and how this run goes about it."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from glomex_cli.cli.options import Section, flag
from glomex_cli.models import ReportKind
from glomex_cli.output.writer import Format

if TYPE_CHECKING:
    from glomex_cli.reports.export.plan import ExportChoice


class ExportSelection(NamedTuple):
    """What the export holds; what is not given is as it was the first time."""

    dimension: Annotated[
        list[str] | None,
        typer.Option(
            "--dimension",
            "-d",
            metavar="DIM",
            help="Group by day, and by video or channel; Mux data by day or hour.",
            show_default="as before, or video,day; video_id,day for Mux",
        ),
    ] = None
    metric: Annotated[
        list[str] | None,
        typer.Option(
            "--metric",
            "-m",
            metavar="METRIC",
            help="Metrics to export; repeatable, or separated by commas.",
            show_default="as before, or as in report",
        ),
    ] = None
    kind: Annotated[
        ReportKind | None,
        typer.Option(
            "--as",
            metavar="TYPE",
            help="Report type: content-owner or publisher; data for Mux.",
            show_default="as before",
        ),
    ] = None
    filter: Annotated[
        list[str] | None,
        typer.Option(
            "--filter",
            metavar="NAME=VALUE",
            help="Keep only matching rows; repeatable.",
            show_default="as before",
        ),
    ] = None
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DAY",
            help="First day; required for a new export. The last is yesterday.",
            show_default="as before",
        ),
    ] = None
    look_back: Annotated[
        str | None,
        typer.Option(
            "--look-back",
            metavar="SPAN",
            help="How long after its end a month is fetched again: 14d, 4w.",
            show_default="as before, or 14d",
        ),
    ] = None

    def wanted(self, today: date) -> "ExportChoice":
        """Return what was typed, parsed; UsageError for what cannot be."""
        from glomex_cli.dates.moments import parse_day
        from glomex_cli.reports.export.plan import ExportChoice, parse_look_back
        from glomex_cli.reports.request import parse_dimensions, parse_filters, parse_metrics

        first, look_back = self.first, self.look_back
        return ExportChoice(
            kind=self.kind,
            dimensions=parse_dimensions(self.dimension) if self.dimension else None,
            metrics=parse_metrics(self.metric) if self.metric else None,
            filters=parse_filters(self.filter) if self.filter else None,
            first=None if first is None else parse_day(first, option="--from", today=today),
            look_back_days=None if look_back is None else parse_look_back(look_back),
        )


class ExportRun(NamedTuple):
    """How this run goes about it."""

    rebuild: Annotated[
        bool, flag("--rebuild", help="Fetch all months again, even with other metrics.")
    ] = False
    allow_loss: Annotated[
        bool, flag("--allow-loss", help="Replace a month even if days it had are missing.")
    ] = False
    dry_run: Annotated[bool, flag("--dry-run", help="Only print what would be fetched.")] = False
    format: Annotated[
        Format,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="Output format of the summary, a row per month.",
        ),
    ] = Format.AUTO


ExportSelectionOptions = Annotated[ExportSelection, Section("Data")]
ExportRunOptions = Annotated[ExportRun, Section("Run")]
