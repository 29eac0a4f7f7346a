"""`glomex export` into a bucket: a real S3 server, its refusals, and writers that meet."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from threading import Thread

import pytest

from glomex_cli.models import ReportKind
from glomex_cli.reports.export.manifest import MANIFEST, Ledger, Manifest, Source
from glomex_cli.storage.destination import ChangedError, open_destination
from support.cli import Glomex, Outcome
from support.exports import answer, day_row, exported, monthly, months_of, query
from support.files import unmeasured
from support.servers.bucket_server import BucketServer, open_bucket_server
from support.servers.fault_answers import cut
from support.servers.fault_server import FaultServer
from support.servers.network import TOKEN

GOOD = [day_row(f"2025-0{month}-0{day}", month) for month in (4, 5, 6) for day in (1, 2, 3)]
SPAN = ("-m", "video_views", "--from", "2025-04-01", "--look-back", "100d")
SUMS = "select count(*), sum(video_views) from lake"
NUMBERS = count()


@pytest.fixture(scope="module")
def module_buckets() -> Iterator[BucketServer]:
    with open_bucket_server() as opened:
        yield opened


@pytest.fixture
def buckets(module_buckets: BucketServer, monkeypatch: pytest.MonkeyPatch) -> BucketServer:
    for name, value in module_buckets.environ.items():
        monkeypatch.setenv(name, value)
    module_buckets.control()
    return module_buckets


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    with FaultServer(monthly(GOOD)) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


@pytest.fixture
def place(buckets: BucketServer, server: FaultServer, cli: Glomex) -> str:
    """Make a bucket of the test's own, and let it be 2025-06-10."""
    cli.now = lambda: datetime(2025, 6, 10, 12, tzinfo=UTC)
    name = f"lake-{next(NUMBERS)}"
    buckets.make_bucket(name)
    return f"s3://{name}/deep/glomex"


def read(buckets: BucketServer, place: str, sql: str = SUMS) -> list[tuple[object, ...]]:
    """Download the bucket with obstore's own client, and query the files with DuckDB."""
    import tempfile
    from pathlib import Path

    import obstore
    from obstore.store import from_url

    store = from_url(place)
    with tempfile.TemporaryDirectory() as folder:
        for batch in obstore.list(store):
            for each in batch:
                file = Path(folder) / each["path"]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(bytes(obstore.get(store, each["path"]).bytes()))
        return query(sql, folder)


def test_a_bucket_holds_what_a_folder_would(cli: Glomex, buckets: BucketServer, place: str) -> None:
    months = exported(cli, place, *SPAN)
    assert months == [("2025-04", "written"), ("2025-05", "written"), ("2025-06", "written")]
    assert read(buckets, place) == [(9, 45)]
    buckets.control()
    assert {outcome for _, outcome in exported(cli, place)} == {"same"}
    assert not [each for each in buckets.control() if "rows.parquet" in each and "PUT" in each]


def test_a_bucket_that_is_not_there_is_said_before_a_month_is_asked_for(
    cli: Glomex, server: FaultServer, buckets: BucketServer
) -> None:
    done = cli("export", "s3://no-such-bucket/x", *SPAN)
    assert (done.code, done.out) == (9, "")
    assert done.err == (
        "error: s3://no-such-bucket/x: there is no such bucket\nhint: check its name\n"
    )
    assert server.requests[1:] == []  # the schema, and no month


def test_a_key_that_is_refused_is_said_without_key_or_the_words_of_the_server(
    cli: Glomex, buckets: BucketServer, place: str
) -> None:
    buckets.control(fail=[403])
    done = cli("export", place, *SPAN, "--verbose")
    assert (done.code, done.out) == (9, "")
    assert f"error: {place} refuses these keys" in done.err
    assert "canary" not in done.err


def test_a_bucket_that_is_busy_for_a_moment_is_tried_again(
    cli: Glomex, buckets: BucketServer, place: str
) -> None:
    buckets.control(fail=[503, 503])
    assert len(exported(cli, place, *SPAN)) == 3
    assert read(buckets, place) == [(9, 45)]


def test_a_bucket_that_stays_busy_ends_within_the_time_out(
    cli: Glomex, buckets: BucketServer, place: str
) -> None:
    exported(cli, place, *SPAN)
    buckets.control(fail=[503] * 50)
    done = cli("export", place, "--allow-loss", "--from", "2025-03-31", "--timeout", "3")
    assert done.code == 7
    assert "canary" not in done.err
    buckets.control()
    assert read(buckets, place) == [(9, 45)]


def test_an_answer_that_breaks_leaves_the_object_of_before(
    cli: Glomex, server: FaultServer, buckets: BucketServer, place: str
) -> None:
    exported(cli, place, *SPAN)
    long = answer([day_row("2025-04-01", 1, f"v-{number}") for number in range(30_000)])
    server.script = cut(long, len(long) - 10)
    done = cli("export", place)
    assert done.code == 7
    assert read(buckets, place) == [(9, 45)]


def test_a_stale_tag_is_noticed(buckets: BucketServer, place: str) -> None:
    mine, other = (open_destination(place, timeout_s=10) for _ in range(2))
    first = mine.swap("x", b"1", old=None)
    with pytest.raises(ChangedError):
        other.swap("x", b"2", old=None)
    second = other.swap("x", b"2", old=first)
    with pytest.raises(ChangedError):
        mine.swap("x", b"3", old=first)
    found = mine.read("x")
    assert found is not None
    assert (found.data, found.tag, mine.tag_of("x")) == (b"2", second, second)
    assert mine.read("y") is None
    assert mine.tag_of("y") is None


def test_a_writer_that_always_comes_late_gives_up(buckets: BucketServer, place: str) -> None:
    ours, theirs = (Ledger(open_destination(place, timeout_s=10)) for _ in range(2))
    source = Source("x", ReportKind.CONTENT_OWNER, ("day",), ("views",), ())
    empty = Manifest(source, (), datetime(2025, 1, 1, tzinfo=UTC).date(), 0, {})
    tries: list[int] = []

    def late(held: Manifest | None) -> Manifest:
        tries.append(1)
        theirs.update(lambda _: empty._replace(look_back_days=100 + len(tries)))
        return (held or empty)._replace(look_back_days=1)

    with pytest.raises(Exception, match="another command is exporting") as caught:
        ours.update(late)
    assert caught.value.exit_code == 9  # type: ignore[attr-defined]
    assert len(tries) == 3
    stored = ours.destination.read(MANIFEST)
    assert stored is not None
    assert json.loads(stored.data)["look_back_days"] == 103


def test_two_at_once_join_their_months(buckets: BucketServer, place: str, cli: Glomex) -> None:
    buckets.control(delay_s=0.05)
    argv = [sys.executable, "-m", "glomex_cli", "export", place, *SPAN, "-f", "json"]
    done: list[subprocess.CompletedProcess[str]] = []

    def run() -> None:
        done.append(
            subprocess.run(
                argv, capture_output=True, text=True, env=unmeasured(), check=False, timeout=60
            )
        )

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # The one that comes late three times in a row gives up; both may also come through.
    assert sorted(each.returncode for each in done) in ([0, 0], [0, 9])
    buckets.control()
    winner = next(each for each in done if each.returncode == 0)
    outcome = Outcome(0, winner.stdout, winner.stderr)
    assert len(months_of(outcome)) > 3
    assert read(buckets, place) == [(9, 45)]
    assert {each for _, each in exported(cli, place, "--rebuild")} == {"same"}
