"""What is learned of an endpoint: at what price, from what, and how it is forgotten."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glomex_cli.sandbox.variants.app import VariantApp, create_variant_app
from glomex_cli.sandbox.variants.variant import Fault, FaultKind
from support.cli import Glomex
from support.servers.sandbox_client import NOON
from support.servers.variants.bench import environment, token
from support.servers.variants.commands import COMMANDS
from support.servers.variants.matrix import CASES
from support.servers.variants.switchboard import Switchboard, switchboard

NAMES = ("half-open", "pages", "objects", "short-ranges", "java", "to-exclusive-publisher")
KINDS = st.sampled_from(sorted(set(get_args(FaultKind)) - {"bad-gateway", "rate-limited"}))
RUN = ("day", "week", "video", "publisher-week", "month")


class Counting:
    """Counts what an app is asked."""

    def __init__(self, app: VariantApp) -> None:
        self.app = app
        self.asked = Counter[str]()

    def __call__(self, environ: Any, start: Any) -> Any:
        body = environ["wsgi.input"].read()
        self.asked["look" if b"__schema" in body else "report"] += 1
        environ["wsgi.input"] = type(environ["wsgi.input"])(body)
        return self.app(environ, start)


@pytest.fixture(scope="module")
def board() -> Iterator[Switchboard]:
    with switchboard() as opened:
        yield opened


@pytest.mark.parametrize("name", ["to-exclusive", "objects", "strings", "introspection-refused"])
def test_a_fresh_endpoint_costs_one_look_and_two_questions_and_then_nothing(
    cli: Glomex, board: Switchboard, name: str
) -> None:
    cli.now = lambda: NOON
    app = Counting(create_variant_app(CASES[name].variant, lambda: NOON))
    with (
        board.serving(app) as url,
        environment({"GLOMEX_ENDPOINT": url, "GLOMEX_TOKEN": token()}),
    ):
        assert cli(*COMMANDS["week"].typed).code == 0
        assert app.asked["look"] == 1
        assert app.asked["report"] <= 3
        for command in ("week", "month", "video", "day"):
            app.asked.clear()
            assert cli(*COMMANDS[command].typed).code == 0
            assert app.asked == {"report": 1}
        app.asked.clear()
        cli("schema", "--refresh")
        assert cli(*COMMANDS["week"].typed).code == 0
        assert (app.asked["look"], app.asked["report"] <= 3) == (1, True)


def test_doctor_tells_what_was_learned_and_since_when(cli: Glomex, board: Switchboard) -> None:
    cli.now = lambda: NOON
    app = create_variant_app(CASES["pages"].variant, lambda: NOON)
    with (
        board.serving(app) as url,
        environment({"GLOMEX_ENDPOINT": url, "GLOMEX_TOKEN": token()}),
    ):
        assert learned(cli) == "empty: the first report fetches what it needs"
        assert cli(*COMMANDS["week"].typed).code == 0
        told = learned(cli)
        assert told.startswith("content-owner: the day given as `to` counts (2026-11-2")
        assert "rows in edges.node (2026-11-2" in told
        assert "pages by after; publisher: rows in edges.node" in told
        assert told.endswith("; to update: glomex schema --refresh")


def learned(cli: Glomex) -> str:
    rows = json.loads(cli("doctor", "-f", "json").out)
    (text,) = (row["text"] for row in rows if row["check"] == "cache")
    return str(text)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    name=st.sampled_from(NAMES),
    fault=st.one_of(
        st.builds(Fault, kind=KINDS, at=st.just(1), only=st.just("__schema")),
        st.builds(Fault, kind=KINDS, at=st.integers(1, 8), only=st.just("AnalyticsReport(")),
    ),
)
def test_one_failure_changes_no_figure_of_a_later_command(
    cli: Glomex, board: Switchboard, name: str, fault: Fault
) -> None:
    cli.now = lambda: NOON
    variant = replace(CASES[name].variant, faults=())
    plain = figures(cli, board, create_variant_app(variant, lambda: NOON))
    app = create_variant_app(replace(variant, faults=(fault,)), lambda: NOON)
    with_fault = figures(cli, board, app)
    other = [command for command, before in plain.items() if with_fault[command] != before]
    assert len(other) <= 1, "one failure failed several commands"
    assert all(with_fault[command][0] != 0 for command in other), "other figures without a word"


def figures(cli: Glomex, board: Switchboard, app: VariantApp) -> dict[str, tuple[int, str]]:
    """Return code and output of each command, run twice in a row of its own."""
    with (
        board.serving(app) as url,
        environment({"GLOMEX_ENDPOINT": url, "GLOMEX_TOKEN": token()}),
    ):
        runs = [*RUN, *(f"later {command}" for command in RUN)]
        done = {run: cli(*COMMANDS[run.removeprefix("later ")].typed) for run in runs}
    return {run: (each.code, each.out) for run, each in done.items()}


def served(board: Switchboard, cli: Glomex, name: str, *argv: str) -> tuple[Counter[str], str]:
    """Run a command against a variant, twice; return what the second one asked, and its rows."""
    cli.now = lambda: NOON
    app = Counting(create_variant_app(CASES[name].variant, lambda: NOON))
    with (
        board.serving(app) as url,
        environment({"GLOMEX_ENDPOINT": url, "GLOMEX_TOKEN": token()}),
    ):
        assert cli(*argv).code == 0
        app.asked.clear()
        done = cli(*argv)
    assert (done.code, done.err) == (0, "")
    return app.asked, done.out


VIDEOS = ("report", "-d", "video,day", "--from", "2025-06-02", "--to", "2025-06-05", "-f", "csv")


@pytest.mark.parametrize(
    "name", ["pages", "pages-cursor", "pages-cursor-camel", "pages-offset", "pages-numbered"]
)
def test_pages_are_asked_for_as_large_as_most_services_allow(
    cli: Glomex, board: Switchboard, name: str
) -> None:
    _, whole = served(board, cli, "to-exclusive", *VIDEOS)
    asked, out = served(board, cli, name, *VIDEOS)
    assert sorted(out.splitlines()) == sorted(whole.splitlines())
    rows = len(out.splitlines()) - 1
    assert asked["report"] <= rows // 40 + 1  # pages of 50, of one day more


def test_months_are_asked_for_one_by_one_where_more_days_are_refused(
    cli: Glomex, board: Switchboard
) -> None:
    months = ("report", "-d", "month", "--from", "2025-01-01", "--to", "2025-05-31", "-f", "csv")
    _, whole = served(board, cli, "to-exclusive", *months)
    _, out = served(board, cli, "short-ranges", *months)
    assert out == whole
    assert len(out.splitlines()) == 6


@pytest.mark.parametrize("metrics", ["video_title,video_views", "video_views,video_title"])
def test_the_title_of_an_object_may_be_asked_for_by_name(
    cli: Glomex, board: Switchboard, metrics: str
) -> None:
    _, usual = served(board, cli, "objects", *VIDEOS, "-m", "video_views")
    _, named = served(board, cli, "objects", *VIDEOS, "-m", metrics)
    assert named == usual
    assert "video_title" in named


def test_metrics_of_a_picture_may_be_joined_with_commas(cli: Glomex, board: Switchboard) -> None:
    days = ("--from", "2025-06-02", "--to", "2025-06-05")
    _, apart = served(
        board, cli, "to-exclusive", "sparkline", "video_views", "ad_impressions", *days
    )
    _, joined = served(board, cli, "to-exclusive", "sparkline", "video_views,ad_impressions", *days)
    assert joined == apart
    assert len(joined.splitlines()) == 2
