"""One cell of the matrix: a command put to a variant, and what is wrong with what it did."""

import json
from collections.abc import Callable, Mapping

from glomex_cli.sandbox.variants.app import VariantApp, create_variant_app
from glomex_cli.sandbox.variants.variant import Values, Variant
from support.cli import Outcome
from support.servers.sandbox_client import NOON
from support.servers.variants import judging_sign_in
from support.servers.variants.bench import (
    Bench,
    badly_told,
    environment,
    talk_of,
    token,
    wrong_code,
)
from support.servers.variants.case import Case
from support.servers.variants.commands import COMMANDS, SEQUENCES, Command
from support.servers.variants.expected import METRICS
from support.servers.variants.figures import curve_of, wrong_rows, wrong_sparkline, wrong_total

_INCOMPLETE = 6


def verdict(bench: Bench, case: Case, command: str) -> str:
    """Say what is wrong with a command under a variant; nothing where it is right."""
    bench.cli.now = lambda: NOON
    app = create_variant_app(case.variant, lambda: NOON)
    with bench.board.serving(app) as url, environment({"GLOMEX_ENDPOINT": url}):
        judge = _SPECIAL.get(command)
        if judge is not None:
            return judge(bench, case, app)
        with environment({"GLOMEX_TOKEN": token()}):
            names = SEQUENCES.get(command, (command,))
            return next(filter(None, (_report(bench, case, name) for name in names)), "")


def _report(bench: Bench, case: Case, name: str) -> str:
    command = COMMANDS[name]
    if case.faults:
        return _after_faults(bench, case, command, name)
    done = bench.cli(*command.typed)
    wrong = _exact(bench, case.variant, command, done)
    if not wrong and name not in case.lossy:
        return ""
    return _instead(case, name, done, wrong or "exit 0 without a word")


def _after_faults(bench: Bench, case: Case, command: Command, name: str) -> str:
    """Judge one run more than faults: each is exact or says so, and the last is exact."""
    for left in range(case.faults, -1, -1):
        done = bench.cli(*command.typed)
        wrong = _exact(bench, case.variant, command, done)
        if wrong and (done.code not in case.allowed(name) or not left):
            return wrong
    return ""


def _exact(bench: Bench, variant: Variant, command: Command, done: Outcome) -> str:
    if done.code != 0:
        return f"exit {done.code}: {talk_of(done)}"
    match command.shows:
        case "rows":
            return wrong_rows(variant, command, done.out)
        case "total":
            return wrong_total(variant, command, done.out)
        case "sparkline":
            return wrong_sparkline(bench.cli, variant, command, done.out)
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
        with bench.board.serving(app) as url, environment({"GLOMEX_ENDPOINT": url}):
            _PLOTS[scale, command] = bench.cli(*command.typed).out
    return _PLOTS[scale, command]


def _instead(case: Case, name: str, done: Outcome, wrong: str) -> str:
    """Judge what came instead of exact figures: a code that may, with words, nothing wrong."""
    if done.code not in case.allowed(name):
        return wrong
    if done.code not in {0, _INCOMPLETE}:
        return badly_told(done, case.words)
    if not done.err.strip():
        return wrong
    command = COMMANDS[name]
    is_rows = command.shows == "rows"
    return wrong_rows(case.variant, command, done.out, may_lack=True) if is_rows else ""


def _schema(bench: Bench, case: Case, _app: VariantApp) -> str:
    with environment({"GLOMEX_TOKEN": token()}):
        done = bench.cli("schema", "-f", "json")
    if done.code != 0:
        return wrong_code(case, "schema", done, 0)
    rows = json.loads(done.out)
    names = {row["name"] for row in rows if row["report"] == "content-owner"}
    lacking = {*METRICS, "video", "channel", "day", "week", "month"} - names
    return f"lacks {sorted(lacking)}" if lacking else ""


def _query(bench: Bench, case: Case, _app: VariantApp) -> str:
    with environment({"GLOMEX_TOKEN": token()}):
        done = bench.cli("query", "query Kind { __typename }")
    if wrong := wrong_code(case, "query", done, 0):
        return wrong
    is_right = done.code != 0 or json.loads(done.out) == {"data": {"__typename": "Query"}}
    return "" if is_right else f"answer: {done.out!r}"


_SPECIAL: Mapping[str, Callable[[Bench, Case, VariantApp], str]] = {
    "schema": _schema,
    "query": _query,
    "login": judging_sign_in.login,
    "login-mfa": judging_sign_in.login_with_code,
    "login-wrong": judging_sign_in.login_with_wrong_password,
    "ended": judging_sign_in.ended_session,
    "renewal": judging_sign_in.renewal,
}
