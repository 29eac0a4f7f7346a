"""A report on its way out: partial data, empty ones, and each format once."""

import csv
import io
import json
from collections.abc import Iterator, Mapping

import pytest

from support.answered import BY_VIDEO, DAYS, FORMATS, JUNE, LOST, OPERATION, answer, videos
from support.cli import Glomex
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.gateway import robot_token
from support.servers.network import TOKEN
from support.servers.service import Service


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    with FaultServer(whole(answer(DAYS))) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


@pytest.mark.fault("F30")
@pytest.mark.parametrize("form", FORMATS)
def test_partial_data_is_printed_told_with_its_path_and_ends_with_6(
    cli: Glomex, server: FaultServer, form: str
) -> None:
    clean = cli(*JUNE, "-f", form)
    assert (clean.code, clean.err) == (0, "")
    server.script = whole(answer(DAYS, LOST, {"message": "and more"}))
    done = cli(*JUNE, "-f", form)
    assert (done.code, done.out) == (6, clean.out)
    assert done.err.splitlines() == [
        f"missing {OPERATION}.rows.1.ad_impressions: the 2nd is being counted",
        "missing: and more",
        "error: the service could not give all of the report",
        "hint: try again later",
    ]


@pytest.mark.fault("F30")
@pytest.mark.parametrize("form", FORMATS)
def test_strict_prints_nothing_of_partial_data(cli: Glomex, server: FaultServer, form: str) -> None:
    server.script = whole(answer(DAYS, LOST))
    done = cli(*JUNE, "--strict", "-f", form)
    assert (done.code, done.out) == (5, "")
    assert "the 2nd is being counted" in done.err
    server.script = whole(answer(DAYS))
    assert cli(*JUNE, "--strict").code == 0


@pytest.mark.parametrize("errors", [[], [LOST]])
def test_a_row_that_is_null_is_left_out_and_never_without_a_word(
    cli: Glomex, server: FaultServer, errors: list[Mapping[str, object]]
) -> None:
    server.script = whole(answer([DAYS[0], None, DAYS[1]], *errors))
    done = cli(*JUNE)
    assert (done.code, json.loads(done.out)) == (6, DAYS)
    told = "the 2nd is being counted" if errors else "the service sent 1 empty rows"
    assert told in done.err


def test_errors_without_rows_are_a_refusal(cli: Glomex, server: FaultServer) -> None:
    server.script = whole(http(200, body={"data": {OPERATION: None}, "errors": [LOST]}))
    done = cli(*JUNE)
    assert (done.code, done.out) == (5, "")


@pytest.mark.parametrize("words", ["--total", "--compare=previous", "--sort=day", "--limit=9"])
def test_work_on_the_rows_does_not_lose_what_is_missing(
    cli: Glomex, server: FaultServer, words: str
) -> None:
    server.script = whole(answer(DAYS, LOST))
    done = cli(*JUNE, words, "-f", "markdown")
    assert done.code == 6
    assert "2025-06-01" in done.out
    assert "missing" in done.err


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_report_fails_only_where_that_was_asked_for(
    cli: Glomex, server: FaultServer, form: str
) -> None:
    server.script = whole(answer([]))
    plain = cli(*JUNE, "-f", form)
    assert (plain.code, plain.err) == (0, "no rows for 2025-06-01 to 2025-06-03\n")
    done = cli(*JUNE, "-f", form, "--fail-empty")
    assert (done.code, done.out) == (3, plain.out)
    assert done.err.startswith("error: the report has no rows\nhint: ")
    server.script = whole(answer(DAYS))
    assert cli(*JUNE, "-f", form, "--fail-empty").code == 0


def test_csv_is_guarded_against_spreadsheets_and_numbers_are_untouched(
    cli: Glomex, server: FaultServer
) -> None:
    formula = '=HYPERLINK("x"),\n"y"'
    server.script = whole(answer([{"video": formula, "day": "2025-06-01", "video_views": -5}]))
    guarded = cli(*BY_VIDEO, "-f", "csv").out
    exact = cli(*BY_VIDEO, "-f", "csv", "--raw-csv").out
    (row,) = csv.DictReader(io.StringIO(guarded, newline=""))
    assert (row["video"], row["video_views"]) == (f"'{formula}", "-5")
    (row,) = csv.DictReader(io.StringIO(exact, newline=""))
    assert (row["video"], row["video_views"]) == (formula, "-5")


def test_markdown_is_a_table_that_github_renders(cli: Glomex, server: FaultServer) -> None:
    server.script = whole(answer([{"video": "a|b *c*", "day": "2025-06-01", "video_views": 12345}]))
    assert cli(*BY_VIDEO, "-f", "markdown").out.splitlines() == [
        "| video | day | video_views |",
        "| --- | --- | ---: |",
        r"| a\|b \*c\* | 2025-06-01 | 12,345 |",
    ]


def test_a_wide_table_is_never_cut_in_a_pipe_and_fits_a_terminal(
    cli: Glomex, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    name = "v" * 150
    server.script = whole(answer([{"video": name, "day": "2025-06-01", "video_views": 12345}]))
    assert name in cli(*BY_VIDEO, "-f", "table").out
    shown = cli(*BY_VIDEO, "-f", "table", terminal=True).out
    assert name not in shown
    assert max(map(len, shown.splitlines())) <= 60
    assert "12,345" in shown


def test_a_terminal_is_told_of_rows_it_is_not_shown(cli: Glomex, server: FaultServer) -> None:
    server.script = whole(answer(videos(1500)))
    done = cli(*BY_VIDEO, terminal=True)
    assert done.code == 0
    assert "the first 1,000 of 1,500 rows are shown" in done.err
    assert "v-1499" in done.out
    assert len(cli(*BY_VIDEO, "-f", "table").out.splitlines()) >= 1500


def test_a_terminal_is_shown_as_many_rows_as_somebody_asks_for(
    cli: Glomex, server: FaultServer
) -> None:
    server.script = whole(answer(videos(1500)))
    done = cli(*BY_VIDEO, "--limit", "1500", terminal=True)
    assert "rows are shown" not in done.err
    assert len(done.out.splitlines()) >= 1500


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["--from", "2024-02-28", "--to", "2024-03-01"], "2024-02-28 to 2024-03-01 (3 days)"),
        (["--from", "2024-12-30", "--to", "2025-01-02"], "2024-12-30 to 2025-01-02 (4 days)"),
        (["--last", "4w", "-d", "week"], "(28 days)"),
    ],
)
def test_the_range_is_echoed_and_its_days_are_those_of_the_calendar(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch, argv: list[str], told: str
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", robot_token())
    done = cli("report", *argv, terminal=True)
    assert done.code == 0
    assert told in done.err
