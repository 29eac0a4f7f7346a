"""`glomex status`: lines for one profile, a table for several, rows for programs."""

import textwrap
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, NamedTuple

import typer

from glomex_cli.auth.account import ProfileState, overview, states, where_kept
from glomex_cli.auth.session import SignIn
from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import with_context
from glomex_cli.cli.printing import Output, print_report
from glomex_cli.config.endpoint import DEFAULTS, ServiceName
from glomex_cli.config.profile_writer import set_default
from glomex_cli.config.settings import Settings, service_of
from glomex_cli.dates.calendar import counted
from glomex_cli.models import Column, Report, Role
from glomex_cli.output.writer import Format
from glomex_cli.terminal.sanitize import clean, display_width
from glomex_cli.terminal.screen import Screen

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
    sessions, now = context.sessions, context.runtime.now()
    found = states(context.account, signs_in_by_itself=sessions.signs_in_by_itself)
    if context.screen.is_terminal and format is Format.AUTO:
        first, *others = found
        shown = [_in_use(first, context.settings, now, is_public=sessions.is_public)]
        if not context.options.profile:
            shown += [_shown(state, _endpoint(state), now) for state in others]
        if _fit(shown, context.screen):
            print_report(context, _table(shown), Output())
        else:
            context.runtime.stdout.write(
                "\n".join(_blocks(shown, context.settings, context.screen))
            )
    else:
        print_report(context, overview(context.account, found), Output(format))
        if sessions.is_public:
            context.talk.say(_NO_NEED)
    sessions.check()


class _Shown(NamedTuple):
    """What people see of a profile: the words for its session, and whether those are good."""

    state: ProfileState
    endpoint: str
    session: str
    is_good: bool

    @property
    def login(self) -> str | None:
        """The login, or the id of the token, once known."""
        return self.state.found.login if self.state.found else self.state.profile.login

    @property
    def is_mux(self) -> bool:
        """Whether it is a profile of Mux, which has tokens and environments."""
        found = self.state.found
        service = found.service if found else service_of(self.state.profile)
        return service is ServiceName.MUX


def _in_use(state: ProfileState, settings: Settings, now: datetime, *, is_public: bool) -> _Shown:
    """Return the profile in use as it is at this run's endpoint, which may be another's."""
    here, profile = settings.endpoint, state.profile
    if profile.endpoint not in {None, here.name}:
        profile = profile._replace(login=None, tenant=None, kind=None)
    if state.found is None or state.found.origin != here.origin:
        state = state._replace(found=None, profile=profile)
    shown = _shown(state, here.name, now)
    return shown._replace(session=_NO_NEED, is_good=True) if is_public else shown


def _shown(state: ProfileState, endpoint: str, now: datetime) -> _Shown:
    found, renews = state.found, state.renews_itself
    if found is None:
        words = "the next command signs in with GLOMEX_PASSWORD" if renews else "none"
        return _Shown(state, endpoint, words, renews)
    return _Shown(state, endpoint, _life(found, now), renews or not found.is_over(now))


def _life(found: SignIn, now: datetime) -> str:
    """Return in words how long a session lasts, and what follows."""
    if found.service is ServiceName.MUX:
        return "does not expire"
    minutes = found.minutes_left(now)
    if minutes is None:
        return "until the service revokes it"
    if minutes == 0:
        return "expired, renewed on next use" if found.can_renew else "expired"
    return f"{counted(minutes, 'minute')} left{', then renewed' if found.can_renew else ''}"


def _endpoint(state: ProfileState) -> str:
    profile = state.profile
    return profile.endpoint or DEFAULTS[service_of(profile)].endpoint


def _cells(shown: _Shown) -> list[str]:
    """Return the row of a profile in the table; the host is enough of its endpoint."""
    host = shown.endpoint.partition("://")[2].partition("/")[0] or shown.endpoint
    mark = "*" if shown.state.is_used else ""
    return [mark, shown.state.profile.name, clean(shown.login or "-"), clean(host), shown.session]


def _fit(shown: list[_Shown], screen: Screen) -> bool:
    """Return whether there are several profiles, and room for their table."""
    rows = [_cells(each) for each in shown]
    widths = [max(map(display_width, column)) for column in zip(_COLUMNS, *rows, strict=True)]
    return len(shown) > 1 and sum(widths) + _GAP * (len(widths) - 1) <= screen.width


def _table(shown: list[_Shown]) -> Report:
    columns = tuple(Column(name, Role.DIMENSION) for name in _COLUMNS)
    return Report(columns, [dict(zip(_COLUMNS, _cells(each), strict=True)) for each in shown])


def _blocks(shown: list[_Shown], settings: Settings, screen: Screen) -> Iterator[str]:
    """Yield the lines of each profile; the one in use is marked among several."""
    for each in shown:
        known = _known(each, settings)
        if each.state.is_used and len(shown) > 1:
            known["profile"] = f"{each.state.profile.name} (in use)"
        styles = {"session": _GREEN if each.is_good else _YELLOW}
        width = max(map(len, known)) + _GAP
        yield "".join(
            _line(key.ljust(width), clean(value), styles.get(key, ""), screen)
            for key, value in known.items()
            if value
        )


def _known(shown: _Shown, settings: Settings) -> dict[str, str | None]:
    """Return what is known of a profile by its name; None for what is not."""
    profile, store, found, *_ = shown.state
    kind = found.kind if found else profile.kind
    return {
        "profile": profile.name,
        "token" if shown.is_mux else "login": shown.login,
        "access" if shown.is_mux else "tenant": found.tenant if found else profile.tenant,
        "endpoint": shown.endpoint,
        "session": shown.session,
        "reports": None if shown.is_mux or kind is None else kind.replace("-", " "),
        "kept in": where_kept(store, settings.folder) if found else None,
    }


def _line(key: str, value: str, style: str, screen: Screen) -> str:
    """Return a line, its value broken at spaces and indented where it has no room."""
    room = max(screen.width - len(key), _LEAST_ROOM)
    parts = textwrap.wrap(value, room, break_long_words=False, break_on_hyphens=False)
    shown = [_colored(part, style, screen) for part in parts]
    return _colored(key, _DIM, screen) + f"\n{' ' * len(key)}".join(shown) + "\n"


def _colored(text: str, style: str, screen: Screen) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if style and screen.color else text
