"""What a command runs with: settings, screen, person, clock, and the client of the service.

Each part is made on first use, so that a command pays only for what it needs.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from glomex_cli.concurrency import Deadline
from glomex_cli.terminal.screen import Screen, Talk, WaitLine, is_piped, screen_of

# What a command may never use is imported where it is used: drawing three numbers needs none.
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from datetime import datetime

    import typer

    from glomex_cli.auth.account import Account
    from glomex_cli.auth.renewal import Sessions
    from glomex_cli.charts.sparkline.lines import Picture
    from glomex_cli.cli.options import GlobalOptions, Range
    from glomex_cli.config.settings import Settings
    from glomex_cli.dates.ranges import ServiceCalendar, TypedRange
    from glomex_cli.interfaces import Exchange, Listener, Service
    from glomex_cli.models import Report, ReportRequest, Secret, TimeRange
    from glomex_cli.services.cache import Cache
    from glomex_cli.services.client import Client
    from glomex_cli.terminal.runtime import Runtime


_LONG_S = 1.0  # after which a person wonders


class Context:
    """One run of a command: the process around it and the options of every command."""

    def __init__(
        self, runtime: Runtime, options: GlobalOptions, parsed: typer.Context | None = None
    ) -> None:
        """Run in `runtime`; `parsed` knows which parameters were typed."""
        self.runtime = runtime
        self.options = options
        self.parsed = parsed

    @cached_property
    def shows_waits(self) -> bool:
        """Whether a person sees stderr alone: not beside what a pipe leads to."""
        runtime = self.runtime
        is_seen = runtime.stderr.isatty() and runtime.environ.get("TERM") != "dumb"
        return is_seen and not self.options.quiet and not is_piped(runtime.stdout)

    def fresh(self) -> Context:
        """Return a context of the same kind, with all its time before it, that notes nothing."""
        return Context(self.runtime, self.options)

    @cached_property
    def settings(self) -> Settings:
        """Profile, endpoint and folder of this run."""
        from glomex_cli.config.settings import resolve_settings

        settings = resolve_settings(
            self.runtime.environ,
            profile=self.options.profile,
            endpoint=self.options.endpoint,
            service=self.options.service,
        )
        for note in settings.notes if self.parsed else ():
            self.talk.say(note)
        return settings

    @cached_property
    def screen(self) -> Screen:
        """What stdout can show, as it was at first."""
        return self.measured()

    def measured(self) -> Screen:
        """Return what stdout can show now; a terminal may have been resized."""
        return screen_of(self.runtime.stdout, self.runtime.environ, self.options.color_choice)

    @cached_property
    def talk(self) -> Talk:
        """Notes on stderr and questions on the terminal."""
        return Talk(
            self.runtime.stderr,
            None if self.options.no_input else self.runtime.ask,
            quiet=self.options.quiet,
            paused=lambda: self.deadline.paused(),  # noqa: PLW0108 - its time begins later
        )

    @property
    def now(self) -> datetime:
        """The time in the zone of the service's days, which may be that of this machine."""
        return self.runtime.now().astimezone(self.account.service.zone)

    @property
    def calendar(self) -> ServiceCalendar:
        """The time of the service, and the buckets that it divides time by."""
        from glomex_cli.dates.ranges import ServiceCalendar

        return ServiceCalendar(self.now, self.account.service.buckets, self.account.service.title)

    @cached_property
    def deadline(self) -> Deadline:
        """When the command has to be done, counted from its first need of the service."""
        return Deadline(self.timeout_s)

    @property
    def timeout_s(self) -> float:
        """How long the command may wait, in seconds: `--timeout`, or its default."""
        from glomex_cli.config.endpoint import DEFAULT_TIMEOUT_S

        typed = self.options.timeout
        return DEFAULT_TIMEOUT_S if typed is None else typed

    @cached_property
    def account(self) -> Account:
        """The profile at its endpoint."""
        from glomex_cli.auth.account import Account

        return Account(
            open_settings=lambda: self.settings,
            environ=self.runtime.environ,
            now=self.runtime.now,
            talk=self.talk,
            open_service=self._open_service,
            limit=None if self.options.timeout is None else lambda: self.deadline,
        )

    @cached_property
    def sessions(self) -> Sessions:
        """The session of the account."""
        from glomex_cli.auth.renewal import Sessions

        return Sessions(self.account)

    @cached_property
    def cache(self) -> Cache:
        """What is known of the endpoint; of the embedded sandbox nothing is kept."""
        from glomex_cli.services.cache import open_cache

        return open_cache(self.settings, self.runtime.now)

    @cached_property
    def client(self) -> Client:
        """The service, asked with the session of the account."""
        from glomex_cli.services.client import Client

        return Client(self.account.service, self.sessions, self.cache)

    @property
    def default_metrics(self) -> tuple[str, ...]:
        """The metrics to ask for where none is typed: the profile's, else the service's."""
        return self.settings.defaults.metrics or self.client.default_metrics

    def is_typed(self, parameter: str) -> bool:
        """Return whether the command line has a value for a parameter."""
        source = self.parsed.get_parameter_source(parameter) if self.parsed else None
        return source is not None and source.name == "COMMANDLINE"

    def typed_range(self, days: Range) -> TypedRange:
        """Return the range as it was typed, that of the profile where none was."""
        typed, span = days.typed, self.settings.defaults.last
        return typed if any(typed) or span is None else typed._replace(span=span)

    def fetch(self, request: ReportRequest) -> Report:
        """Fetch a report, with a progress bar for a long one where a person sees stderr."""
        from glomex_cli.reports.fetch import fetch_report

        return fetch_report(self.client, request, progress=self.progress)

    @contextmanager
    def progress(self, unit: str = "ranges") -> Generator[Callable[[int, int], None]]:
        """Open a progress bar on stderr, which draws nothing where no person sees it."""
        from glomex_cli.terminal.live import progress_bar

        stderr = self.runtime.stderr
        is_seen = not self.options.quiet and stderr.isatty()
        shows_waits, self.shows_waits = self.shows_waits, False  # the bar does
        self.talk.clear()
        try:
            screen = self._measured_stderr() if is_seen else None
            with progress_bar(stderr, screen, unit=unit) as show:
                yield show
        finally:
            self.shows_waits = shows_waits

    def announce(self, text: str) -> None:
        """Write a note that is for people only: where stdout is a terminal."""
        if self.screen.is_terminal:
            self.talk.say(text)

    def announce_range(self, period: TimeRange) -> TimeRange:
        """Return the range, after telling it where stdout is a terminal."""
        from glomex_cli.dates.calendar import described

        self.announce(described(period, self.account.service.zone))
        return period

    def print_token(self, token: Secret) -> None:
        """Print a token, alone on its line, as data."""
        self.runtime.stdout.write(f"{token.reveal()}\n")

    def show(self, picture: Picture, notes: Sequence[str] = ()) -> None:
        """Write a picture to stdout, and the notes on it to stderr."""
        self.runtime.stdout.write("".join(f"{line}\n" for line in picture.lines))
        for note in (*notes, *picture.notes):
            self.talk.say(note)

    @property
    def listener(self) -> Listener:
        """Who is told of requests and of waits."""
        from glomex_cli.interfaces import Listener

        return Listener(
            self.talk.say,
            self._tell_exchange if self.options.verbose else None,
            self._tell_wait,
        )

    def _open_service(self) -> Service:
        from glomex_cli.services.factory import open_service

        return open_service(
            self.settings.endpoint,
            service=self.settings.service,
            cache=self.cache,
            environ=self.runtime.environ,
            now=self.runtime.now,
            deadline=self.deadline,
            listener=self.listener,
        )

    def _tell_wait(self, seconds: float | None) -> None:
        """Show the seconds of a wait that is long enough to make a person wonder."""
        if seconds is None or not self.shows_waits:
            self.talk.clear()
        elif seconds >= _LONG_S:
            self.talk.wait_line = self.talk.wait_line or WaitLine(
                self.runtime.stderr, self._measured_stderr
            )
            self.talk.wait_line.show(f"waiting for {self.settings.endpoint.host}: {seconds:.0f} s")

    def _measured_stderr(self) -> Screen:
        return screen_of(self.runtime.stderr, self.runtime.environ, self.options.color_choice)

    def _tell_exchange(self, exchange: Exchange) -> None:
        request_id = f" request {exchange.request_id}" if exchange.request_id else ""
        proxy = f" by the proxy {exchange.proxy}" if exchange.proxy else ""
        self.talk.warn(
            f"{exchange.method} {exchange.host} {exchange.operation}: {exchange.status}"
            f" in {exchange.seconds:.2f} s{request_id}{proxy}"
        )
