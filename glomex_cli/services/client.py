"""A client of one service, with a session that renews itself: for commands and for programs."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, TypeVar

from glomex_cli.auth.account import Account
from glomex_cli.auth.renewal import Sessions
from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import DEFAULT_TIMEOUT_S, ServiceName
from glomex_cli.config.settings import resolve_settings
from glomex_cli.errors import ServiceError, SessionExpiredError
from glomex_cli.interfaces import Listener
from glomex_cli.services.cache import open_cache
from glomex_cli.services.factory import open_service
from glomex_cli.terminal.runtime import tidy_environment
from glomex_cli.terminal.screen import Talk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from glomex_cli.interfaces import RawAnswer, Service
    from glomex_cli.metrics import MetricKind
    from glomex_cli.models import Json, Report, ReportRequest, Schema, Secret
    from glomex_cli.services.cache import Cache

_T = TypeVar("_T")


class Client:
    """Asks one service. A token that the service refuses is renewed once, then asked again.

    `before_call` is called first in each call, such as to give it all its time.
    """

    def __init__(
        self,
        service: Service,
        sessions: Sessions,
        cache: Cache,
        *,
        before_call: Callable[[], None] = lambda: None,
    ) -> None:
        self._before_call = before_call
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

    def values(self, dimension: str) -> Report | None:
        """Fetch the values of a dimension, and keep them; None where the service lists none."""
        found = self._with_token(partial(self.service.values, dimension))
        if found is not None:
            self.cache.learn_values(dimension, found)
        return found

    def known_schema(self) -> Schema | None:
        """Return the schema that is cached, or ask for it once; None where it is not told.

        A refusal is cached for a day, and what keeps the service from answering is left to
        the request that follows. A schema that does not have every name is not asked for.
        """
        if not (self.service.knows_names and self.cache.is_worth_a_look):
            return self.cache.learned.schema
        try:
            return self.schema()
        except ServiceError:
            return None

    def metric_kind(self, name: str) -> MetricKind:
        """Return what a metric is; of one that is not documented the schema is asked first."""
        if not self.is_documented((name,)):
            self.known_schema()
        return self.service.metric_kind(name)

    def is_documented(self, metrics: Iterable[str]) -> bool:
        """Return whether the documents of the service name all of `metrics`."""
        reports = self.service.documented.reports.values()
        return {*metrics} <= {name for report in reports for name in report.metrics}

    def query(
        self, text: str, variables: dict[str, Json], *, operation: str | None = None
    ) -> RawAnswer:
        """Send a query in the service's own language, as it is, and return the whole answer.

        `operation` names the one to run where `text` holds several.
        """
        return self._with_token(partial(self.service.query, text, variables, operation=operation))

    def document(self, request: ReportRequest) -> str:
        """Return the text that `report` would send."""
        return self._with_token(partial(self.service.document, request))

    def _with_token(self, call: Callable[[Secret], _T]) -> _T:
        self._before_call()
        token = self.sessions.token()
        try:
            return call(token)
        except SessionExpiredError:
            if self.sessions.account.given_token:
                raise
            return call(self.sessions.renewed(refused=token))


def open_client(
    *,
    profile: str | None = None,
    endpoint: str | None = None,
    service: str | None = None,
    timeout_s: float = DEFAULT_TIMEOUT_S,
    environ: Mapping[str, str] = os.environ,
) -> Client:
    """Return a client that signs in as the command line would, and never asks or prints.

    It finds the session that `glomex login` kept, or what the environment holds; the embedded
    sandbox needs neither. `profile`,
    `endpoint` and `service` are those of the options; each call may take `timeout_s` seconds.
    Raises ConfigurationError for settings that cannot be used.

    >>> client = open_client(endpoint="sandbox")
    >>> client.default_metrics
    ('video_views', 'ad_impressions')
    """
    environ = dict(environ)
    tidy_environment(environ)
    settings = resolve_settings(
        environ,
        profile=profile,
        endpoint=endpoint,
        service=ServiceName(service) if service else None,
    )
    deadline, cache = Deadline(timeout_s), open_cache(settings, _now)
    talk = Talk(StringIO(), None, quiet=True, paused=deadline.paused)
    account = Account(
        open_settings=lambda: settings,
        environ=environ,
        now=_now,
        talk=talk,
        open_service=lambda: open_service(
            settings.endpoint,
            service=settings.service,
            cache=cache,
            environ=environ,
            now=_now,
            deadline=deadline,
            listener=Listener(talk.say),
        ),
    )
    return Client(account.service, Sessions(account), cache, before_call=deadline.restart)


def _now() -> datetime:
    return datetime.now(UTC)
