"""`glomex export` into a folder: what it holds, prints, remembers and refuses."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from support.cli import Glomex, rows_of
from support.exports import day_row, exported, monthly, query
from support.files import mode_of, posix_only, umask
from support.servers.fault_server import FaultServer, Peer
from support.servers.gateway import Gateway
from support.servers.network import TOKEN
from support.zones import local_time

SPAN = ("--from", "2025-04-20")


@pytest.fixture
def lake(tmp_path: Path) -> str:
    return str(tmp_path / "lake")


@pytest.fixture
def june_20(cli: Glomex) -> Iterator[Glomex]:
    """Let it be noon of 2025-06-20, here too."""
    cli.now = lambda: datetime(2025, 6, 20, 12, tzinfo=UTC)
    with local_time("UTC"):
        yield cli


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    with FaultServer(monthly([day_row("2025-06-01")])) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


def test_an_export_has_the_sums_of_the_report_and_types_of_the_schema(
    june_20: Glomex, gateway: Gateway, lake: str
) -> None:
    names = "video_views,ad_impressions,revenue"
    found = exported(june_20, lake, "-d", "day,video", "-m", names, *SPAN)
    assert found == [("2025-04", "written"), ("2025-05", "written"), ("2025-06", "written")]
    rows = rows_of(june_20, "-d", "video,day", "-m", names, *SPAN, "--to", "2025-06-19")
    sql = "select count(*), count(distinct (video, day)), sum(video_views), sum(ad_impressions)"
    assert query(f"{sql} from lake", lake) == [
        (
            len(rows),
            len(rows),
            sum(row["video_views"] for row in rows),
            sum(row["ad_impressions"] for row in rows),
        )
    ]
    ((revenue,),) = query("select sum(revenue) from lake", lake)
    assert revenue == pytest.approx(sum(row["revenue"] for row in rows), rel=1e-12)
    assert [row[:2] for row in query("describe from lake", lake)] == [
        ("video", "VARCHAR"),
        ("day", "DATE"),
        ("video_views", "BIGINT"),
        ("ad_impressions", "BIGINT"),
        ("revenue", "DOUBLE"),
        ("month", "DATE"),
    ]
    assert query("select min(day), max(day), min(month) from lake", lake) == [
        (date(2025, 4, 20), date(2025, 6, 19), date(2025, 4, 1))
    ]


def test_each_night_asks_for_what_may_still_change_and_no_option_is_repeated(
    june_20: Glomex, gateway: Gateway, lake: str
) -> None:
    exported(june_20, lake, "-m", "video_views", *SPAN)
    before = {path: path.read_bytes() for path in Path(lake).rglob("*.parquet")}
    assert len(before) == 3
    gateway.asked()
    assert exported(june_20, lake) == [("2025-06", "same")]
    (asked,) = gateway.asked()
    assert 'from: "2025-06-01"' in asked
    assert {path: path.read_bytes() for path in before} == before
    june_20.now = lambda: datetime(2025, 7, 2, 12, tzinfo=UTC)
    assert exported(june_20, lake) == [("2025-06", "written"), ("2025-07", "written")]
    assert query("select max(day), count(distinct month) from lake", lake) == [
        (date(2025, 7, 1), 4)
    ]


def test_a_dry_run_says_what_would_be_asked_and_asks_and_writes_nothing(
    june_20: Glomex, gateway: Gateway, lake: str
) -> None:
    planned = exported(june_20, lake, *SPAN, "--dry-run")
    assert planned == [("2025-04", "planned"), ("2025-05", "planned"), ("2025-06", "planned")]
    assert gateway.asked() == []
    assert not Path(lake).exists()


def test_other_metrics_need_a_rebuild_which_asks_for_all_months(
    june_20: Glomex, gateway: Gateway, lake: str
) -> None:
    exported(june_20, lake, "-m", "video_views", *SPAN)
    done = june_20("export", lake, "-m", "video_views,revenue")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "error: the destination contains another report: -d video,day -m video_views\n"
        "hint: leave out -d, -m and --filter, or add --rebuild\n"
    )
    found = exported(june_20, lake, "-m", "video_views,revenue", "--rebuild")
    assert found == [("2025-04", "written"), ("2025-05", "written"), ("2025-06", "written")]
    assert query("select count(*) > 0 from lake where revenue is null", lake) == [(False,)]
    assert exported(june_20, lake) == [("2025-06", "same")]


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("--as", "publisher"), "it is the content-owner one"),
        (("--as", "publisher", "--rebuild"), "it is the content-owner one"),
        (("--endpoint", "sandbox"), "it is from http://127.0.0.1:"),
        (("--endpoint", "sandbox", "--rebuild"), "it is from http://127.0.0.1:"),
        (("--from", "2025-05-01"), "it starts on 2025-04-20"),
        (("-d", "channel,day"), "-d video,day"),
        (("--filter", "channel=c-1"), "-d video,day"),
    ],
)
def test_another_report_in_the_same_place_is_refused(
    june_20: Glomex, gateway: Gateway, lake: str, argv: tuple[str, ...], message: str
) -> None:
    exported(june_20, lake, *SPAN)
    gateway.asked()
    done = june_20("export", lake, *argv)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: the destination contains another report: {message}")
    assert gateway.asked() == []


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ((), "a new export needs its first day"),
        (("-d", "video", *SPAN), "an export is by day"),
        (("-d", "video,week", *SPAN), "an export is by day: sum the days in SQL"),
        (("-d", "video,hour", *SPAN), "an export is by day\nhint: type -d video,day"),
        (("-m", "video_viewz", *SPAN), "unknown metric 'video_viewz'"),
        (("--look-back", "1y", *SPAN), "--look-back '1y' is not a number of days"),
        (("--from", "2025-06-20"), "there is no whole day since 2025-06-20 yet"),
        (("-f", "parquet", *SPAN), "Parquet can only be written to a file"),
    ],
)
def test_what_cannot_be_exported_is_said_before_anything_is_written(
    june_20: Glomex, gateway: Gateway, lake: str, argv: tuple[str, ...], message: str
) -> None:
    done = june_20("export", lake, *argv)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: {message}")
    assert not list(Path(lake).rglob("*.*arquet"))
    assert not (Path(lake) / "_glomex.json").exists()
    assert exported(june_20, lake, *SPAN)[0] == ("2025-04", "written")


@pytest.mark.parametrize("place", ["ftp://x/y", "s3://", "s3://key:secret@bucket", "s3://b/x?y=1"])
def test_what_is_no_destination_is_refused_without_its_text(cli: Glomex, place: str) -> None:
    done = cli("export", place, *SPAN)
    assert done.code == 2
    assert "secret" not in done.err
    assert "s3://bucket/glomex" in done.err


@pytest.mark.parametrize(
    ("place", "variable"),
    [("az://lake/x", "AZURE_STORAGE_ACCOUNT_KEY"), ("s3://bu[cket/x", "aws configure")],
)
def test_a_bucket_that_cannot_be_opened_names_the_keys_of_its_cloud(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, place: str, variable: str
) -> None:
    for name in [name for name in os.environ if name.startswith("AZURE_")]:
        monkeypatch.delenv(name)
    done = cli("export", place, *SPAN, "--endpoint", "sandbox")
    assert (done.code, done.out) == (9, "")
    assert done.err.startswith(f"error: {place} cannot be opened\nhint: set the keys in the env")
    assert variable in done.err


def test_keys_of_google_cloud_come_from_no_file_but_the_one_that_is_named(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / ".config" / "gcloud" / "application_default_credentials.json"
    file.parent.mkdir(parents=True)
    file.write_text("{}")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    done = cli("export", "gs://lake/x", *SPAN, "--endpoint", "sandbox")
    assert (done.code, done.out) == (9, "")
    assert done.err == (
        "error: keys of Google Cloud are read from the environment alone\n"
        f"hint: export GOOGLE_APPLICATION_CREDENTIALS={file}\n"
    )
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
    done = cli("export", "gs://lake/x", *SPAN, "--endpoint", "sandbox")
    assert (done.code, done.err.splitlines()[0]) == (9, "error: gs://lake/x cannot be opened")


def test_the_sandbox_is_named_without_its_colon(
    june_20: Glomex, gateway: Gateway, lake: str
) -> None:
    argv = ("-m", "video_views", "--from", "2025-06-19", "--endpoint", "sandbox")
    exported(june_20, lake, *argv)
    done = june_20("export", lake)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "error: the destination contains another report: it is from sandbox\n"
        "hint: use another destination for this endpoint\n"
    )


def test_the_manifest_holds_no_secret_and_the_files_follow_the_umask(
    june_20: Glomex, gateway: Gateway, lake: str
) -> None:
    with umask(0o027):
        exported(june_20, lake, *SPAN)
    manifest = Path(lake) / "_glomex.json"
    held = json.loads(manifest.read_bytes())
    assert held["from"] == "2025-04-20"
    assert held["months"]["2025-05-01"]["settled"]
    assert TOKEN not in manifest.read_text()


@posix_only
def test_others_may_read_an_export_where_the_umask_lets_them(
    june_20: Glomex, gateway: Gateway, lake: str
) -> None:
    with umask(0o022):
        exported(june_20, lake, *SPAN)
    assert mode_of(Path(lake)) == 0o755
    files = [path for path in Path(lake).rglob("*") if path.is_file() and path.name[0] != "."]
    assert {mode_of(path) for path in files} == {0o644}


def test_a_table_on_a_terminal_and_a_bar_while_it_works(
    june_20: Glomex, gateway: Gateway, lake: str
) -> None:
    done = june_20("export", lake, *SPAN, terminal=True)
    assert done.code == 0
    assert done.out.splitlines()[2].split()[0] == "2025-04-01"
    assert "months" in done.err


def test_corrections_of_a_settled_month_come_with_a_longer_look_back(
    june_20: Glomex, server: FaultServer, lake: str
) -> None:
    argv = (lake, "-m", "video_views")
    server.script = monthly([day_row("2025-05-03", 5), day_row("2025-06-01", 6)])
    exported(june_20, *argv, "--from", "2025-05-01", "--look-back", "7d")
    server.script = monthly([day_row("2025-05-03", 55), day_row("2025-06-01", 6)])
    assert exported(june_20, *argv) == [("2025-06", "same")]
    assert exported(june_20, *argv, "--look-back", "4w") == [
        ("2025-05", "written"),
        ("2025-06", "same"),
    ]
    assert query("select sum(video_views) from lake", lake) == [(61,)]


def test_a_month_whose_file_is_gone_is_asked_for_again(
    june_20: Glomex, gateway: Gateway, lake: str
) -> None:
    exported(june_20, lake, "-m", "video_views", *SPAN)
    lost = Path(lake) / "month=2025-05-01" / "rows.parquet"
    before = lost.read_bytes()
    lost.unlink()
    assert exported(june_20, lake) == [("2025-05", "written"), ("2025-06", "same")]
    assert lost.read_bytes() == before


def test_an_empty_destination_is_refused(cli: Glomex) -> None:
    done = cli("export", "", *SPAN)
    assert (done.code, done.err.splitlines()[0]) == (2, "error: the destination is empty")


def test_a_refused_schema_is_not_asked_for_again_each_time(
    june_20: Glomex, server: FaultServer, lake: str
) -> None:
    exported(june_20, lake, "-m", "video_views", "--from", "2025-06-01")
    asked: list[bytes] = []
    answering = server.script

    def noted(peer: Peer) -> None:
        asked.append(peer.request.body)
        answering(peer)

    server.script = noted
    exported(june_20, lake)
    assert ["__schema" in each.decode() for each in asked] == [False]
