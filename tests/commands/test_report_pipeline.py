"""Work on the rows of a report: sorted, cut, added up, compared and drawn, in every format."""

import pytest

from support.cli import Glomex, rows_of
from support.servers.gateway import Gateway

JUNE = ("--from", "2025-06-02", "--to", "2025-06-08")
MAY = ("--from", "2025-05-26", "--to", "2025-06-01")
MACHINE = ("json", "ndjson", "csv", "tsv")


@pytest.mark.parametrize(
    ("key", "name", "down"),
    [
        ("video_views", "video_views", False),
        ("-ad_impressions", "ad_impressions", True),
        ("video", "video", False),
        ("-day", "day", True),
    ],
)
def test_rows_are_sorted_by_any_column_either_way(
    *, cli: Glomex, gateway: Gateway, key: str, name: str, down: bool
) -> None:
    rows = rows_of(cli, "-d", "video,day", *JUNE, "--sort", key)
    cells = [row[name] for row in rows]
    assert cells == sorted(cells, reverse=down)
    assert len(cells) > 50


def test_a_column_that_is_none_gets_the_likely_one(cli: Glomex, gateway: Gateway) -> None:
    done = cli("report", *JUNE, "--sort", "-video_vews")
    assert (done.code, done.out) == (2, "")
    assert "did you mean --sort -video_views?" in done.err


@pytest.mark.parametrize("form", [*MACHINE, "table", "markdown"])
def test_limit_keeps_the_first_of_the_sorted_rows(cli: Glomex, gateway: Gateway, form: str) -> None:
    every = rows_of(cli, "-d", "video", *JUNE)
    done = cli("report", "-d", "video", *JUNE, "--limit", "3", "-f", form)
    shown = [row["video"] for row in every if row["video"] in done.out]
    assert shown == [row["video"] for row in every[:3]]
    last = rows_of(cli, "-d", "video", *JUNE, "--sort", "video_views", "--limit", "2")
    assert last == every[:-3:-1]


def test_a_limit_of_none_is_a_usage_error(cli: Glomex, gateway: Gateway) -> None:
    assert cli("report", "--limit", "0").code == 2


@pytest.mark.parametrize("form", MACHINE)
def test_a_total_is_never_mixed_into_a_machine_format(
    cli: Glomex, gateway: Gateway, form: str
) -> None:
    plain = cli("report", *JUNE, "-f", form).out
    assert cli("report", *JUNE, "--total", "-f", form).out == plain


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("limit", [[], ["--limit", "2"]])
def test_a_total_is_the_last_line_for_people_and_the_sum_of_all_rows(
    cli: Glomex, gateway: Gateway, form: str, limit: list[str]
) -> None:
    rows = rows_of(cli, *JUNE)
    argv = ("report", *JUNE, "--total", *limit, "-f", form)
    last = cli(*argv, terminal=True).out.splitlines()[-1]
    assert "total" in last
    for name in ("video_views", "ad_impressions"):
        assert f"{sum(row[name] for row in rows):,}" in last


def test_a_rate_is_not_added_up(cli: Glomex, gateway: Gateway) -> None:
    argv = ("-m", "video_views,fill_rate", *JUNE, "--total", "-f", "markdown")
    cells = cli("report", *argv).out.splitlines()[-1].split("|")
    assert cells[3].strip() == ""
    assert cells[2].strip() != ""


@pytest.mark.parametrize("dimension", ["video", "channel"])
def test_a_trend_is_a_last_column_with_a_sparkline_of_each_row(
    cli: Glomex, gateway: Gateway, dimension: str
) -> None:
    plain = cli("report", "-d", dimension, *JUNE, "-f", "table").out.splitlines()
    drawn = cli("report", "-d", dimension, *JUNE, "--trend", "-f", "table").out.splitlines()
    assert drawn[0].split()[-1] == "trend"
    assert len(drawn) == len(plain)
    for line in drawn[2:]:
        assert len(line.split()[-1]) == 7
        assert set(line.split()[-1]) <= set("▁▂▃▄▅▆▇█")
    assert "▁" not in "".join(plain)


@pytest.mark.parametrize("form", [*MACHINE, "auto"])
def test_a_trend_is_for_people_only(cli: Glomex, gateway: Gateway, form: str) -> None:
    done = cli("report", "-d", "video", *JUNE, "--trend", "-f", form)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "error: --trend is for tables\nhint: glomex report -d video --trend -f table\n"
    )


def test_a_trend_of_time_itself_is_a_usage_error(cli: Glomex, gateway: Gateway) -> None:
    done = cli("report", "-d", "video,day", *JUNE, "--trend", "-f", "table")
    assert (done.code, done.out) == (2, "")
