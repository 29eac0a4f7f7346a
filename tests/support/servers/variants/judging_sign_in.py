"""The cells of the matrix that sign in, or whose session has expired."""

from datetime import timedelta

from glomex_cli.sandbox.sessions import ROBOT_LOGIN, SANDBOX_LOGIN, SANDBOX_PASSWORD, SANDBOX_TENANT
from glomex_cli.sandbox.variants.app import VariantApp
from support.cli import Outcome
from support.servers.sandbox_client import NOON, Clock
from support.servers.variants.bench import Bench, environment, talk_of, token, wrong_code
from support.servers.variants.case import Case
from support.servers.variants.commands import COMMANDS
from support.servers.variants.figures import wrong_rows


def login(bench: Bench, case: Case, _app: VariantApp) -> str:
    """Judge a sign-in and the report after it."""
    done = bench.cli("login", answers=[ROBOT_LOGIN, SANDBOX_TENANT, SANDBOX_PASSWORD])
    if wrong := wrong_code(case, "login", done, 0):
        return wrong
    if done.code != 0:
        return ""
    return _wrong_day(case, bench.cli(*COMMANDS["day"].typed))


def login_with_code(bench: Bench, case: Case, _app: VariantApp) -> str:
    """Judge a sign-in with an MFA code."""
    answers = [SANDBOX_LOGIN, SANDBOX_TENANT, SANDBOX_PASSWORD]
    try:
        done = bench.cli("login", answers=[*answers, Clock(NOON).code()])
    except AssertionError as error:  # the code was not asked for
        if "answers nobody asked for" not in str(error):
            raise
        done = bench.cli("login", answers=answers)
    return wrong_code(case, "login-mfa", done, 0)


def login_with_wrong_password(bench: Bench, case: Case, _app: VariantApp) -> str:
    """Judge a sign-in that must be refused, and what it blames."""
    done = bench.cli("login", answers=[ROBOT_LOGIN, SANDBOX_TENANT, "not the password"])
    if wrong := wrong_code(case, "login-wrong", done, 4):
        return wrong
    blames = "password" in done.err
    return f"the password is not blamed: {talk_of(done)}" if done.code == 4 and not blames else ""


def ended_session(bench: Bench, case: Case, _app: VariantApp) -> str:
    """Judge a report with a token of two hours ago."""
    with environment({"GLOMEX_TOKEN": token(at=NOON - timedelta(hours=2))}):
        return wrong_code(case, "ended", bench.cli("report", "-f", "json"), 4)


def renewal(bench: Bench, case: Case, app: VariantApp) -> str:
    """Judge a report whose session the service has ended: it signs in once more."""
    done = bench.cli("login", answers=[ROBOT_LOGIN, SANDBOX_TENANT, SANDBOX_PASSWORD])
    if done.code != 0:
        return f"the sign-in: exit {done.code}: {talk_of(done)}"
    app.end_sessions()
    with environment({"GLOMEX_PASSWORD": SANDBOX_PASSWORD}):
        done = bench.cli(*COMMANDS["day"].typed)
    return _wrong_day(case, done)


def _wrong_day(case: Case, done: Outcome) -> str:
    if done.code != 0:
        return f"exit {done.code}: {talk_of(done)}"
    return wrong_rows(case.variant, COMMANDS["day"], done.out)
