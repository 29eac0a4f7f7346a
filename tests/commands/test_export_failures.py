"""`glomex export` when something fails: each month is the old or the new one, and the code says."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from glomex_cli.storage.files import locked
from support.cli import Glomex
from support.exports import answer, day_row, exported, inclusive, monthly, months_of, query
from support.files import posix_only
from support.servers.fault_answers import cut, http, whole
from support.servers.fault_server import FaultServer, Peer, Script
from support.servers.network import TOKEN

GOOD = [day_row(f"2025-0{month}-0{day}", month) for month in (4, 5, 6) for day in (1, 2, 3)]
LOST = {"message": "being counted", "path": ["contentOwnerAnalyticsReport", "rows", 0]}
SUMS = "select sum(video_views) from lake"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    with FaultServer(monthly(GOOD)) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


@pytest.fixture
def lake(cli: Glomex, server: FaultServer, tmp_path: Path) -> str:
    """Export three months as of 2025-06-10, all within the look-back."""
    cli.now = lambda: datetime(2025, 6, 10, 12, tzinfo=UTC)
    place = str(tmp_path / "lake")
    argv = ("-m", "video_views", "--from", "2025-04-01", "--look-back", "100d")
    assert len(exported(cli, place, *argv)) == 3
    assert query(SUMS, place) == [(45,)]
    return place


def changed(*, of: str, by: int) -> list[dict[str, object]]:
    """Return the good rows with more views in one month."""
    return [
        {**row, "video_views": int(str(row["video_views"])) + by * str(row["day"]).startswith(of)}
        for row in GOOD
    ]


def per_month(**scripts: Script) -> Script:
    """Answer questions of a month by its own script, such as `may`, else with the good rows."""
    first = {"april": "2025-04-01", "may": "2025-05-01", "june": "2025-06-01"}

    def script(peer: Peer) -> None:
        body = peer.request.body.decode()
        for name, each in scripts.items():
            if f'from: \\"{first[name]}\\"' in body:
                each(peer)
                return
        monthly(changed(of="2025", by=100))(peer)  # type: ignore[arg-type]

    return script


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (whole(http(500)), 5),
        (whole(answer([{"video": "v", "day": "2025-05-01", "video_views": 1.5}])), 5),
        (cut(answer(GOOD), 300), 7),
        (whole(http(429, "Retry-After: 3600")), 8),
        (whole(http(401)), 4),
    ],
)
def test_a_failure_keeps_the_months_done_and_the_one_at_hand_as_it_was(
    cli: Glomex, server: FaultServer, lake: str, script: Script, code: int
) -> None:
    server.script = per_month(may=script)
    done = cli("export", lake, "-f", "ndjson")
    assert done.code == code
    assert done.err.count("error: ") == 1
    assert [line[11:18] for line in done.out.splitlines()] == ["2025-04"]
    assert query("select month::text, sum(video_views) from lake group by 1 order by 1", lake) == [
        ("2025-04-01", 312),
        ("2025-05-01", 15),
        ("2025-06-01", 18),
    ]
    server.script = monthly(GOOD)
    assert exported(cli, lake) == [
        ("2025-04", "written"),
        ("2025-05", "same"),
        ("2025-06", "same"),
    ]


def test_a_month_that_comes_partly_stays_and_the_others_go_on(
    cli: Glomex, server: FaultServer, lake: str
) -> None:
    server.script = per_month(may=monthly(changed(of="2025-05", by=7), LOST))  # type: ignore[arg-type]
    done = cli("export", lake, "-f", "json")
    assert done.code == 6
    assert months_of(done) == [("2025-04", "written"), ("2025-05", "kept"), ("2025-06", "written")]
    assert "missing contentOwnerAnalyticsReport.rows.0: being counted" in done.err
    assert query(SUMS, lake) == [(312 + 15 + 318,)]


def test_the_day_that_is_asked_for_beyond_a_month_is_not_in_its_file(
    cli: Glomex, server: FaultServer, lake: str
) -> None:
    server.script = inclusive(changed(of="2025", by=10))  # type: ignore[arg-type]
    assert [outcome for _, outcome in exported(cli, lake)] == ["written"] * 3
    asked = [each.body.decode() for each in server.requests if b"2025-05-01" in each.body]
    assert 'from: \\"2025-04-01\\", to: \\"2025-05-01\\"' in asked[0]
    sql = "select month::text, min(day)::text, max(day)::text, count(*) from lake group by 1"
    assert query(f"{sql} order by 1", lake) == [
        ("2025-04-01", "2025-04-01", "2025-04-03", 3),
        ("2025-05-01", "2025-05-01", "2025-05-03", 3),
        ("2025-06-01", "2025-06-01", "2025-06-03", 3),
    ]


def test_rows_outside_the_month_are_left_out_and_keep_it_as_it_was(
    cli: Glomex, server: FaultServer, lake: str
) -> None:
    strange = [*changed(of="2025-05", by=7), day_row("2025-07-09"), day_row("2024-12-31")]
    server.script = per_month(may=whole(answer(strange)))  # type: ignore[arg-type]
    done = cli("export", lake, "-f", "json")
    assert done.code == 6
    assert months_of(done) == [("2025-04", "written"), ("2025-05", "kept"), ("2025-06", "written")]
    assert "rows outside the range left out, such as 2025-" in done.err
    assert (
        query("select distinct month::text from lake where month(day) != month(month)", lake) == []
    )
    assert query(SUMS, lake) == [(312 + 15 + 318,)]


def test_days_that_have_gone_are_named_and_kept_until_their_loss_is_allowed(
    cli: Glomex, server: FaultServer, lake: str
) -> None:
    fewer = [row for row in GOOD if row["day"] != "2025-05-02"]
    server.script = monthly(fewer)
    done = cli("export", lake, "-f", "json")
    assert done.code == 6
    assert months_of(done) == [("2025-04", "same"), ("2025-05", "kept"), ("2025-06", "same")]
    assert "missing 2025-05-02: the service no longer has rows" in done.err
    assert done.err.endswith("--allow-loss\n")
    assert query(SUMS, lake) == [(45,)]
    assert exported(cli, lake, "--allow-loss")[1] == ("2025-05", "written")
    assert query(SUMS, lake) == [(40,)]


def test_an_outage_that_answers_with_nothing_erases_nothing(
    cli: Glomex, server: FaultServer, lake: str
) -> None:
    server.script = monthly([])
    assert {outcome for _, outcome in exported(cli, lake, code=6)} == {"kept"}
    assert query(SUMS, lake) == [(45,)]


def test_a_file_that_has_gone_is_written_again(cli: Glomex, server: FaultServer, lake: str) -> None:
    (Path(lake) / "month=2025-05-01" / "rows.parquet").unlink()
    assert exported(cli, lake)[1] == ("2025-05", "written")
    assert query(SUMS, lake) == [(45,)]


def test_other_columns_of_the_same_name_are_refused(
    cli: Glomex, server: FaultServer, lake: str
) -> None:
    (Path(lake) / "_glomex.json").write_text("{}")
    done = cli("export", lake)
    assert (done.code, done.out) == (9, "")
    assert done.err.startswith("error: _glomex.json in ")


def test_two_at_once_do_not_mix(cli: Glomex, server: FaultServer, lake: str) -> None:
    with locked(Path(lake) / "_export"):
        done = cli("export", lake)
    assert (done.code, done.out) == (9, "")
    assert done.err.startswith("error: another command is using ")
    assert query(SUMS, lake) == [(45,)]


@posix_only
def test_a_place_that_cannot_be_written_is_one_line(
    cli: Glomex, server: FaultServer, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "lake", Path("/dev/full/lake")):
        done = cli("export", str(place), "--from", "2025-04-01")
        assert (done.code, done.out) == (9, "")
        assert done.err.count("\n") == 2, done.err
