"""`glomex status`: lines for one profile, a table for several, rows for programs."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

import typer

from glomex_cli.auth.account import ProfileState, overview, place_of, states
from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import with_context
from glomex_cli.cli.printing import Output, print_report
from glomex_cli.config.endpoint import DEFAULTS, ServiceName
from glomex_cli.config.profile_writer import set_default
from glomex_cli.config.settings import service_of
from glomex_cli.dates.calendar import counted
from glomex_cli.models import Column, Report, Role
from glomex_cli.output.writer import Format
from glomex_cli.terminal.sanitize import clean, display_width

EXAMPLES = (
    "glomex status",
    "glomex status -p studio",
    "glomex status -f json | jq '.[0].minutes_left'",
    "glomex status --use studio",
)

_NO_NEED = "the sandbox needs no sign-in"
_COLUMNS = ("", "profile", "login", "endpoint", "session")
_GAP = 2
_LEAST_ROOM = 20
_GREEN, _YELLOW, _DIM = "32", "33", "2"


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, status_command, EXAMPLES)


@with_context
def status_command(
    context: Context,
    *,
    use: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Set the default profile."),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format, typer.Option("--format", "-f", metavar="FORMAT", help="Output format.")
    ] = Format.AUTO,
) -> None:
    """Show who is signed in, where, and for how long.

    On a terminal, one profile is shown as lines, several as a table with the current one marked;
    -p NAME shows the lines of one of several. Exits with code 4 if the current profile is not
    signed in.
    """
    if use is not None:
        set_default(context.settings.folder, use)
        context.talk.say(f"the default profile is now {use}")
        return
    if context.account.given_token:
        source = context.account.token_source
        context.talk.say(f"{source} is set: commands use that token, and no profile")
        return
    sessions = context.sessions
    found = states(context.account, signs_in_by_itself=sessions.signs_in_by_itself)
    if context.screen.is_terminal and format is Format.AUTO:
        _show(context, found)
    else:
        print_report(context, overview(context.account, found), Output(format))
        if sessions.is_public:
            context.talk.say(_NO_NEED)
    sessions.check()


def _show(context: Context, found: Sequence[ProfileState]) -> None:
    """Write lines for one profile, a table for several, or lines for each where it has no room."""
    found = [_here(context, found[0]), *found[1:]]
    if context.options.profile:
        found = found[:1]
    rows = [_cells(context, state) for state in found]
    widths = [max(map(display_width, column)) for column in zip(_COLUMNS, *rows, strict=True)]
    if len(found) > 1 and sum(widths) + _GAP * (len(widths) - 1) <= context.screen.width:
        columns = tuple(Column(name, Role.DIMENSION) for name in _COLUMNS)
        table = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
        print_report(context, Report(columns, table), Output())
        return
    blocks = ["".join(_lines(context, state, of=len(found))) for state in found]
    context.runtime.stdout.write("\n".join(blocks))


def _here(context: Context, state: ProfileState) -> ProfileState:
    """Return the state of the profile in use at this run's endpoint, which may be another's."""
    here, profile = context.settings.endpoint, state.profile
    if profile.endpoint not in {None, here.name}:
        profile = profile._replace(login=None, tenant=None, kind=None)
    is_here = state.found is not None and state.found.origin == here.origin
    return state if is_here else state._replace(found=None, profile=profile)


def _cells(context: Context, state: ProfileState) -> list[str]:
    """Return the row of a profile in the table; the host is enough of its endpoint."""
    return [
        "*" if state.is_used else "",
        state.profile.name,
        clean(_login(state) or "-"),
        clean(_host(_endpoint(context, state))),
        _session(context, state),
    ]


def _lines(context: Context, state: ProfileState, *, of: int) -> Iterator[str]:
    """Yield a line for each thing known of a profile, `of` which there are so many."""
    found, is_mux = state.found, _is_mux(state)
    tenant = found.tenant if found else state.profile.tenant
    kind = found.kind if found else state.profile.kind
    known = {
        "profile": f"{state.profile.name}{' (in use)' if state.is_used and of > 1 else ''}",
        "token" if is_mux else "login": _login(state),
        "access" if is_mux else "tenant": tenant,
        "endpoint": _endpoint(context, state),
        "session": _session(context, state),
        "reports": None if is_mux or kind is None else kind.replace("-", " "),
        "kept in": place_of(state.store, context.settings.folder) if found else None,
    }
    told = {key: clean(value) for key, value in known.items() if value}
    indent = max(map(len, known)) + _GAP
    for key, value in told.items():
        style = _style(context, state) if key == "session" else ""
        yield _line(context, key.ljust(indent), value, style)


def _line(context: Context, key: str, value: str, style: str) -> str:
    """Return a line, its value broken at spaces and indented where it has no room."""
    room = max(context.screen.width - len(key), _LEAST_ROOM)
    parts = textwrap.wrap(value, room, break_long_words=False, break_on_hyphens=False)
    colored = context.screen.color
    shown = [f"\x1b[{style}m{part}\x1b[0m" if style and colored else part for part in parts]
    name = f"\x1b[{_DIM}m{key}\x1b[0m" if colored else key
    return name + f"\n{' ' * len(key)}".join(shown) + "\n"


def _login(state: ProfileState) -> str | None:
    return state.found.login if state.found else state.profile.login


def _is_mux(state: ProfileState) -> bool:
    return (state.found.service if state.found else state.profile.service) is ServiceName.MUX


def _endpoint(context: Context, state: ProfileState) -> str:
    """Return where a profile asks: the one in use may be sent elsewhere by an option."""
    if state.is_used:
        return context.settings.endpoint.name
    return state.profile.endpoint or DEFAULTS[service_of(state.profile)].endpoint


def _host(endpoint: str) -> str:
    return endpoint.partition("://")[2].partition("/")[0] or endpoint


def _session(context: Context, state: ProfileState) -> str:
    """Return in words how long the session lasts, and what follows."""
    found = state.found
    if state.is_used and context.sessions.is_public:
        return _NO_NEED
    if found is not None:
        return _life(state, context.runtime.now())
    return "the next command signs in with GLOMEX_PASSWORD" if state.renews_itself else "none"


def _life(state: ProfileState, now: datetime) -> str:
    minutes = state.found.minutes_left(now) if state.found else None
    if _is_mux(state):
        return "does not end"
    renewal = ", then renewed" if state.renews_itself else ""
    if minutes == 0:
        return "ended, renewed when used" if renewal else "ended"
    return f"{counted(minutes, 'minute')} left{renewal}" if minutes else "until the service ends it"


def _style(context: Context, state: ProfileState) -> str:
    is_over = state.found is None or state.found.is_over(context.runtime.now())
    return _YELLOW if is_over and not state.renews_itself else _GREEN
