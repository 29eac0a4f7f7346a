"""`glomex schema`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import flag, with_context
from glomex_cli.cli.printing import Output, print_report
from glomex_cli.errors import UsageError
from glomex_cli.models import Column, Report, ReportKind, ReportSchema, Role, Row, Schema
from glomex_cli.output.writer import Format
from glomex_cli.suggestions import quoted

if TYPE_CHECKING:
    from glomex_cli.services.client import Client

EXAMPLES = (
    "glomex schema",
    "glomex schema --as publisher --refresh",
    "glomex schema country --service mux",
    "glomex schema -f json | jq -r '.[] | select(.what == \"metric\").name'",
)

_COLUMNS = ("report", "what", "name", "type", "unit", "description")


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, schema_command, EXAMPLES)


@with_context
def schema_command(
    context: Context,
    dimension: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIM]",
            help="Mux Data only: list the values of this dimension in the last week.",
            show_default="all dimensions and metrics",
        ),
    ] = None,
    *,
    kind: Annotated[
        ReportKind | None,
        typer.Option("--as", metavar="TYPE", help="Report type to list.", show_default="all"),
    ] = None,
    refresh: Annotated[
        bool, flag("--refresh", help="Clear the cache and ask the service again.")
    ] = False,
    format: Annotated[  # noqa: A002 - the option's name
        Format, typer.Option("--format", "-f", metavar="FORMAT", help="Output format.")
    ] = Format.AUTO,
) -> None:
    """List the dimensions, metrics and filters of your account.

    The schema is fetched once and then cached; a note tells its age. If the service does not
    publish its schema, which is normal, the documented names are listed.
    """
    if dimension is not None:
        print_report(context, _values(context.client, dimension), Output(format))
        return
    known, origin = _schema(context.client, now=context.runtime.now(), refresh=refresh)
    context.talk.say(origin)
    kinds = [kind] if kind else list(known.reports)
    rows = [
        row for each in kinds if each in known.reports for row in _rows(each, known.reports[each])
    ]
    columns = tuple(Column(name, Role.DIMENSION) for name in _COLUMNS)
    print_report(context, Report(columns, rows), Output(format))


def _values(client: "Client", dimension: str) -> Report:
    found = client.values(dimension)
    if found is None:
        raise UsageError(
            f"{client.service.title} does not list the values of {quoted(dimension)}",
            f"glomex report -d {quoted(dimension)}",
        )
    return found


def _schema(client: "Client", *, now: datetime, refresh: bool) -> tuple[Schema, str]:
    """Return the schema, and where it is from, in words."""
    if refresh:
        client.cache.forget()
    learned = client.cache.learned
    if learned.schema and learned.schema_at and not refresh:
        age = _age(now - learned.schema_at)
        return learned.schema, f"cached {age} ago; update it with --refresh"
    asked = client.schema()
    if asked:
        return asked, "fetched from the service just now"
    return (
        client.service.documented,
        "the service does not publish its schema; these names are documented",
    )


def _age(age: timedelta) -> str:
    """Return an age in its largest unit.

    >>> _age(timedelta(hours=49))
    '2 days'
    """
    for unit, seconds in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        count = int(age.total_seconds() // seconds)
        if count > 0:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "0 seconds"


def _rows(kind: ReportKind, known: ReportSchema) -> Iterator[Row]:
    for what, types in (
        ("dimension", {name: _dimension_type(known, name) for name in known.dimensions}),
        ("metric", known.metrics),
        ("label", known.labels),
    ):
        for name, type_name in types.items():
            unit = known.kinds[name].unit.value if name in known.kinds else ""
            description = known.descriptions.get(name, "")
            yield _row(kind, what, name, type_name, unit, description)
    for name, type_name in known.filters.items():
        yield _row(kind, "filter", name, type_name, "", "")


def _dimension_type(known: ReportSchema, name: str) -> str:
    parts = known.parts.get(name, ())
    return f"object of {', '.join(parts)}" if parts else "text"


def _row(kind: ReportKind, *cells: str) -> Row:
    return dict(zip(_COLUMNS, (kind, *cells), strict=True))
