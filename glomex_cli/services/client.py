"""A client of one service, with a session that renews itself: for commands and for programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from glomex_cli.errors import SessionExpiredError

if TYPE_CHECKING:
    from collections.abc import Callable

    from glomex_cli.auth.renewal import Sessions
    from glomex_cli.interfaces import RawAnswer, Service
    from glomex_cli.models import Json, Report, ReportRequest, Schema, Secret
    from glomex_cli.services.cache import Cache

T = TypeVar("T")


class Client:
    """Asks one service. A token that the service refuses is renewed once, then asked again."""

    def __init__(self, service: Service, sessions: Sessions, cache: Cache) -> None:
        self.service = service
        self.sessions = sessions
        self.cache = cache

    @property
    def default_metrics(self) -> tuple[str, ...]:
        """The metrics to ask for where none is named."""
        return self.service.default_metrics

    def report(self, request: ReportRequest) -> Report:
        """Fetch rows, read as they arrive; `problems` is complete once they have been read.

        Raises the errors of `glomex_cli.errors`; SignInError where no session can be had.
        """
        return self._with_token(partial(self.service.report, request))

    def schema(self) -> Schema | None:
        """Fetch the reports that the account has; None where the service does not tell."""
        return self._with_token(self.service.schema)

    def query(self, text: str, variables: dict[str, Json]) -> RawAnswer:
        """Send a query in the service's own language, as it is, and return the whole answer."""
        return self._with_token(partial(self.service.query, text, variables))

    def document(self, request: ReportRequest) -> str:
        """Return the text that `report` would send."""
        return self._with_token(partial(self.service.document, request))

    def _with_token(self, call: Callable[[Secret], T]) -> T:
        token = self.sessions.token()
        try:
            return call(token)
        except SessionExpiredError:
            if self.sessions.account.given_token:
                raise
            return call(self.sessions.renewed(refused=token))
