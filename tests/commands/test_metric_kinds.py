"""What a metric is: a table and a sparkline can never disagree about it."""

import json
from typing import TYPE_CHECKING

import pytest

from glomex_cli.metrics import Agg, Better, Unit, guess_kind
from glomex_cli.services.glomex.schema import METRICS, kind_of_metric
from support.answered import without_schema
from support.cli import Glomex
from support.servers.fault_server import FaultServer
from support.servers.gateway import Gateway

if TYPE_CHECKING:
    from glomex_cli.models import Row

JUNE = ("--from", "2025-06-01", "--to", "2025-06-30")


def test_the_table_holds_each_metric_of_the_sandbox(cli: Glomex, gateway: Gateway) -> None:
    rows = json.loads(cli("schema", "-f", "json").out)
    assert {row["name"] for row in rows if row["what"] == "metric"} == set(METRICS)


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("is_known", [False, True])
def test_a_table_adds_up_what_a_sparkline_adds_up(
    *, cli: Glomex, gateway: Gateway, name: str, is_known: bool
) -> None:
    if is_known:
        cli("schema")
    table = cli("report", "-m", name, *JUNE, "--total", "-f", "markdown")
    total = table.out.splitlines()[-1].strip("| ").split(" | ")[1:]
    line = cli("sparkline", name, *JUNE, "--width", "10")
    assert (table.code, line.code) == (0, 0)
    assert ("sum" in line.err) is bool(total and total[0].strip("| "))
    assert ("mean" in line.err) is not ("sum" in line.err)
    fed = cli("report", "-m", name, *JUNE, "-f", "json")
    from_stdin = cli("sparkline", "--width", "10", stdin=fed.out)
    assert ("sum" in from_stdin.err) is ("sum" in line.err)


def test_time_watched_has_its_total(cli: Glomex, gateway: Gateway) -> None:
    argv = ("report", "-m", "watch_time_s", *JUNE)
    rows = json.loads(cli(*argv, "-f", "json").out)
    table = cli(*argv, "--total", "-f", "table")
    shown = float(table.out.splitlines()[-1].split()[-1].replace(",", ""))
    assert shown == sum(row["watch_time_s"] for row in rows) > 0


@pytest.mark.parametrize("name", METRICS)
def test_a_name_alone_says_no_more_than_the_table(name: str) -> None:
    guessed, known = guess_kind(name), METRICS[name]
    assert guessed.adds_up in {known.adds_up, None}
    assert guessed.agg is known.agg or guessed.adds_up is None


@pytest.mark.parametrize(
    ("name", "weight"),
    [
        ("completion_rate", "video_views"),
        ("avg_watch_time_s", "video_views"),
        ("fill_rate", "ad_requests"),
        ("ecpm", "ad_impressions"),
    ],
)
def test_the_mean_of_a_rate_is_the_rate_of_the_sums(
    cli: Glomex, gateway: Gateway, name: str, weight: str
) -> None:
    """One column of a sparkline holds what one month of the service says."""
    assert METRICS[name].weight == weight
    month = json.loads(cli("report", "-d", "month", "-m", name, *JUNE).out)[0][name]
    rows = json.loads(cli("report", "-m", f"{name},{weight}", *JUNE).out)
    mean = sum(row[name] * row[weight] for row in rows) / sum(row[weight] for row in rows)
    assert mean == pytest.approx(month, rel=1e-2)
    asked = gateway.asked() and cli("sparkline", name, *JUNE)
    assert asked
    assert any(f"{name} {weight}" in query for query in gateway.asked())


def test_the_total_of_an_unknown_metric_is_a_dash_with_a_note(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, gateway: Gateway
) -> None:
    rows: list[Row] = [
        {"video": "a", "mood": 7, "video_views": 1},
        {"video": "b", "mood": 8, "video_views": 3},
    ]
    argv = ("report", "-d", "video", "-m", "mood,video_views", *JUNE, "--total", "-f", "table")
    with FaultServer(without_schema(rows)) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        done, again = cli(*argv), cli(*argv, "--compare", "year")
    assert done.out, done.err
    assert done.out.splitlines()[-1].split() == ["total", "-", "4"]
    note = "no total of mood: it is unknown whether it can be added up\n"
    assert (done.code, done.err, again.err) == (0, note, note)


@pytest.mark.parametrize(
    ("name", "description", "unit", "adds_up"),
    [
        ("dwell", "Time per visit, in seconds.", Unit.SECONDS, False),
        ("dwell", "", Unit.NUMBER, None),
        ("hits", "How often a page was asked for.", Unit.COUNT, True),
        ("loyalty", "Part of people who came back, from 0 to 1.", Unit.FRACTION, False),
        ("loyalty", "People who came back, in percent.", Unit.PERCENT, False),
        ("views", "Average of the views of a day. Made of all pages.", Unit.COUNT, False),
        ("views", "Starts of videos. Not the same as starts per page.", Unit.COUNT, True),
        ("fill_rate", "Impressions per request, from 0 to 100.", Unit.PERCENT, False),
        ("wait", "Of the median visitor, in milliseconds.", Unit.MILLISECONDS, False),
    ],
)
def test_a_description_says_what_a_name_does_not(
    *, name: str, description: str, unit: Unit, adds_up: bool | None
) -> None:
    kind = kind_of_metric(name, description)
    assert (kind.unit, kind.adds_up) == (unit, adds_up)
    assert (kind.agg is Agg.SUM) is (adds_up is True)


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("video_views", Better.UP),
        ("error_rate", Better.DOWN),
        ("views_with_errors", Better.DOWN),
        ("startup_time", Better.DOWN),
        ("mood", Better.NEITHER),
    ],
)
def test_what_counts_failures_is_better_when_smaller(name: str, better: Better) -> None:
    assert guess_kind(name).better is better
