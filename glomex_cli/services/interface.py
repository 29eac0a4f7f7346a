"""What every service can do, and the words it is asked in. No effects."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from glomex_cli.models import Report, ReportRequest, Secret


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who signs in."""

    login: str
    tenant: str
    password: Secret


@dataclass(frozen=True, slots=True)
class Session:
    """A token the service gave, and when it ends: on our clock, None where unknown."""

    token: Secret
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Challenge:
    """The service wants an MFA code before it gives a session. Kept in memory only."""

    login: str
    session: Secret


class Service(Protocol):
    """A service that knows sessions and reports.

    Every call raises the errors of `glomex_cli.errors`; none retries a sign-in.
    """

    @property
    def default_metrics(self) -> tuple[str, ...]:
        """The metrics asked for when the person names none."""
        ...

    def open_session(self, credentials: Credentials) -> Session | Challenge:
        """Sign in; SignInError when the service refuses."""
        ...

    def answer_challenge(self, challenge: Challenge, code: str) -> Session:
        """Finish a sign-in; CodeRefusedError or ChallengeEndedError when it is refused."""
        ...

    def report(self, request: ReportRequest, token: Secret) -> Report:
        """Give rows as they arrive; `problems` is complete once they have been read.

        Each row holds the dimensions, then the metrics, as columns in the order asked.
        """
        ...

    def document(self, request: ReportRequest) -> str:
        """Give what `report` would send, for people to read and reuse."""
        ...
