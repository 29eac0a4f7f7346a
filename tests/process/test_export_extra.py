"""Exports without the packages of the extra, and with the other writer of Parquet."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from support.cli import Glomex, rows_of
from support.files import unmeasured
from support.servers.gateway import Gateway

_PROGRAM = """
import sys
for name in sys.argv.pop(1).split(","):
    sys.modules[name] = None
from glomex_cli.cli.main import run_process
sys.exit(run_process())
"""
_JUNE = ("report", "--from", "2025-06-01", "--to", "2025-06-03", "-m", "video_views")


def run_without(packages: str, *argv: str) -> "subprocess.CompletedProcess[str]":
    """Run `glomex ARGV` where these packages cannot be imported."""
    return subprocess.run(
        [sys.executable, "-c", _PROGRAM, packages, *argv],
        capture_output=True,
        text=True,
        env=unmeasured(),
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("packages", "argv", "message"),
    [
        ("arro3,pyarrow", ("export", "lake", "--from", "2025-06-01"), "Parquet needs packages"),
        ("arro3,pyarrow", (*_JUNE, "-o", "june.parquet"), "Parquet needs packages"),
        ("obstore", ("export", "s3://b/x", "--from", "2025-06-01"), "buckets need packages"),
    ],
)
def test_what_is_not_installed_is_one_line_and_the_way_to_get_it(  # noqa: PLR0913 - a table
    *,
    gateway: Gateway,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    packages: str,
    argv: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run_without(packages, *argv)
    assert (done.returncode, done.stdout) == (9, "")
    assert done.stderr == (
        f"error: {message} that are not installed\nhint: pip install 'glomex-cli[export]'\n"
    )
    assert gateway.asked() == []
    assert list(tmp_path.glob("*june*")) == list(tmp_path.glob("lake")) == []


@pytest.mark.parametrize("packages", ["pyarrow", "arro3"])
def test_either_writer_gives_the_same_table(
    cli: Glomex, gateway: Gateway, tmp_path: Path, packages: str
) -> None:
    file = tmp_path / "june.parquet"
    done = run_without(packages, *_JUNE, "-o", str(file))
    assert done.returncode == 0, done.stderr
    with duckdb.connect() as connection:
        found = connection.execute(f"select day::text, video_views from '{file}'").fetchall()
    rows = rows_of(cli, *_JUNE[1:])
    assert found == [(row["day"], row["video_views"]) for row in rows]
