"""Whole buckets, and marks where a bucket is not whole, in what commands print."""

import json

import pytest

from support.cli import Glomex
from support.servers.gateway import Gateway

CUT = ("-d", "week", "--from", "2025-05-28", "--to", "2025-06-15", "-m", "video_views")
NOTE = (
    "* 2025-W22 is not complete: the range cuts it, or it has not ended\n"  # W24 ends on the 15th
)


def test_weeks_and_months_are_whole(cli: Glomex, gateway: Gateway) -> None:
    weeks = json.loads(cli("report", "-d", "week", "--last", "12w").out)
    months = json.loads(cli("report", "-d", "month", "--last", "6m").out)
    assert (len(weeks), len(months)) == (12, 6)


def test_a_cut_week_is_marked_on_a_terminal_and_in_markdown(cli: Glomex, gateway: Gateway) -> None:
    seen = cli("report", *CUT, terminal=True)
    assert "2025-W22*" in seen.out
    assert seen.out.count("*") == 1
    assert seen.err.endswith(NOTE)
    assert cli("report", *CUT, "-f", "markdown").out.count("*") == 1


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "tsv", "table"])
def test_programs_get_no_mark(cli: Glomex, gateway: Gateway, form: str) -> None:
    done = cli("report", *CUT, "-f", form)
    assert "2025-W22" in done.out
    assert "*" not in done.out
    assert done.err == ""


@pytest.mark.parametrize("form", ["table", "markdown", "csv"])
def test_the_first_rows_are_there_where_one_of_them_is_cut(
    cli: Glomex, gateway: Gateway, form: str
) -> None:
    assert "2025-W22" in cli("report", *CUT, "-f", form, "--limit", "1").out


def test_the_total_of_a_comparison_leaves_a_cut_week_out(cli: Glomex, gateway: Gateway) -> None:
    rows = json.loads(cli("report", *CUT, "--compare", "previous").out)
    whole = [row["video_views"] for row in rows if row["week"] != "2025-W22"]
    seen = cli("report", *CUT, "--compare", "previous", "--total", "-f", "markdown")
    assert f"| {sum(whole):,} |" in seen.out.splitlines()[-1].replace("**", "")
    assert "and is left out of the total\n" in seen.err
    plain = cli("report", *CUT, "--total", "-f", "markdown").out.splitlines()[-1]
    assert f"{sum(row['video_views'] for row in rows):,}" in plain


def test_a_table_in_a_pipe_says_which_rows_its_total_leaves_out(
    cli: Glomex, gateway: Gateway
) -> None:
    done = cli("report", *CUT, "--compare", "previous", "--total", "-f", "table")
    assert "*" not in done.out
    assert done.err.endswith(f"{NOTE.rstrip()}, and is left out of the total\n")


def test_a_range_of_one_day_is_told_in_the_singular(cli: Glomex, gateway: Gateway) -> None:
    day = ("--from", "2025-06-03", "--to", "2025-06-03")
    seen = cli("report", *day, "--compare", "previous", terminal=True)
    assert (
        seen.err
        == "2025-06-03 to 2025-06-03 (1 day)\ncompared with 2025-06-02 to 2025-06-02 (1 day)\n"
    )


@pytest.mark.parametrize("command", ["report", "sparkline", "plot"])
def test_hours_of_daily_data_are_refused_with_the_reason(
    cli: Glomex, gateway: Gateway, command: str
) -> None:
    words = [] if command == "report" else ["video_views"]
    by_range = cli(command, *words, "--last", "24h")
    assert (by_range.code, by_range.out) == (2, "")
    assert by_range.err == "error: --last 24h: Glomex data are daily\nhint: type --last 1d\n"
    by_bucket = cli(command, *words, "-d", "hour")
    assert by_bucket.code == 2
    assert by_bucket.err.startswith("error: -d hour: Glomex data are daily\n")


def test_a_comparison_says_which_days_the_range_before_lacks(cli: Glomex, gateway: Gateway) -> None:
    nobody = ("--as", "publisher", "--filter", "channel=c-nobody", "--compare", "previous")
    done = cli("report", *nobody, "--from", "2025-06-10", "--to", "2025-06-12")
    assert done.code == 0
    assert done.err.startswith("the previous range lacks 3 days\n")


def test_a_cut_week_is_faint_in_a_plot(cli: Glomex, gateway: Gateway) -> None:
    asked = ("plot", "video_views", "-d", "week", "--to", "2025-06-15", "--color", "always")
    assert "\x1b[2;" in cli(*asked, "--from", "2025-05-28").out
    assert "\x1b[2;" not in cli(*asked, "--from", "2025-05-26").out
