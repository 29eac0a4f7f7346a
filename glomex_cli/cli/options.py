"""The options that several commands share, each declared once, and how a command gets them.

Options that belong together are the fields of a named tuple, each annotated with its Typer
declaration. A command that takes such a tuple has all of them. Numbers are checked against a
range that makes sense.
"""

import inspect
import math
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from glomex_cli.cli.context import Context
from glomex_cli.cli.help import LAST_SECTION
from glomex_cli.config.endpoint import (
    DEFAULT_ENDPOINT,
    DEFAULT_PROFILE,
    DEFAULT_TIMEOUT_S,
    ServiceName,
)
from glomex_cli.errors import UsageError
from glomex_cli.models import DEFAULT_DAYS, PeriodWord, ReportKind
from glomex_cli.suggestions import quoted
from glomex_cli.terminal.screen import ColorChoice

if TYPE_CHECKING:
    from glomex_cli.dates.ranges import TypedRange

LONGEST_S = 86_400.0  # a day
_NUMBER = r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})(?:[eE][+-]?[0-9]{1,2})?"


def seconds_option(
    option: str, *, least: float, most: float = LONGEST_S
) -> Callable[[str | float], float]:
    """Return the parser of an option that takes seconds; UsageError, with the range, for others.

    >>> seconds_option("--timeout", least=0.1)("2.5")
    2.5
    """

    def parse(typed: str | float) -> float:
        text = str(typed).strip()
        value = float(text) if re.fullmatch(_NUMBER, text) else math.nan
        if not least <= value <= most:
            raise UsageError(
                f"{option} {quoted(text)} is not a valid number of seconds",
                f"type a number from {least:g} to {most:g}",
            )
        return value

    return parse


def flag(*names: str, help: str) -> Any:  # noqa: A002 - Typer's word
    """Return the declaration of an option that is on where it is given."""
    return typer.Option(*names, help=help, show_default=False)


IdsOption = Annotated[bool, flag("--ids", help="Show ids without titles.")]


class Section(NamedTuple):
    """Marks a named tuple of options, and is the title of their section in the help."""

    title: str


class GlobalOptions(NamedTuple):
    """The options of every command that talks to the service; None where not given.

    Typer has put the environment's values in already, where there is a variable for one.
    """

    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            "-p",
            envvar="GLOMEX_PROFILE",
            metavar="NAME",
            help="Profile (a saved sign-in) to use.",
            show_default=DEFAULT_PROFILE,
        ),
    ] = None
    endpoint: Annotated[
        str | None,
        typer.Option(
            "--endpoint",
            envvar="GLOMEX_ENDPOINT",
            metavar="URL",
            help="API address, or one of mux, sandbox, mux-sandbox.",
            show_default=DEFAULT_ENDPOINT,
        ),
    ] = None
    service: Annotated[
        ServiceName | None,
        typer.Option(
            "--service",
            envvar="GLOMEX_SERVICE",
            help="Service at the endpoint.",
            show_default="from the profile",
        ),
    ] = None
    timeout: Annotated[
        float | None,
        typer.Option(
            "--timeout",
            metavar="SECONDS",
            parser=seconds_option("--timeout", least=0.1),
            help="Total time limit.",
            show_default=f"{DEFAULT_TIMEOUT_S:g}",
        ),
    ] = None
    verbose: Annotated[bool, flag("--verbose", "-v", help="Log each request to stderr.")] = False
    quiet: Annotated[
        bool, flag("--quiet", "-q", help="Print only warnings and errors on stderr.")
    ] = False
    color: Annotated[ColorChoice, typer.Option("--color", help="When to use color.")] = (
        ColorChoice.AUTO
    )
    no_color: Annotated[bool, flag("--no-color", help="Same as --color never.")] = False
    no_input: Annotated[
        bool, flag("--no-input", help="Never prompt; fail if an answer is missing.")
    ] = False

    @property
    def color_choice(self) -> ColorChoice:
        """When to use color, by either option."""
        return ColorChoice.NEVER if self.no_color else self.color


class Range(NamedTuple):
    """The time range, in one of three ways, and the type of report."""

    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DAY",
            help="First day (YYYY-MM-DD, today, yesterday), or a time: 2026-11-25T14:00.",
            show_default=f"{DEFAULT_DAYS} days before the end",
        ),
    ] = None
    last: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DAY",
            help="Last day, inclusive; or a time, exclusive; or now.",
            show_default="yesterday",
        ),
    ] = None
    span: Annotated[
        str | None,
        typer.Option(
            "--last",
            metavar="SPAN",
            help="The last whole days, weeks or months: 7d, 4w, 6m, 1y; also 24h, 90min.",
            show_default=f"{DEFAULT_DAYS}d",
        ),
    ] = None
    named: Annotated[
        PeriodWord | None,
        typer.Option(
            "--period",
            metavar="WORD",
            help="Named range: this-week, last-month, this-year and so on; mtd, ytd.",
        ),
    ] = None
    kind: Annotated[
        ReportKind | None,
        typer.Option(
            "--as",
            metavar="TYPE",
            help="Report type: content-owner or publisher; data for Mux.",
            show_default="as chosen at login",
        ),
    ] = None

    @property
    def typed(self) -> "TypedRange":
        """The range as it was typed, to be resolved by the calendar of the service."""
        from glomex_cli.dates.ranges import TypedRange

        return TypedRange(self.first, self.last, self.span, self.named)


RangeOptions = Annotated[Range, Section("Time range")]


def with_context(command: Callable[..., None]) -> Callable[..., None]:
    """Spread a command's groups of options into single ones for Typer.

    A parameter is a group where its type is a named tuple annotated with a Section. The first
    parameter, the Context, is made from the options of every command, which are shown last.
    """
    own = list(inspect.signature(command).parameters.values())[1:]
    groups = {p.name: p.annotation.__origin__ for p in own if _is_group(p.annotation)}

    def run(context: typer.Context, **values: Any) -> None:
        options = _taken(GlobalOptions, values)
        made = {name: _taken(group, values) for name, group in groups.items()}
        opened = Context(context.obj, options, context)
        try:
            command(opened, **made, **values)
        finally:
            opened.talk.clear()

    parameters = [_parameter("context", typer.Context, inspect.Parameter.empty)]
    for each in own:
        if each.name in groups:
            parameters += _spread(groups[each.name], each.annotation.__metadata__[0].title)
        else:
            parameters.append(_parameter(each.name, each.annotation, each.default))
    parameters += _spread(GlobalOptions, LAST_SECTION)
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    return run


def _spread(group: Any, title: str) -> Iterator[inspect.Parameter]:
    for name, annotation in group.__annotations__.items():
        declaration = next(iter(annotation.__metadata__))
        declaration.rich_help_panel = title
        yield _parameter(name, annotation, group._field_defaults[name])


def _is_group(annotation: Any) -> bool:
    return isinstance(getattr(annotation, "__metadata__", (None,))[0], Section)


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default
    )


def _taken(group: Any, values: dict[str, Any]) -> Any:
    return group(**{name: values.pop(name) for name in group._fields})
