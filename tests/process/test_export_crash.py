"""Killed at ten moments, in a folder and in a bucket, an export has each month old or new."""

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from support.cli import Glomex
from support.crashes import Step, run_killed
from support.exports import exported, monthly, query
from support.files import unmeasured
from support.programs import needs
from support.servers.bucket_server import BucketServer, open_bucket_server
from support.servers.fault_server import FaultServer, Script
from support.servers.network import TOKEN

MONTHS = ("2025-08", "2025-09", "2025-10")
SPAN = ("-m", "video_views", "--from", "2025-08-01", "--look-back", "999d")
ROWS_A_MONTH = 3_000
SUMS = "select strftime(month, '%Y-%m'), count(*), sum(video_views) from lake group by 1 order by 1"


def rows(views: int) -> Script:
    """Return an answer in which each month has the same number of rows, all with these views."""
    return monthly(
        [
            {"video": f"v-{number}", "day": f"{month}-{number % 28 + 1:02}", "video_views": views}
            for month in MONTHS
            for number in range(ROWS_A_MONTH)
        ]
    )


OLD, NEW = rows(1), rows(2)
WHOLE_NEW = [(month, ROWS_A_MONTH, 2 * ROWS_A_MONTH) for month in MONTHS]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    with FaultServer(OLD) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


def exported_months(cli: Glomex, place: str) -> list[tuple[str, str]]:
    """Run the export as of today, and return its rows but for the empty months since."""
    return [row for row in exported(cli, place, *SPAN) if row[0] in MONTHS]


def assert_old_or_new(found: list[tuple[object, ...]]) -> None:
    assert [row[0] for row in found] == list(MONTHS)
    for _, count, views in found:
        assert count == ROWS_A_MONTH
        assert views in {ROWS_A_MONTH, 2 * ROWS_A_MONTH}


# A run changes each month's file and then the manifest: a rename and a sync of the file and of
# the folder for each. The claim before them changes nothing here.
MOMENTS = [
    *(Step("rename", number, 0) for number in range(1, 6)),
    *(Step("fsync", number, 0) for number in (1, 2, 3, 5, 8)),
]


@needs("strace")
@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_a_kill_leaves_each_month_of_a_folder_old_or_new(
    cli: Glomex, server: FaultServer, tmp_path: Path, moment: Step
) -> None:
    lake = str(tmp_path / "lake")
    exported_months(cli, lake)
    server.script = NEW
    killed = run_killed(("export", lake, *SPAN), moment)
    assert killed.code == -signal.SIGKILL
    assert_old_or_new(query(SUMS, lake))
    exported_months(cli, lake)
    assert query(SUMS, lake) == WHOLE_NEW
    assert {outcome for _, outcome in exported_months(cli, lake)} == {"same"}
    left = [path.name for path in Path(lake).rglob("*") if path.is_file()]
    assert sorted(set(left)) == ["._export.lock", "_glomex.json", "rows.parquet"]


def test_a_reader_in_a_loop_always_sees_whole_months(
    cli: Glomex, server: FaultServer, tmp_path: Path
) -> None:
    lake, failures, reads = str(tmp_path / "lake"), list[str](), list[int]()
    exported_months(cli, lake)
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                assert_old_or_new(query(SUMS, lake))
                reads.append(1)
            except (duckdb.Error, AssertionError) as error:
                failures.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    for script in (NEW, OLD, NEW):
        server.script = script
        exported_months(cli, lake)
    done.set()
    reader.join()
    assert failures == []
    assert reads


@pytest.fixture(scope="module")
def buckets() -> Iterator[BucketServer]:
    with open_bucket_server() as opened:
        yield opened


@pytest.mark.parametrize("is_stored", [False, True], ids=["unsent", "stored"])
@pytest.mark.parametrize("put", [1, 2, 3, 4, 5])
def test_a_kill_leaves_each_month_of_a_bucket_old_or_new(  # noqa: PLR0913 - fixtures and a table
    *,
    cli: Glomex,
    server: FaultServer,
    buckets: BucketServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    put: int,
    is_stored: bool,
) -> None:
    for name, value in buckets.environ.items():
        monkeypatch.setenv(name, value)
    bucket = f"lake-{put}-{str(is_stored).lower()}"
    buckets.control()
    buckets.make_bucket(bucket)
    place = f"s3://{bucket}/x"
    exported_months(cli, place)
    server.script = NEW
    buckets.control(hold=put, is_stored=is_stored)
    _kill_when_held(place, buckets)
    buckets.control()
    assert_old_or_new(query(SUMS, _downloaded(place, tmp_path / "killed")))
    exported_months(cli, place)
    assert query(SUMS, _downloaded(place, tmp_path / "after")) == WHOLE_NEW
    assert {outcome for _, outcome in exported_months(cli, place)} == {"same"}


def _kill_when_held(place: str, buckets: BucketServer) -> None:
    argv = [sys.executable, "-m", "glomex_cli", "export", place, *SPAN]
    process = subprocess.Popen(argv, env=unmeasured(), stdout=subprocess.PIPE, stderr=-1)
    try:
        while not buckets.is_held and process.poll() is None:
            time.sleep(0.02)
    finally:
        process.kill()
        _, told = process.communicate()
    assert process.returncode == -signal.SIGKILL, told
    assert not re.search(rb"error|Traceback", told)


def _downloaded(place: str, folder: Path) -> Path:
    import obstore
    from obstore.store import from_url

    store = from_url(place)
    for each in obstore.list(store).collect():
        file = folder / each["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(obstore.get(store, each["path"]).bytes()))
    return folder
