"""The Glomex service against the sandbox, whatever its schema looks like."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources

import pytest

from glomex_cli.errors import ServiceError, SessionExpiredError, SignInError
from glomex_cli.interfaces import Credentials, Session
from glomex_cli.models import Period, ReportKind, ReportRequest, Secret
from glomex_cli.sandbox.app import SandboxOptions
from glomex_cli.sandbox.sessions import OWNER_LOGIN, ROBOT_LOGIN, SANDBOX_LOGIN, SANDBOX_PASSWORD
from glomex_cli.services.glomex.queries import OPERATIONS
from support.servers.network import DAILY, LOGIN, assert_silent
from support.servers.own_sandbox import OwnSandbox, credentials, own_sandbox

SCHEMA = resources.files("glomex_cli.sandbox").joinpath("schema.graphql").read_text("utf-8")
STRICT = (
    SCHEMA.replace("from: String!", "from: Date!")
    .replace("to: String!", "to: Date!")
    .replace("tenantId: String!", "tenantId: ID!")
    .replace("challenge: String!", "challenge: ID!")
) + "\nscalar Date\n"
RENAMED = SCHEMA.replace("ContentOwnerDimension", "CODim").replace("PublisherDimension", "PDim")
PLAIN = SCHEMA.replace("): SessionResult", "): Session!")
VARIANTS = {
    "as documented": SandboxOptions(),
    "other argument types": SandboxOptions(schema_text=STRICT),
    "other enum names": SandboxOptions(schema_text=RENAMED),
    "no introspection": SandboxOptions(introspection=False),
    "other types, no introspection": SandboxOptions(schema_text=STRICT, introspection=False),
    "plain session": SandboxOptions(schema_text=PLAIN),
}


@pytest.fixture
def sandbox() -> Iterator[OwnSandbox]:
    with own_sandbox() as opened:
        yield opened


def test_variants_differ_from_the_schema() -> None:
    texts = [options.schema_text for options in VARIANTS.values() if options.schema_text]
    assert SCHEMA not in texts
    assert "Date!" in STRICT
    assert "createSession(" in PLAIN


@pytest.mark.parametrize("options", VARIANTS.values(), ids=VARIANTS)
@pytest.mark.parametrize("where", ["in process", "over HTTP"])
def test_report_is_the_same_from_every_kind_of_server(where: str, options: SandboxOptions) -> None:
    request = DAILY._replace(dimensions=("channel", "day"))
    with own_sandbox() as documented, own_sandbox(options, over_http="HTTP" in where) as other:
        reports = [
            each.service.report(request, each.session(ROBOT_LOGIN).token)
            for each in (documented, other)
        ]
        expected, found = (list(report.rows) for report in reports)
    assert found == expected
    assert len(found) > 10
    assert not any(report.problems for report in reports)


@pytest.mark.parametrize("kind", OPERATIONS)
def test_both_kinds_of_report_have_their_operation(kind: ReportKind, sandbox: OwnSandbox) -> None:
    token = sandbox.session(ROBOT_LOGIN).token
    assert list(sandbox.service.report(DAILY._replace(kind=kind), token).rows)
    last = sandbox.app.exchanges[-1]
    assert list(last.answer["data"]) == [f"{kind.replace('content-o', 'contentO')}AnalyticsReport"]
    assert last.authorization == f"Bearer {token.reveal()}"


def test_plain_session_is_asked_for_again_but_created_once() -> None:
    with own_sandbox(SandboxOptions(schema_text=PLAIN)) as sandbox:
        assert isinstance(sandbox.session(ROBOT_LOGIN), Session)
        assert len(sandbox.app.exchanges) == 3  # as a union, with a challenge, without
        assert sandbox.app.executed("createSession") == 1


def test_union_is_asked_for_once(sandbox: OwnSandbox) -> None:
    sandbox.session(ROBOT_LOGIN)
    assert len(sandbox.app.exchanges) == sandbox.app.executed("createSession") == 1


@pytest.mark.parametrize("skew", [-86400, -7200, 7200, 86400])
def test_hour_is_counted_on_our_clock(skew: int, sandbox: OwnSandbox) -> None:
    sandbox.our_clock.wait(skew)
    session = sandbox.session(ROBOT_LOGIN)
    assert session.expires_at == sandbox.our_clock.at + timedelta(hours=1)


@pytest.mark.parametrize(
    "wrong",
    [credentials(LOGIN), credentials(password="canary"), credentials(tenant="t-canary"),
     credentials(password=SANDBOX_PASSWORD + " ")],
    ids=["login", "password", "tenant", "space"],
)  # fmt: skip
def test_wrong_credentials_are_refused_without_a_hint_which(
    wrong: Credentials, sandbox: OwnSandbox
) -> None:
    with pytest.raises(SignInError, match="this login, password or tenant") as caught:
        sandbox.service.open_session(wrong)
    assert_silent(caught.value, "canary", SANDBOX_PASSWORD)
    assert len(sandbox.app.exchanges) == 1


def test_a_sign_in_too_long_for_the_sandbox_was_not_looked_at(sandbox: OwnSandbox) -> None:
    with pytest.raises(ServiceError, match="did not run the sign-in") as caught:
        sandbox.service.open_session(credentials(password="canary" * 10**5))
    assert_silent(caught.value, "canary")
    assert len(sandbox.app.exchanges) == 1


def test_expired_token_asks_to_sign_in_again(sandbox: OwnSandbox) -> None:
    token = sandbox.session(ROBOT_LOGIN).token
    sandbox.clock.wait(3601)
    for refused in (token, Secret("canary"), Secret(f"{token.reveal()}x")):
        with pytest.raises(SessionExpiredError, match="the session has expired") as caught:
            sandbox.service.report(DAILY, refused)
        assert_silent(caught.value, refused.reveal())


def test_report_of_the_other_kind_is_forbidden(sandbox: OwnSandbox) -> None:
    token = sandbox.session(OWNER_LOGIN).token
    with pytest.raises(ServiceError, match="no access to publisher") as caught:
        sandbox.service.report(DAILY._replace(kind=ReportKind.PUBLISHER), token)
    assert type(caught.value) is ServiceError
    assert "--as" in caught.value.hint


PERIODS = [
    Period(date(2025, 6, 1), date(2025, 6, 1)),
    Period(date(2025, 6, 1), date(2025, 6, 30)),
    Period(date(2024, 12, 20), date(2025, 1, 10)),
    Period(date(2026, 11, 20), date(2026, 11, 23)),
    Period(date(2026, 11, 23), date(2026, 11, 30)),
]


@pytest.mark.parametrize("exclusive", [True, False], ids=["exclusive", "inclusive"])
@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_daily_report_has_exactly_its_days_however_to_is_read(
    period: Period, *, exclusive: bool
) -> None:
    request = ReportRequest(ReportKind.CONTENT_OWNER, ("day",), ("video_views",), period)
    with own_sandbox(SandboxOptions(exclusive_to=exclusive)) as sandbox:
        found = list(sandbox.service.report(request, sandbox.session(ROBOT_LOGIN).token).rows)
        today = sandbox.clock.at.astimezone(UTC).date()
    days = [period.first + timedelta(n) for n in range(period.days)]
    assert [row["day"] for row in found] == [str(day) for day in days if day <= today]
    assert all(row["video_views"] for row in found)
    assert datetime.fromisoformat(str(found[-1]["day"])).date() == min(period.last, today)


def test_days_of_an_outage_stay_missing() -> None:
    period = Period(date(2025, 5, 9), date(2025, 5, 12))
    request = ReportRequest(ReportKind.CONTENT_OWNER, ("day",), ("video_views",), period)
    with own_sandbox() as sandbox:
        found = sandbox.service.report(request, sandbox.session(ROBOT_LOGIN).token)
        assert [row["day"] for row in found.rows] == ["2025-05-09", "2025-05-12"]


def test_two_step_login_needs_a_schema_with_challenges() -> None:
    with (
        own_sandbox(SandboxOptions(schema_text=PLAIN)) as sandbox,
        pytest.raises(SignInError),
    ):
        sandbox.service.open_session(credentials(SANDBOX_LOGIN))
