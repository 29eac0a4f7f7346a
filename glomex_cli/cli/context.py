"""What a command works with: settings, service, store and a voice on stderr, each on first use.

A drawn picture on its way out. Light: drawing the numbers on stdin needs nothing else.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from glomex_cli.concurrency import Deadline
from glomex_cli.errors import UsageError
from glomex_cli.terminal.screen import Screen, screen_of

# What a command may never use is imported where it is used: drawing three numbers needs none.
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from glomex_cli.auth.session import SignIn
    from glomex_cli.charts.sparkline.draw import Picture
    from glomex_cli.config.global_options import Flags
    from glomex_cli.config.settings import Settings
    from glomex_cli.interfaces import Exchange, Listener, Service
    from glomex_cli.models import ReportKind, Secret, StoreName
    from glomex_cli.services.cache import Memory
    from glomex_cli.storage.base import SecretStore
    from glomex_cli.terminal.runtime import Runtime


class Connection:
    """One command's connection to the outside. A command pays for the parts it uses.

    `meanwhile` is called while a request is on its way: what a command needs only for the
    answer it imports there.
    """

    def __init__(self, runtime: Runtime, flags: Flags) -> None:
        self.runtime = runtime
        self.flags = flags
        self.renewing = Lock()
        self.meanwhile: Callable[[], None] = lambda: None

    def fresh(self) -> Connection:
        """Give a connection of the same kind, with all its time before it."""
        return Connection(self.runtime, self.flags)

    @cached_property
    def settings(self) -> Settings:
        """Profile, endpoint and folder of this run."""
        from glomex_cli.config.settings import resolve

        return resolve(self.flags, self.runtime.environ)

    @cached_property
    def screen(self) -> Screen:
        """What stdout can show."""
        return screen_of(self.runtime.stdout, self.runtime.environ, self.flags.color)

    @property
    def today(self) -> date:
        """The day on this machine's calendar."""
        return self.runtime.now().astimezone().date()

    @property
    def progress_screen(self) -> Screen | None:
        """What stderr can show of long work; None where nobody watches it."""
        if self.flags.quiet or not self.runtime.stderr.isatty():
            return None
        return screen_of(self.runtime.stderr, self.runtime.environ, self.flags.color)

    @cached_property
    def memory(self) -> Memory:
        """What was learnt of the endpoint. Of the embedded sandbox nothing is kept."""
        from glomex_cli.config.settings import cache_folder
        from glomex_cli.services.cache import Memory, memory_file

        settings = self.settings
        if settings.endpoint.is_sandbox:
            return Memory(None, self.runtime.now)
        url, folder = settings.endpoint.url, cache_folder()
        return Memory(memory_file(folder, url=url, profile=settings.profile), self.runtime.now)

    @cached_property
    def deadline(self) -> Deadline:
        """When the command has to be done, counted from its first need of the service."""
        return Deadline(self.flags.timeout)

    @cached_property
    def service(self) -> Service:
        """The service at the endpoint."""
        from glomex_cli.services.factory import open_service

        return open_service(
            self.settings.endpoint,
            memory=self.memory,
            runtime=self.runtime,
            deadline=self.deadline,
            listener=self.listener,
        )

    @property
    def listener(self) -> Listener:
        """Who is told of requests and of waits."""
        from glomex_cli.interfaces import Listener

        observe = self._tell_exchange if self.flags.verbose else None
        return Listener(self.say, observe, self._get_ready)

    def store(self, name: StoreName | None = None) -> SecretStore:
        """Open the store named, else the one of the settings."""
        from glomex_cli.storage.factory import open_store

        return open_store(
            name or self.settings.store,
            folder=self.settings.folder,
            environ=self.runtime.environ,
            interactive=not self.flags.no_input and self.runtime.stderr.isatty(),
            notify=self.say,
        )

    @property
    def has_given_token(self) -> bool:
        """Whether GLOMEX_TOKEN is to be used, as it is, without a look at any store."""
        return bool(self.runtime.environ.get("GLOMEX_TOKEN"))

    @cached_property
    def kept(self) -> SignIn | None:
        """The sign-in that is kept for this endpoint; its token may have ended."""
        from glomex_cli.auth.session import recall

        return recall(self.store(), self.settings.profile, self.settings.endpoint)

    @property
    def as_profile(self) -> str:
        """What to type behind a command so that it means this profile: nothing for the usual."""
        profile = self.flags.profile
        return f" -p {profile}" if profile else ""

    def kind(self, asked: ReportKind | None) -> ReportKind:
        """Give the kind of report: as asked, else as the profile says."""
        return asked or self.settings.kind

    def ask(self, label: str, *, option: str, hidden: bool = False) -> str:
        """Ask for what is missing; UsageError naming `option` where nobody can answer."""
        missing = UsageError(f"the {_in_a_sentence(label)} is missing", f"give it with {option}")
        if self.flags.no_input:
            raise missing
        try:
            with self.deadline.paused():
                return self.runtime.ask(label, hidden=hidden)
        except UsageError:
            raise missing from None

    def say(self, text: str) -> None:
        """Tell the person something on stderr, unless --quiet."""
        if not self.flags.quiet:
            self._write(text)

    def warn(self, text: str) -> None:
        """Tell what must not be missed, --quiet or not."""
        self._write(text)

    def print_token(self, token: Secret) -> None:
        """Print a token, alone on its line, as data."""
        self.runtime.stdout.write(f"{token.reveal()}\n")

    def _write(self, text: str) -> None:
        """Write a line of talk; where stderr takes none, the work goes on."""
        from glomex_cli.terminal.sanitize import clean

        with suppress(OSError):
            self.runtime.stderr.write(f"{clean(text)}\n")
            self.runtime.stderr.flush()

    def _get_ready(self) -> None:
        self.meanwhile()

    def _tell_exchange(self, exchange: Exchange) -> None:
        request_id = f" request {exchange.request_id}" if exchange.request_id else ""
        self._write(
            f"POST {exchange.host} {exchange.operation}: {exchange.status}"
            f" in {exchange.seconds:.2f} s{request_id}"
        )


def _in_a_sentence(label: str) -> str:
    """Give a prompt's label without what it explains, small but for `MFA`.

    >>> [_in_a_sentence(label) for label in ("E-mail", "MFA seed (empty if you have none)")]
    ['e-mail', 'MFA seed']
    """
    name = label.partition(" (")[0]
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def show(connection: Connection, picture: Picture, notes: Sequence[str] = ()) -> None:
    """Write a picture to stdout, and what has to be said about it to stderr."""
    connection.runtime.stdout.write("".join(f"{line}\n" for line in picture.lines))
    for note in (*notes, *picture.notes):
        connection.say(note)
