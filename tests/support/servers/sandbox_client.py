"""A client of the embedded sandbox, in process, with a clock that tests set."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from pyotp.totp import TOTP

from glomex_cli.sandbox.app import SandboxOptions, create_app
from glomex_cli.sandbox.sessions import (
    ROBOT_LOGIN,
    SANDBOX_LOGIN,
    SANDBOX_PASSWORD,
    SANDBOX_TENANT,
    SANDBOX_TOTP_SEED,
)

NOON = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
NEW_TYPE = "application/graphql-response+json"
BOTH_TYPES = f"{NEW_TYPE}, application/json;q=0.9"


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)

    def code(self, *, steps: int = 0) -> str:
        """Return the demo login's code, some steps of 30 s from now."""
        return TOTP(SANDBOX_TOTP_SEED).at(self.at, counter_offset=steps)


class SandboxClient:
    """Speaks to a sandbox of its own. Answers are JSON, shaped as the service likes: Any."""

    def __init__(
        self, options: SandboxOptions | None = None, *, clock: Clock | None = None
    ) -> None:
        self.clock = clock or Clock()
        self.app = create_app(options or SandboxOptions(), self.clock)
        self.http = httpx.Client(
            transport=httpx.WSGITransport(app=self.app), base_url="http://sandbox"
        )

    def post(
        self, query: str, *, token: str | None = None, accept: str = BOTH_TYPES
    ) -> httpx.Response:
        """Send a query."""
        headers = {"Accept": accept}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return self.http.post("/v1", json={"query": query}, headers=headers)

    def ask(self, query: str, *, token: str | None = None) -> Any:
        """Send a query and give the answer's JSON."""
        return self.post(query, token=token).json()

    def sign_in(
        self,
        login: str = ROBOT_LOGIN,
        *,
        password: str = SANDBOX_PASSWORD,
        tenant: str = SANDBOX_TENANT,
    ) -> Any:
        """Take the first step of a sign-in and give the answer."""
        return self.ask(
            f'mutation {{ createSession(login: "{login}", password: "{password}", '
            f'tenantId: "{tenant}") {{ __typename ... on Session {{ access_token }} '
            "... on SessionChallenge { challenge_session } } }"
        )

    def token(self, login: str = ROBOT_LOGIN) -> str:
        """Sign in without MFA and give the access token."""
        return str(self.sign_in(login)["data"]["createSession"]["access_token"])

    def challenge(self) -> str:
        """Sign in as the demo login and give the challenge."""
        answer = self.sign_in(SANDBOX_LOGIN)
        return str(answer["data"]["createSession"]["challenge_session"])

    def redeem(self, challenge: str, code: str, *, email: str = SANDBOX_LOGIN) -> Any:
        """Take the second step of a sign-in and give the answer."""
        return self.ask(
            f'mutation {{ createMFASession(mfa_code: "{code}", email: "{email}", '
            f'challenge: "{challenge}") {{ access_token }} }}'
        )

    def report(  # noqa: PLR0913 - as many as the field has
        self,
        dimensions: str,
        first: str,
        last: str,
        *,
        kind: str = "contentOwner",
        fields: str = "day video_views",
        more: str = "",
        token: str | None = None,
    ) -> Any:
        """Ask for a report, as the robot unless a token is given; `more` is more arguments."""
        return self.ask(
            f"{{ {kind}AnalyticsReport(dimensions: [{dimensions}], "
            f'from: "{first}", to: "{last}" {more}) {{ rows {{ {fields} }} }} }}',
            token=self.token() if token is None else token,
        )

    def rows(
        self, dimensions: str, first: str, last: str, *, fields: str = "day video_views"
    ) -> list[dict[str, Any]]:
        """Return the rows of a content owner's report."""
        return rows_of(self.report(dimensions, first, last, fields=fields))


def rows_of(answer: Any) -> list[dict[str, Any]]:
    """Return the rows of a report's answer, which must have no errors."""
    assert "errors" not in answer, answer
    (report,) = answer["data"].values()
    rows: list[dict[str, Any]] = report["rows"]
    return rows


def refusal_of(answer: Any) -> tuple[str, str]:
    """Return code and message of the one error of an answer whose only field is null."""
    assert set(answer["data"].values()) == {None}, answer
    (error,) = answer["errors"]
    assert error["path"] == list(answer["data"])
    return error["extensions"]["code"], error["message"]
