"""`glomex report` into a Parquet file: the rows of the JSON, and an old file kept on failure."""

from datetime import date
from pathlib import Path

import pytest

from support.cli import Glomex, rows_of
from support.exports import answer, day_row, query
from support.files import note_on
from support.servers.fault_answers import whole
from support.servers.fault_server import FaultServer
from support.servers.gateway import Gateway
from support.servers.network import TOKEN

JUNE = ("--from", "2025-05-30", "--to", "2025-06-12", "-m", "video_views,revenue")


@pytest.mark.parametrize("dimensions", ["day", "video,day", "channel,week", "month", "video"])
def test_a_file_holds_the_rows_of_the_report(
    cli: Glomex, gateway: Gateway, tmp_path: Path, dimensions: str
) -> None:
    file = tmp_path / "report.parquet"
    done = cli("report", *JUNE, "-d", dimensions, "-o", str(file))
    rows = rows_of(cli, *JUNE, "-d", dimensions)
    assert (done.code, done.out, done.err) == (0, "", note_on(f"{len(rows):,} rows", file))
    sums = "select count(*), sum(video_views), sum(revenue)::decimal(18, 4)::text from lake"
    assert query(sums, tmp_path) == [
        (
            len(rows),
            sum(row["video_views"] for row in rows),
            f"{sum(row['revenue'] for row in rows):.4f}",
        )
    ]


def test_weeks_and_months_are_the_dates_they_begin_on_and_changes_have_types(
    cli: Glomex, gateway: Gateway, tmp_path: Path
) -> None:
    file = tmp_path / "x"
    argv = ("report", *JUNE, "-d", "week", "--compare", "previous", "-f", "parquet")
    assert cli(*argv, "-o", str(file)).code == 0
    file.rename(tmp_path / "x.parquet")
    assert query("select week from lake order by 1", tmp_path)[0] == (date(2025, 5, 26),)
    assert [row[:2] for row in query("describe from lake", tmp_path)] == [
        ("week", "DATE"),
        ("video_views", "BIGINT"),
        ("video_views_previous", "BIGINT"),
        ("video_views_change", "BIGINT"),
        ("video_views_change_percent", "DOUBLE"),
        ("revenue", "DOUBLE"),
        ("revenue_previous", "DOUBLE"),
        ("revenue_change", "DOUBLE"),
        ("revenue_change_percent", "DOUBLE"),
    ]


@pytest.mark.parametrize("terminal", [False, True])
def test_parquet_is_not_printed(cli: Glomex, gateway: Gateway, *, terminal: bool) -> None:
    done = cli("report", "-f", "parquet", terminal=terminal)
    assert (done.code, done.out) == (2, "")
    assert "hint: for example: glomex report -o report.parquet" in done.err
    assert gateway.asked() == []


@pytest.mark.parametrize(
    ("content", "argv", "code"),
    [
        (answer([day_row("2025-06-01"), None]), (), 6),
        (answer([day_row("2025-06-01", 0.5)]), (), 5),
        (answer([]), ("--fail-empty",), 3),
        (answer([day_row("2025-06-01"), None]), ("--strict",), 5),
    ],
)
def test_an_old_file_survives_every_failure(  # noqa: PLR0913 - a table of cases
    *,
    cli: Glomex,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    argv: tuple[str, ...],
    code: int,
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    file = tmp_path / "report.parquet"
    file.write_text("old")
    with FaultServer(whole(content)) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        span = ("--from", "2025-06-01", "--to", "2025-06-02", "-d", "video,day")
        done = cli("report", *span, "-m", "video_views", *argv, "-o", str(file))
    assert (done.code, done.out) == (code, "")
    assert file.read_text() == "old"
