"""Spark reads an export with nothing but its folder, and finds the types and sums of DuckDB."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from engines import spark_reads
from support.cli import Glomex
from support.exports import query
from support.servers.gateway import Gateway

_IS_HERE = find_spec("pyspark") is not None and shutil.which("java") is not None


@pytest.mark.skipif(
    not _IS_HERE and os.environ.get("CI") != "true", reason="pyspark or Java is not installed here"
)
def test_spark_reads_an_export(cli: Glomex, gateway: Gateway, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    argv = ("-m", "video_views,revenue", "--from", "2026-08-01")
    assert cli("export", str(lake), *argv).code == 0
    done = subprocess.run(
        [sys.executable, spark_reads.__file__, str(lake), "local[1]"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    sql = "select count(*), sum(video_views), count(distinct day), count(distinct month) from lake"
    assert [tuple(found["totals"])] == query(sql, lake)
    assert found["types"] == {
        "video": "string",
        "day": "date",
        "video_views": "bigint",
        "revenue": "double",
        "month": "date",
    }
