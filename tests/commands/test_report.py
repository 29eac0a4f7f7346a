"""`glomex report` against the sandbox over HTTP: whole outcomes."""

import csv
import io
import json

import pytest

from glomex_cli.sandbox.app import SandboxOptions
from support.cli import Glomex
from support.servers.service import PASSWORD, ROBOT, TENANT, Service, running

JUNE = ("--from", "2025-06-02", "--to", "2025-06-04")


def test_a_pipe_gets_json_dimensions_first_and_raw_numbers(cli: Glomex, signed_in: Service) -> None:
    done = cli("report", *JUNE)
    rows = json.loads(done.out)
    assert [list(row) for row in rows] == [["day", "video_views", "ad_impressions"]] * 3
    assert [row["day"] for row in rows] == ["2025-06-02", "2025-06-03", "2025-06-04"]
    assert all(type(row["video_views"]) is int for row in rows)
    assert (done.code, done.err) == (0, "")


def test_a_terminal_gets_a_table_and_the_range(cli: Glomex, signed_in: Service) -> None:
    done = cli("report", *JUNE, terminal=True)
    assert done.err == "2025-06-02 to 2025-06-04 (3 days)\n"
    assert all(name in done.out for name in ("day", "video_views", "ad_impressions"))
    assert "," in done.out


def test_quiet_says_nothing(cli: Glomex, signed_in: Service) -> None:
    assert cli("report", *JUNE, "-q", terminal=True).err == ""


@pytest.mark.fault("F12")
def test_verbose_tells_of_each_request_and_of_nothing_in_it(
    cli: Glomex, signed_in: Service
) -> None:
    done = cli("report", *JUNE, "-v")
    look, report, *_ = done.err.splitlines()
    assert look.startswith("POST 127.0.0.1 __schema: 200 in ")
    assert report.startswith("POST 127.0.0.1 contentOwnerAnalyticsReport: 200 in ")
    assert cli("token").out.strip() not in done.err


def test_without_a_range_the_last_14_complete_days_are_asked(
    cli: Glomex, signed_in: Service
) -> None:
    assert cli("report", terminal=True).err.endswith("(14 days)\n")


@pytest.mark.parametrize("dimensions", [["video", "week"], ["week", "video"], ["week,video"]])
def test_dimensions_come_in_either_order_and_are_put_right(
    cli: Glomex, signed_in: Service, dimensions: list[str]
) -> None:
    argv = [word for dimension in dimensions for word in ("-d", dimension)]
    rows = json.loads(cli("report", *argv, *JUNE).out)
    assert list(rows[0]) == ["video", "week", "video_views", "ad_impressions"]


@pytest.mark.parametrize("dimension", ["video", "channel"])
def test_without_time_the_most_viewed_come_first(
    cli: Glomex, signed_in: Service, dimension: str
) -> None:
    rows = json.loads(cli("report", "-d", dimension, *JUNE).out)
    views = [row["video_views"] for row in rows]
    assert views == sorted(views, reverse=True)
    assert len(views) > 5


def test_the_publisher_has_a_report_of_its_own(cli: Glomex, signed_in: Service) -> None:
    mine = json.loads(cli("report", "--as", "publisher", *JUNE).out)
    assert [row["day"] for row in mine] == ["2025-06-02", "2025-06-03", "2025-06-04"]
    assert mine != json.loads(cli("report", *JUNE).out)


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "tsv", "markdown", "table"])
def test_every_format_holds_every_row(cli: Glomex, signed_in: Service, form: str) -> None:
    done = cli("report", *JUNE, "-f", form)
    assert all(day in done.out for day in ("2025-06-02", "2025-06-03", "2025-06-04"))


def test_formats_agree(cli: Glomex, signed_in: Service) -> None:
    as_json = json.loads(cli("report", *JUNE, "-f", "json").out)
    lines = cli("report", *JUNE, "-f", "ndjson").out.splitlines()
    table = csv.DictReader(io.StringIO(cli("report", *JUNE, "-f", "csv").out))
    assert [json.loads(line) for line in lines] == as_json
    assert list(table) == [{key: str(cell) for key, cell in row.items()} for row in as_json]


def test_an_empty_answer_is_done(cli: Glomex, signed_in: Service) -> None:
    done = cli("report", "--from", "2025-05-10", "--to", "2025-05-11")
    assert (done.code, done.out) == (0, "[]\n")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["-d", "day,week"], "time buckets: a report takes one"),
        (["-d", "video,channel"], "primary dimensions: a report takes one"),
        (["-d", "no such"], "is not a valid name"),
        (["--from", "2025-02-30"], "2025-02-30"),
        (["--from", "2025-06-02", "--to", "2025-06-01"], "ends before it begins"),
        (["--last", "7d", "--period", "mtd"], "cannot be combined"),
        (["-f", "yaml"], "--format 'yaml' is not a valid choice"),
    ],
)
def test_what_cannot_be_is_a_usage_error_with_a_way_out(
    cli: Glomex, signed_in: Service, argv: list[str], message: str
) -> None:
    done = cli("report", *argv)
    error, hint = done.err.splitlines()
    assert (done.code, done.out) == (2, "")
    assert error.startswith("error: ")
    assert message in error
    assert hint.startswith("hint: ")


def test_an_unknown_name_gets_the_likely_one_from_the_schema(
    cli: Glomex, signed_in: Service
) -> None:
    done = cli("report", "-m", "video_vews", *JUNE)
    assert (done.code, done.out) == (2, "")
    assert done.err == ("error: unknown metric 'video_vews'\nhint: did you mean -m video_views?\n")


def test_an_unknown_name_is_sent_as_asked_where_the_schema_is_not_told(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(SandboxOptions(introspection=False)) as service:
        monkeypatch.setenv("GLOMEX_ENDPOINT", service.url)
        cli("login", answers=[ROBOT, TENANT, PASSWORD])
        done = cli("report", "-m", "video_vews", *JUNE)
    assert (done.code, done.out) == (5, "")
    assert done.err.startswith(
        "error: contentOwnerAnalyticsReport does not match the schema of the service: "
    )


def test_nobody_signed_in_says_so(cli: Glomex, service: Service) -> None:
    done = cli("report")
    assert (done.code, done.err) == (
        4,
        "error: not signed in to 127.0.0.1\nhint: glomex login\n",
    )


@pytest.mark.parametrize(
    ("endpoint", "code", "message"),
    [
        ("http://127.0.0.1:1/v1", 7, "cannot connect to 127.0.0.1"),
        ("http://graphql.glomex.com/v1", 9, "http:// is for loopback addresses only"),
        ("https://user:secret@example.com/v1", 9, "a user name or password"),
        ("ftp://example.com", 9, "does not start with https://"),
    ],
)
def test_an_endpoint_that_cannot_be_used_says_why(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, endpoint: str, code: int, message: str
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", "a.b.c")
    done = cli("report", "--endpoint", endpoint)
    assert (done.code, done.out) == (code, "")
    assert message in done.err
    assert "secret" not in done.err


def test_a_token_that_is_none_is_not_quoted(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", "canary\n")
    done = cli("report")
    assert (done.code, "canary" in done.err) == (4, False)
