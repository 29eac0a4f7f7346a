"""What every service can do, and the values it is called with. No effects.

Nothing here imports the HTTP library, so any module may use these types.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple, Protocol

from glomex_cli.errors import GlomexError
from glomex_cli.metrics import MetricKind
from glomex_cli.models import Bucket, Json, Problem, Report, ReportRequest, Schema, Secret


class Field(NamedTuple):
    """One thing that a service asks for at sign-in.

    `label` is the prompt, `option` is named where nobody can be asked, `env` is the variable
    that may hold the value. A secret one is typed unseen and never shown.
    """

    name: str
    label: str
    option: str
    env: str
    secret: bool = False


class Credentials(NamedTuple):
    """The values of the fields that a service asks for, by name; the secret ones apart."""

    values: Mapping[str, str]
    secrets: Mapping[str, Secret]

    def __repr__(self) -> str:
        return "Credentials(***)"


class Identity(NamedTuple):
    """Who a session belongs to, in words: a login and its tenant, a token and its environment."""

    name: str
    group: str


class Session(NamedTuple):
    """A token of the service, and when it ends: on our clock, None where unknown or never."""

    token: Secret
    expires_at: datetime | None
    who: Identity | None = None


class Challenge(NamedTuple):
    """The service wants an MFA code before it gives a session. Kept in memory only."""

    login: str
    session: Secret


class RawAnswer(NamedTuple):
    """An answer as it came. `failure` is set where it holds no data, only errors."""

    body: Json
    problems: Sequence[Problem]
    failure: GlomexError | None


class Contact(NamedTuple):
    """An answer to a ping: what its head proves, if anything, and the service's own clock."""

    failure: GlomexError | None
    date: str


class Service(Protocol):
    """A service with sessions and reports.

    Every call raises the errors of `glomex_cli.errors`; none retries a sign-in.
    """

    @property
    def fields(self) -> tuple[Field, ...]:
        """What a sign-in asks for."""
        ...

    @property
    def renews(self) -> bool:
        """Whether a session ends by itself, and another sign-in gives the next."""
        ...

    @property
    def knows_names(self) -> bool:
        """Whether a name that the schema lacks cannot be asked for."""
        ...

    @property
    def has_wholes(self) -> bool:
        """Whether a report without dimensions gives the figures of a whole range."""
        ...

    @property
    def default_metrics(self) -> tuple[str, ...]:
        """The metrics asked for when the person names none."""
        ...

    @property
    def title(self) -> str:
        """The name of the service for people, such as `Glomex`."""
        ...

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """The time buckets its reports can be divided by, the shortest first."""
        ...

    @property
    def zone(self) -> tzinfo | None:
        """The zone its days are counted in; None where they are those of this machine."""
        ...

    @property
    def documented(self) -> Schema:
        """The reports its documentation names, for services that refuse introspection."""
        ...

    def ping(self, seconds: float) -> Contact:
        """Ask the smallest of questions, as nobody; raises NetworkError and its kin."""
        ...

    def introduce(self, who: Identity) -> str:
        """Return what follows `signed in to HOST`: whose session it is."""
        ...

    def open_session(self, credentials: Credentials) -> Session | Challenge:
        """Sign in; SignInError when the service refuses."""
        ...

    def answer_challenge(self, challenge: Challenge, code: str) -> Session:
        """Finish a sign-in; CodeRefusedError or ChallengeEndedError when it is refused."""
        ...

    def report(self, request: ReportRequest, token: Secret) -> Report:
        """Fetch a report, its rows as they arrive; `problems` is complete once they have been read.

        Each row holds the dimensions, then the metrics, as columns in the order asked.
        """
        ...

    def metric_kind(self, name: str) -> MetricKind:
        """Return what a metric is, from what is known without asking."""
        ...

    def document(self, request: ReportRequest, token: Secret | None) -> str:
        """Return the query that `report` would send, for people to read and reuse."""
        ...

    def schema(self, token: Secret | None) -> Schema | None:
        """Fetch the reports the account has; None where the service does not tell."""
        ...

    def values(self, dimension: str, token: Secret) -> Report | None:
        """Fetch the values of a dimension; None where the service does not list them."""
        ...

    def is_query(self, text: str) -> bool:
        """Return whether `text` is in the service's own language, not the name of a file."""
        ...

    def operation(self, text: str, named: str | None) -> str | None:
        """Return the operation to name when `text` is sent; UsageError where there is no such."""
        ...

    def query(
        self, text: str, variables: dict[str, Json], token: Secret, *, operation: str | None = None
    ) -> RawAnswer:
        """Send a query in the service's own language; `operation` names one of several in it."""
        ...


class Exchange(NamedTuple):
    """One request and the head of its answer: never its body, headers or query."""

    host: str
    method: str
    operation: str
    status: int
    seconds: float
    request_id: str
    proxy: str = ""


class Listener(NamedTuple):
    """Callbacks of a service: `observe` with each exchange, `tell` with the reason of each wait.

    `wait` is called several times a second while an answer is awaited, with the seconds that
    the command has waited so far, and with None when that wait is over. All run in the thread
    that called the service; for a split report that is a worker thread.
    """

    tell: Callable[[str], None]
    observe: Callable[[Exchange], None] | None = None
    wait: Callable[[float | None], None] = lambda _: None
