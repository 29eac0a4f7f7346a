"""Titles beside ids: where they are shown, and that they change nothing but the look."""

import json
from typing import TYPE_CHECKING

import pytest

from support.answered import without_schema
from support.cli import Glomex
from support.servers.fault_server import FaultServer
from support.servers.gateway import Gateway, introspections, serve_schema
from support.servers.object_app import TITLES, object_app

if TYPE_CHECKING:
    from glomex_cli.models import Row

WEEK = ("--from", "2025-06-02", "--to", "2025-06-08")
MAY = ("--compare", "previous")
BY_VIDEO = ("report", "-d", "video", "-m", "video_views", *WEEK, "--limit", "3")
# Each is given twice: with nothing known of the service, and with what the first run learnt.
COMMANDS = [
    "report -d channel -m channel_title,video_views --limit 2 -f table",
    "report -d channel -m channel_title,video_views --limit 2 --total -f markdown",
    "report -d channel -m channel_title,video_views --compare previous -f json",
    "report -d channel -m channel_title,video_views -f csv",
    "report -d channel -m channel_title,video_views --limit 3 --trend -f table",
    "report -d channel -m channel_title,video_views,watch_time_s,fill_rate --total -f table",
    "sparkline fill_rate completion_rate watch_time_s --width 3",
    "sparkline video_views --by channel --top 3 --labels",
    "report -d channel --limit 3 -f markdown",
]


def headers(text: str) -> list[str]:
    return text.splitlines()[0].replace("|", " ").split()


@pytest.mark.parametrize("argv", COMMANDS)
@pytest.mark.parametrize("introspection", [True, False])
def test_the_first_run_prints_what_the_second_does(
    *, cli: Glomex, own_gateway: Gateway, argv: str, introspection: bool
) -> None:
    serve_schema(own_gateway, None, introspection=introspection)
    first = cli(*argv.split(), *WEEK)
    assert first.code == 0, first.err
    assert introspections(own_gateway) <= 1
    assert cli(*argv.split(), *WEEK) == first
    cli("schema")
    assert cli(*argv.split(), *WEEK) == first


def test_a_title_is_no_sort_key_and_has_no_change(cli: Glomex, gateway: Gateway) -> None:
    argv = ("report", "-d", "channel", *WEEK, "-f", "json", "--limit", "4")
    plain = json.loads(cli(*argv, "-m", "video_views", *MAY).out)
    titled = json.loads(cli(*argv, "-m", "channel_title,video_views", *MAY).out)
    assert [{n: v for n, v in row.items() if n != "channel_title"} for row in titled] == plain
    assert all(isinstance(row["channel_title"], str) for row in titled)
    named = cli(*argv, "-m", "channel_title,video_views", "--sort", "channel_title")
    titles = [row["channel_title"].casefold() for row in json.loads(named.out)]
    assert titles == sorted(titles)


def test_a_column_of_text_is_a_title_where_no_schema_says_so(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, gateway: Gateway
) -> None:
    rows: list[Row] = [
        {"video": "a", "caption": "Zebra", "video_views": 1},
        {"video": "b", "caption": None, "video_views": 3},
        {"video": "c", "caption": "Ameise", "video_views": 2},
    ]
    with FaultServer(without_schema(rows)) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        argv = ("report", "-d", "video", "-m", "caption,video_views", *WEEK)
        told = json.loads(cli(*argv).out)
        table = cli(*argv, "--total", "-f", "table")
        drawn = cli("sparkline", "caption", *WEEK)
    assert [row["video"] for row in told] == ["b", "c", "a"]
    assert (table.code, table.err) == (0, "")
    assert table.out.splitlines()[-1].split() == ["total", "6"]
    assert (drawn.code, drawn.err) == (
        2,
        "error: caption is text, which cannot be drawn\nhint: glomex schema\n",
    )


@pytest.mark.parametrize(("form", "is_titled"), [("markdown", True), ("table", False)])
def test_titles_come_first_in_markdown_and_not_in_a_piped_table(
    *, cli: Glomex, gateway: Gateway, form: str, is_titled: bool
) -> None:
    names = headers(cli(*BY_VIDEO, "-f", form).out)
    assert names == ["video_title", "video", "video_views"][not is_titled :]
    assert headers(cli(*BY_VIDEO, "-f", form, "--ids").out) == ["video", "video_views"]


def test_titles_come_first_on_a_terminal_in_the_same_request(
    cli: Glomex, own_gateway: Gateway
) -> None:
    cli("schema")
    own_gateway.asked()
    done = cli(*BY_VIDEO[:-2], "--total", "--color", "never", terminal=True)
    # Whether `to` counts is learnt by requests of their own, once.
    reports = [query for query in own_gateway.asked() if "video_title" in query]
    assert len(reports) == 1
    assert headers(done.out) == ["video_title", "video", "video_views"]
    rows = done.out.splitlines()[2:-2]
    assert len(rows) > 50
    assert all(line.startswith(TITLES[line.split()[-2]][:10]) for line in rows)
    assert done.out.splitlines()[-1].startswith("total ")
    assert "video_title" not in cli(*BY_VIDEO, "--ids", terminal=True).out


def test_an_id_behind_its_title_is_faint(cli: Glomex, gateway: Gateway) -> None:
    done = cli(*BY_VIDEO, "--color", "always", terminal=True)
    row = done.out.splitlines()[2]
    (ident,) = (ident for ident in TITLES if ident in row)
    assert f"\x1b[2m{ident}\x1b[0m" in row
    alone = cli(*BY_VIDEO, "--color", "always", "--ids", terminal=True)
    assert "\x1b[2m" not in alone.out


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "tsv"])
def test_machines_get_ids_and_titles_on_demand(cli: Glomex, gateway: Gateway, form: str) -> None:
    assert "video_title" not in cli(*BY_VIDEO, "-f", form).out
    assert introspections(gateway) <= 1  # the look at a fresh endpoint
    named = cli(*BY_VIDEO, "-m", "video_title", "-f", form).out
    assert any(title in named for title in TITLES.values())


def test_a_title_that_is_part_of_an_object_is_treated_alike(
    cli: Glomex, own_gateway: Gateway
) -> None:
    own_gateway.app = object_app()
    done = cli(*BY_VIDEO, "-f", "markdown")
    assert (done.code, headers(done.out)) == (0, ["video_title", "video", "video_views"])
    assert headers(cli(*BY_VIDEO, "-f", "table").out) == ["video", "video_views"]
    line = cli("sparkline", "video_views", "--by", "video", "--top", "1", "--labels", *WEEK)
    assert any(line.out.startswith(title[:10]) for title in TITLES.values())


@pytest.mark.parametrize("names", ["channel_title,video_views", "video_views,channel_title"])
@pytest.mark.parametrize("terminal", [True, False])
def test_a_trend_is_drawn_beside_a_title_in_either_order(
    *, cli: Glomex, gateway: Gateway, names: str, terminal: bool
) -> None:
    argv = ("report", "-d", "channel", *WEEK, "--limit", "2", "--trend", "-f", "table")
    trends = [line.split()[-1] for line in cli(*argv).out.splitlines()[2:]]
    assert all(set(trend) <= set("▁▂▃▄▅▆▇█") for trend in trends)
    titled = cli(*argv, "-m", names, terminal=terminal).out.splitlines()[2:]
    assert [line.split()[-1] for line in titled] == trends


def test_lines_are_named_by_title_and_by_id_on_demand(cli: Glomex, gateway: Gateway) -> None:
    argv = ("sparkline", "video_views", "--by", "video", "--top", "3", "--labels", *WEEK)
    titled, plain = cli(*argv), cli(*argv, "--ids")
    idents = [line.split()[0] for line in plain.out.splitlines()[:3]]
    named = titled.out.splitlines()[:3]
    assert [line[:10] for line in named] == [TITLES[ident][:10] for ident in idents]
    bare = [word for word in argv if word != "--labels"]
    gateway.asked()
    assert cli(*bare).code == 0
    assert not any("title" in query for query in gateway.asked())
