"""One cell of the matrix: a command put to a variant, and what is wrong with what it did."""

import json
import os
import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from glomex_cli.sandbox.accounts import (
    ROBOT_LOGIN,
    SANDBOX_LOGIN,
    SANDBOX_PASSWORD,
    SANDBOX_TENANT,
    account_of,
)
from glomex_cli.sandbox.sessions import Purpose, sign_token
from glomex_cli.sandbox.variants.app import VariantApp, create_variant_app
from glomex_cli.sandbox.variants.variant import Values, Variant
from support.cli import Glomex, Outcome
from support.sandbox_client import NOON, Clock
from support.servers.variants.case import Case
from support.servers.variants.commands import COMMANDS, SEQUENCES, Command
from support.servers.variants.expected import METRICS
from support.servers.variants.figures import curve_of, wrong_rows, wrong_sparkline, wrong_total
from support.servers.variants.switchboard import Switchboard

_INCOMPLETE = 6


class Bench(NamedTuple):
    """What a command is run with."""

    glomex: Glomex
    board: Switchboard


def verdict(bench: Bench, case: Case, command: str) -> str:
    """Say what is wrong with a command under a variant; nothing where it is right."""
    bench.glomex.now = lambda: NOON
    app = create_variant_app(case.variant, lambda: NOON)
    with bench.board.serving(app) as url, _environment({"GLOMEX_ENDPOINT": url}):
        judge = _SPECIAL.get(command)
        if judge is not None:
            return judge(bench, case, app)
        with _environment({"GLOMEX_TOKEN": token()}):
            names = SEQUENCES.get(command, (command,))
            return next(filter(None, (_report(bench, case, name) for name in names)), "")


@cache
def token(login: str = ROBOT_LOGIN, *, at: datetime = NOON) -> str:
    """Return an access token given at this time, which is good for an hour."""
    account = account_of(login)
    assert account
    return sign_token(account, Purpose.SESSION, life_s=3600, now=at)


def _report(bench: Bench, case: Case, name: str) -> str:
    command = COMMANDS[name]
    if case.faults:
        return _after_faults(bench, case, command, name)
    done = bench.glomex(*command.typed)
    wrong = _exact(bench, case.variant, command, done)
    if not wrong and name not in case.lossy:
        return ""
    return _instead(case, name, done, wrong or "exit 0 without a word")


def _after_faults(bench: Bench, case: Case, command: Command, name: str) -> str:
    """Judge one run more than faults: each is exact or says so, and the last is exact."""
    for left in range(case.faults, -1, -1):
        done = bench.glomex(*command.typed)
        wrong = _exact(bench, case.variant, command, done)
        if wrong and (done.code not in case.allowed(name) or not left):
            return wrong
    return ""


def _exact(bench: Bench, variant: Variant, command: Command, done: Outcome) -> str:
    if done.code != 0:
        return f"exit {done.code}: {_talk(done)}"
    match command.shows:
        case "rows":
            return wrong_rows(variant, command, done.out)
        case "total":
            return wrong_total(variant, command, done.out)
        case "sparkline":
            return wrong_sparkline(bench.glomex, variant, command, done.out)
        case "plot":
            return _wrong_plot(bench, variant, command, done.out)


def _wrong_plot(bench: Bench, variant: Variant, command: Command, out: str) -> str:
    drawn = _reference_plot(bench, variant.values.scale, command)
    return "" if curve_of(out) == curve_of(drawn) else "the curve is another one"


_PLOTS: dict[tuple[int, Command], str] = {}


def _reference_plot(bench: Bench, scale: int, command: Command) -> str:
    """Return the plot of the service as documented."""
    if (scale, command) not in _PLOTS:
        metrics = {"metrics": "video_views: Long ad_impressions: Long", "types": "scalar Long"}
        plain = Variant(name="reference", slots=metrics, values=Values(scale=scale))
        app = create_variant_app(plain, lambda: NOON)
        with bench.board.serving(app) as url, _environment({"GLOMEX_ENDPOINT": url}):
            _PLOTS[scale, command] = bench.glomex(*command.typed).out
    return _PLOTS[scale, command]


def _instead(case: Case, name: str, done: Outcome, wrong: str) -> str:
    """Judge what came instead of exact figures: a code that may, with words, nothing wrong."""
    if done.code not in case.allowed(name):
        return wrong
    if done.code not in {0, _INCOMPLETE}:
        return _badly_told(done, case.words)
    if not done.err.strip():
        return wrong
    command = COMMANDS[name]
    is_rows = command.shows == "rows"
    return wrong_rows(case.variant, command, done.out, may_lack=True) if is_rows else ""


def _badly_told(done: Outcome, words: str = "") -> str:
    errors = [line for line in done.err.splitlines() if line.startswith("error: ")]
    has_hint = any(line.startswith("hint: ") for line in done.err.splitlines())
    is_told = len(errors) == 1 and has_hint and re.search(words, done.err)
    return "" if is_told else f"badly told: {done.err!r}"


def _schema(bench: Bench, case: Case, _app: VariantApp) -> str:
    with _environment({"GLOMEX_TOKEN": token()}):
        done = bench.glomex("schema", "-f", "json")
    if done.code != 0:
        return _coded(case, "schema", done, 0)
    rows = json.loads(done.out)
    names = {row["name"] for row in rows if row["report"] == "content-owner"}
    lacking = {*METRICS, "video", "channel", "day", "week", "month"} - names
    return f"lacks {sorted(lacking)}" if lacking else ""


def _query(bench: Bench, case: Case, _app: VariantApp) -> str:
    with _environment({"GLOMEX_TOKEN": token()}):
        done = bench.glomex("query", "query Kind { __typename }")
    if wrong := _coded(case, "query", done, 0):
        return wrong
    is_right = done.code != 0 or json.loads(done.out) == {"data": {"__typename": "Query"}}
    return "" if is_right else f"answer: {done.out!r}"


def _login(bench: Bench, case: Case, _app: VariantApp) -> str:
    done = bench.glomex("login", answers=[ROBOT_LOGIN, SANDBOX_TENANT, SANDBOX_PASSWORD])
    if wrong := _coded(case, "login", done, 0):
        return wrong
    if done.code != 0:
        return ""
    return _exact(bench, case.variant, COMMANDS["day"], bench.glomex(*COMMANDS["day"].typed))


def _login_mfa(bench: Bench, case: Case, _app: VariantApp) -> str:
    answers: list[str | Callable[[], str]] = [SANDBOX_LOGIN, SANDBOX_TENANT, SANDBOX_PASSWORD]
    try:
        done = bench.glomex("login", answers=[*answers, Clock(NOON).code()])
    except AssertionError as error:  # the code was not asked for
        if "answers nobody asked for" not in str(error):
            raise
        done = bench.glomex("login", answers=answers)
    return _coded(case, "login-mfa", done, 0)


def _login_wrong(bench: Bench, case: Case, _app: VariantApp) -> str:
    done = bench.glomex("login", answers=[ROBOT_LOGIN, SANDBOX_TENANT, "not the password"])
    if wrong := _coded(case, "login-wrong", done, 4):
        return wrong
    blames = "password" in done.err
    return f"the password is not blamed: {_talk(done)}" if done.code == 4 and not blames else ""


def _ended(bench: Bench, case: Case, _app: VariantApp) -> str:
    with _environment({"GLOMEX_TOKEN": token(at=NOON - timedelta(hours=2))}):
        return _coded(case, "ended", bench.glomex("report", "-f", "json"), 4)


def _renewal(bench: Bench, case: Case, app: VariantApp) -> str:
    done = bench.glomex("login", answers=[ROBOT_LOGIN, SANDBOX_TENANT, SANDBOX_PASSWORD])
    if done.code != 0:
        return f"the sign-in: exit {done.code}: {_talk(done)}"
    app.end_sessions()
    with _environment({"GLOMEX_PASSWORD": SANDBOX_PASSWORD}):
        done = bench.glomex(*COMMANDS["day"].typed)
    return _exact(bench, case.variant, COMMANDS["day"], done)


_SPECIAL: Mapping[str, Callable[[Bench, Case, VariantApp], str]] = {
    "schema": _schema,
    "query": _query,
    "login": _login,
    "login-mfa": _login_mfa,
    "login-wrong": _login_wrong,
    "ended": _ended,
    "renewal": _renewal,
}


def _coded(case: Case, command: str, done: Outcome, right: int) -> str:
    """Judge an exit code, and the words beside one that is not 0."""
    codes = case.allowed(command)
    if command not in case.lossy:
        codes = (*codes, right)
    if done.code not in codes:
        return f"exit {done.code}: {_talk(done)}"
    return _badly_told(done, case.words) if done.code else ""


def _talk(done: Outcome) -> str:
    return done.err.strip().replace("\n", " | ")[:160]


@contextmanager
def _environment(values: Mapping[str, str]) -> Generator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
