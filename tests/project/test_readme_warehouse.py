"""The README's recipes for warehouses run on a real export, and their engines find its sums."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

from support.cli import Glomex, rows_of
from support.exports import query
from support.files import ROOT
from support.servers.gateway import Gateway
from support.servers.service import PASSWORD, ROBOT, TENANT

pytestmark = pytest.mark.process

TEXT = (ROOT / "README.md").read_text("utf-8")
JUNE = ("-d", "video,day", "-m", "video_views", "--from", "2025-06-01", "--to", "2025-06-30")
_POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
_IS_CI = os.environ.get("CI") == "true"


def block(language: str, *, holding: str) -> str:
    """Return the README's block of a language that holds a word."""
    pieces = TEXT.split(f"```{language}\n")[1:]
    return next(piece for each in pieces if holding in (piece := each.partition("```")[0]))


@pytest.fixture
def lake(cli: Glomex, gateway: Gateway, tmp_path: Path) -> Path:
    """Export what the README exports, below the test's own folder."""
    argv = ("-d", "video,day", "-m", "video_views,revenue", "--from", "2025-06-01")
    assert cli("export", str(tmp_path / "lake"), *argv).code == 0
    return tmp_path / "lake"


def run_python(code: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_duckdb(lake: Path) -> None:
    shown = run_python(block("python", holding="duckdb"), lake.parent)
    ((video, views),) = query(
        "select video, sum(video_views) from lake where month >= '2025-07-01'"
        " group by video order by 2 desc limit 1",
        lake,
    )
    assert video in shown
    assert str(views) in shown


def test_cron(tmp_path: Path) -> None:
    """Run the command of the line as cron does: by sh, from the home folder, night after night."""
    *times, command = block("crontab", holding="export").strip().split(maxsplit=5)
    assert len(times) == 5
    environ = {
        "HOME": str(tmp_path),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
        "GLOMEX_ENDPOINT": "sandbox",
        "GLOMEX_STORE": "none",
        "GLOMEX_LOGIN": ROBOT,
        "GLOMEX_TENANT": TENANT,
        "GLOMEX_PASSWORD": PASSWORD,
    }
    nights = [
        subprocess.run(
            ["/bin/sh", "-c", command],
            env=environ,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        for _ in range(2)
    ]
    assert [(night.returncode, night.stderr) for night in nights] == [(0, "")] * 2
    first, second = (night.stdout for night in nights)
    assert first.count('"written"') > second.count('"same"') > 0
    assert '"written"' not in second
    assert query("select min(day)::text from lake", tmp_path / "lake") == [("2025-06-01",)]


def by_month(lake: Path) -> list[tuple[str, int]]:
    sql = "select strftime(month, '%Y-%m-%d'), sum(video_views) from lake group by 1 order by 1"
    return [(month, int(views)) for month, views in query(sql, lake)]


def test_polars(lake: Path) -> None:
    shown = run_python(block("python", holding="polars"), lake.parent)
    for month, views in by_month(lake)[:2]:
        assert f"│ {month} ┆ {views}" in shown


@pytest.mark.skipif(
    not _IS_CI and (find_spec("pyspark") is None or shutil.which("java") is None),
    reason="pyspark or Java is not installed here",
)
def test_spark(lake: Path) -> None:
    shown = run_python(block("python", holding="pyspark"), lake.parent)
    for month, views in by_month(lake)[:2]:
        assert f"|{month}|" in shown.replace(" ", "")
        assert f"|{views}|" in shown.replace(" ", "")


@pytest.mark.skipif(not _IS_CI and not _POSTGRES, reason="PostgreSQL is not installed here")
def test_postgresql(cli: Glomex, gateway: Gateway, tmp_path: Path) -> None:
    assert cli("report", *JUNE, "-f", "csv", "-o", str(tmp_path / "june.csv")).code == 0
    rows = rows_of(cli, *JUNE)
    recipe = block("sql", holding="copy")
    sums = "select count(*), sum(video_views), min(day) from views;"
    with postgres() as socket:
        found = [psql(socket, f"{recipe}\n{sums}", tmp_path) for _ in range(2)]
    expected = f"{len(rows)}|{sum(row['video_views'] for row in rows)}|2025-06-01"
    assert [each.splitlines()[-1] for each in found] == [expected, expected]


def psql(socket: Path, script: str, folder: Path) -> str:
    command = [str(_POSTGRES[-1].with_name("psql")), "-h", str(socket), "-U", "postgres", "-At"]
    done = subprocess.run(
        [*command, "-v", "ON_ERROR_STOP=1", "postgres"],
        input=script,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def postgres() -> Generator[Path]:
    """Run a server on a socket in a folder of its own; it refuses to run as root."""
    user = "postgres" if os.geteuid() == 0 else None
    run = partial(subprocess.run, check=True, capture_output=True, cwd="/", user=user)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        run([str(_POSTGRES[-1]), "-D", f"{name}/data", "-U", "postgres", "--no-sync"])
        control = [str(_POSTGRES[-1].with_name("pg_ctl")), "-D", f"{name}/data", "-w"]
        run([*control, "-l", f"{name}/log", "-o", f"-k {name} -h ''", "start"])
        try:
            yield folder
        finally:
            run([*control, "-m", "immediate", "stop"])
