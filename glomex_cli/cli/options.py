"""Options that several commands share, each named once, and how a command gets them.

What a report is asked for: the options that `report`, `sparkline` and `plot` share.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple

import typer

from glomex_cli.cli.context import Connection
from glomex_cli.cli.help import LAST_SECTION
from glomex_cli.config.global_options import DEFAULT_ENDPOINT, DEFAULT_PROFILE, Flags
from glomex_cli.models import DEFAULT_DAYS, Period, ReportKind, Word


def flag(*names: str, help: str) -> Any:  # noqa: A002 - Typer's word
    """Declare an option that is on where it is given, and say so in the help."""
    return typer.Option(*names, help=help, show_default="off")


class Bundle(NamedTuple):
    """The options that the fields of a named tuple stand for, and the title of their section."""

    title: str
    options: Mapping[str, Any]


SharedOptions = Annotated[
    Flags,
    Bundle(
        LAST_SECTION,
        {
            "profile": typer.Option(
                "--profile",
                "-p",
                envvar="GLOMEX_PROFILE",
                metavar="NAME",
                help="The profile, that is the sign-in, to use.",
                show_default=DEFAULT_PROFILE,
            ),
            "endpoint": typer.Option(
                "--endpoint",
                envvar="GLOMEX_ENDPOINT",
                metavar="URL",
                help="The address of the service, or the word sandbox.",
                show_default=DEFAULT_ENDPOINT,
            ),
            "timeout": typer.Option(
                "--timeout",
                metavar="SECONDS",
                min=0.1,
                help="How long the whole command may wait.",
            ),
            "verbose": flag("--verbose", "-v", help="Tell of each request on stderr."),
            "quiet": flag("--quiet", "-q", help="Say nothing but warnings and errors on stderr."),
            "color": typer.Option("--color", help="When to use colour."),
            "no_input": flag("--no-input", help="Never ask; fail where an answer is missing."),
        },
    ),
]


def connected(command: Callable[..., None]) -> Callable[..., None]:
    """Spread a command's bundles of options into single ones for Typer.

    A parameter is a bundle where its type is a named tuple annotated with a Bundle. The first
    parameter, the Connection, is made from the options of every command, shown last.
    """
    own = list(inspect.signature(command).parameters.values())[1:]
    bundles = {p.name: p.annotation.__origin__ for p in own if _is_bundle(p.annotation)}

    def run(context: typer.Context, **values: Any) -> None:
        flags = _taken(Flags, values)
        made = {name: _taken(bundle, values) for name, bundle in bundles.items()}
        command(Connection(context.obj, flags), **made, **values)

    parameters = [_parameter("context", typer.Context, inspect.Parameter.empty)]
    for each in own:
        if each.name in bundles:
            parameters += _spread(each.annotation)
        else:
            parameters.append(_parameter(each.name, each.annotation, each.default))
    parameters += _spread(SharedOptions)
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    return run


def _spread(annotation: Any) -> Iterator[inspect.Parameter]:
    values, bundle = annotation.__origin__, annotation.__metadata__[0]
    types, defaults = values.__annotations__, values._field_defaults
    for name, declaration in bundle.options.items():
        declaration.rich_help_panel = bundle.title
        yield _parameter(name, Annotated[types[name], declaration], defaults[name])


def _is_bundle(annotation: Any) -> bool:
    return isinstance(getattr(annotation, "__metadata__", (None,))[0], Bundle)


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default
    )


def _taken(bundle: Any, values: dict[str, Any]) -> Any:
    return bundle(**{name: values.pop(name) for name in bundle._fields})


class Range(NamedTuple):
    """The days to ask for, in one of three ways, and on whose behalf."""

    first: str | None = None
    last: str | None = None
    span: str | None = None
    named: Word | None = None
    kind: ReportKind | None = None

    def period(self, connection: Connection) -> Period:
        """Give the days on this machine's calendar, and tell them on a terminal."""
        period = self.period_on(connection.today)
        if connection.screen.is_terminal:
            connection.say(f"{period} ({period.days} days)")
        return period

    def period_on(self, today: date) -> Period:
        """Give the days as they are meant on that day; UsageError for what cannot be."""
        from glomex_cli.dates.ranges import resolve_period

        return resolve_period(
            first=self.first, last=self.last, span=self.span, named=self.named, today=today
        )


RangeOptions = Annotated[
    Range,
    Bundle(
        "Range",
        {
            "first": typer.Option(
                "--from",
                metavar="DAY",
                help="The first day: YYYY-MM-DD, today or yesterday.",
                show_default=f"{DEFAULT_DAYS} days before the end",
            ),
            "last": typer.Option(
                "--to",
                metavar="DAY",
                help="The last day, itself included.",
                show_default="yesterday",
            ),
            "span": typer.Option(
                "--last",
                metavar="SPAN",
                help="Whole days up to yesterday: 7d, 4w, 6m or 1y.",
                show_default=f"{DEFAULT_DAYS}d",
            ),
            "named": typer.Option(
                "--period",
                metavar="WORD",
                help="A range by its name: this- or last-week, -month or -year, mtd, ytd.",
                show_default="none",
            ),
            "kind": typer.Option(
                "--as", help="On whose behalf to ask.", show_default="as chosen at login"
            ),
        },
    ),
]
