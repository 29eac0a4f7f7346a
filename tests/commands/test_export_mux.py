"""`glomex export` of Mux Data: every row of each day or hour, and what is no longer kept."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from support.cli import Glomex, rows_of
from support.exports import exported, months_of, query

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NAMES = ("-m", "views,video_startup_time")


@pytest.fixture
def lake(cli: Glomex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let it be noon of 2026-11-20, for the sandbox too."""
    monkeypatch.setenv("GLOMEX_ENDPOINT", "mux-sandbox")
    cli.now = lambda: NOW
    return str(tmp_path / "lake")


def types_of(lake: str) -> list[str]:
    return [row[1] for row in query("describe from lake", lake)]


def test_mux_has_every_value_of_a_dimension_for_each_day_with_types(cli: Glomex, lake: str) -> None:
    done = cli("export", lake, "-d", "country,day", *NAMES, "--from", "2026-11-18")
    assert done.code == 0, done.err
    said = "2 days are asked for one by one: 4 requests, and more for rows beyond the first page\n"
    assert done.err == said
    report = rows_of(cli, "-d", "country", *NAMES, "--from", "2026-11-19", "--to", "2026-11-19")
    assert len(report) > 10
    held = query(
        "select country, views, video_startup_time from lake where day = '2026-11-19'", lake
    )
    assert sorted(held, key=str) == sorted((tuple(row.values()) for row in report), key=str)
    assert types_of(lake) == ["VARCHAR", "DATE", "BIGINT", "DOUBLE", "DATE"]


def test_mux_has_every_value_of_a_dimension_for_each_hour_in_utc(cli: Glomex, lake: str) -> None:
    done = cli("export", lake, "-d", "video_title,hour", *NAMES, "--from", "2026-11-19")
    assert done.code == 0, done.err
    assert done.err.startswith("24 hours are asked for one by one: 48 requests, and more")
    assert types_of(lake) == ["VARCHAR", "TIMESTAMP WITH TIME ZONE", "BIGINT", "DOUBLE", "DATE"]
    hours = query("select distinct epoch(hour) from lake order by 1", lake)
    midnight = datetime(2026, 11, 19, tzinfo=UTC).timestamp()
    assert {(each - midnight) % 3600 for (each,) in hours} == {0}
    assert (hours[0], hours[-1]) == ((midnight,), (midnight + 23 * 3600,))
    span = ("--from", "2026-11-19T14:00Z", "--to", "2026-11-19T15:00Z")
    report = rows_of(cli, "-d", "video_title", *NAMES, *span)
    assert len(report) > 20
    held = query(
        "select video_title, views, video_startup_time from lake"
        " where hour = timestamptz '2026-11-19 14:00:00+00'",
        lake,
    )
    assert sorted(held, key=str) == sorted((tuple(row.values()) for row in report), key=str)
    (whole,) = rows_of(
        cli, "-d", "day", "-m", "views", "--from", "2026-11-19", "--to", "2026-11-19"
    )
    assert query("select sum(views) from lake", lake) == [(whole["views"],)]
    assert exported(cli, lake) == [("2026-11", "same")]


def test_the_default_is_by_id_of_the_video_and_day(cli: Glomex, lake: str) -> None:
    assert exported(cli, lake, "--from", "2026-11-19") == [("2026-11", "written")]
    names = [row[0] for row in query("describe from lake", lake)]
    assert names == ["video_id", "day", "views", "video_startup_time", "month"]


def test_a_dry_run_says_the_requests_too(cli: Glomex, lake: str) -> None:
    done = cli(
        "export", lake, "-d", "country,hour", "-m", "views", "--from", "2026-11-19", "--dry-run"
    )
    assert (done.code, done.err.split(",")[0]) == (
        0,
        "24 hours are asked for one by one: 24 requests",
    )
    assert not Path(lake).exists()


@pytest.mark.parametrize("bucket", ["minute", "ten_minutes", "week", "month"])
def test_other_buckets_are_refused(cli: Glomex, lake: str, bucket: str) -> None:
    done = cli("export", lake, "-d", f"country,{bucket}", "--from", "2026-11-18")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: an export is by day or hour")
    assert done.err.endswith("hint: type -d country,day\n")


def test_a_page_that_lacks_a_row_names_its_hour_and_keeps_the_month(
    cli: Glomex, lake: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    argv = (lake, "-d", "country,hour", "-m", "views", "--from", "2026-11-19")
    exported(cli, *argv)
    before = query("select sum(views), count(*) from lake", lake)
    monkeypatch.setenv("GLOMEX_SANDBOX_CUT_PAGES", "1")
    done = cli("export", *argv, "-f", "json")
    assert done.code == 6
    assert json.loads(done.out)[0]["outcome"] == "kept"
    assert "missing views 2026-11-19T14:00:00Z: " in done.err
    assert query("select sum(views), count(*) from lake", lake) == before


def test_what_was_never_kept_is_not_asked_for(cli: Glomex, lake: str) -> None:
    done = cli("export", lake, "-d", "day", "-m", "views", "--from", "2026-06-01", "-f", "json")
    assert done.code == 0, done.err
    assert done.err == "the service has nothing before 2026-08-12\n"
    found = [(row["month"][:7], row["days"], row["settled"]) for row in json.loads(done.out)]
    assert found == [
        ("2026-08", 20, "yes"),
        ("2026-09", 30, "yes"),
        ("2026-10", 31, "yes"),
        ("2026-11", 19, "no"),
    ]
    assert query("select count(*), min(day)::text from lake", lake) == [(100, "2026-08-12")]


def test_a_month_that_is_no_longer_kept_settles_as_it_is_and_is_no_loss(
    cli: Glomex, lake: str
) -> None:
    argv = (lake, "-d", "day", "-m", "views", "--look-back", "60d")
    exported(cli, *argv, "--from", "2026-09-01")
    september = (Path(lake) / "month=2026-09-01" / "rows.parquet").read_bytes()
    held = json.loads((Path(lake) / "_glomex.json").read_bytes())
    assert not held["months"]["2026-09-01"]["settled"]
    cli.now = lambda: NOW + timedelta(60)  # October 11 is the oldest day then
    done = cli("export", *argv, "-f", "json")
    assert (done.code, months_of(done)) == (
        0,
        [("2026-11", "written"), ("2026-12", "written"), ("2027-01", "written")],
    )
    assert done.err == (
        "2026-09 stays as it is: the service has nothing before 2026-10-11\n"
        "2026-10 stays as it is: the service has nothing before 2026-10-11\n"
    )
    held = json.loads((Path(lake) / "_glomex.json").read_bytes())
    settled = {start[:7] for start, month in held["months"].items() if month["settled"]}
    assert settled == {"2026-09"}  # of October the service has some days yet
    assert (Path(lake) / "month=2026-09-01" / "rows.parquet").read_bytes() == september
    assert query("select count(*) from lake where day < '2026-11-01'", lake) == [(61,)]


def test_months_that_are_no_longer_kept_cannot_be_rebuilt_with_other_columns(
    cli: Glomex, lake: str
) -> None:
    exported(cli, lake, "-d", "day", "-m", "views", "--from", "2026-09-01")
    cli.now = lambda: NOW + timedelta(60)
    done = cli("export", lake, "-m", "views,playing_time", "--rebuild")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "error: the service has nothing before 2026-10-11: 2026-09 cannot be rebuilt\n"
        "hint: export these columns to another place\n"
    )
    assert exported(cli, lake, "--rebuild")[0] == ("2026-11", "written")
    assert query("select count(distinct day) from lake where day < '2026-11-01'", lake) == [(61,)]
