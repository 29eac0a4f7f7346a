"""An export on a Spark cluster of one master and two workers, each a process of this machine.

Run it by hand before a release: `cd tests; python -m engines.spark_cluster`. It needs Java and
`pip install '.[test,spark]'`, exports a year of the sandbox by video and day, lets the cluster
and DuckDB read it, and ends with an error where they differ.
"""

import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from importlib import import_module
from pathlib import Path

from engines import spark_reads
from support.exports import query
from support.servers.service import PASSWORD, ROBOT, TENANT

_WORKERS = 2
_PATIENCE_S = 120
_TOTALS = "select count(*), sum(video_views), count(distinct day), count(distinct month) from lake"
_MASTER, _WORKER = (
    f"org.apache.spark.deploy.{each}" for each in ("master.Master", "worker.Worker")
)


@contextlib.contextmanager
def node(kind: str, folder: Path, *argv: str) -> Generator[Path]:
    """Run a master or worker until the block ends; yield its log."""
    home = Path(str(import_module("pyspark").__file__)).parent
    log = folder / f"{kind.rpartition('.')[2]}-{time.monotonic_ns()}.log"
    environ = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [str(home / "bin" / "spark-class"), kind, "--host", "127.0.0.1", "--webui-port", "0"]
    with log.open("wb") as out:
        process = subprocess.Popen([*command, *argv], stdout=out, stderr=out, env=environ)
        try:
            yield log
        finally:
            process.terminate()
            process.wait()


def told(log: Path, pattern: str) -> str:
    """Wait until a log says something, and return it."""
    give_up_at = time.monotonic() + _PATIENCE_S
    while time.monotonic() < give_up_at:
        if found := re.search(pattern, log.read_text()):
            return found[0]
        time.sleep(0.2)
    raise SystemExit(f"{log.name} did not say {pattern}:\n{log.read_text()[-2000:]}")


def export(lake: Path, folder: Path) -> None:
    """Export a year of the embedded sandbox."""
    environ = {
        **os.environ,
        "GLOMEX_CONFIG_DIR": str(folder),
        "GLOMEX_STORE": "none",
        "GLOMEX_ENDPOINT": "sandbox",
        "GLOMEX_LOGIN": ROBOT,
        "GLOMEX_TENANT": TENANT,
        "GLOMEX_PASSWORD": PASSWORD,
    }
    argv: Sequence[str] = ("export", str(lake), "-m", "video_views,revenue", "--from", "2025-01-01")
    command = [sys.executable, "-m", "glomex_cli", *argv]
    subprocess.run(command, check=True, env=environ, stdout=subprocess.DEVNULL)


def main() -> None:
    """Start the cluster, read an export with it, and print what it took."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as nodes:
        folder = Path(name)
        export(folder / "lake", folder)
        began = time.monotonic()
        log = nodes.enter_context(node(_MASTER, folder, "--port", "0"))
        address = told(log, r"spark://127\.0\.0\.1:\d+")
        for _ in range(_WORKERS):
            argv = ("--cores", "1", "--memory", "512m", "--work-dir", str(folder), address)
            worker = nodes.enter_context(node(_WORKER, folder, *argv))
            told(worker, "Successfully registered with master")
        up_s = time.monotonic() - began
        found = spark_reads.read(str(folder / "lake"), address)
        (expected,) = query(_TOTALS, folder / "lake")
        if found["totals"] != list(expected):
            raise SystemExit(f"Spark read {found['totals']}, DuckDB {expected}")
        print(json.dumps({"cluster_s": round(up_s, 1), **found}))  # noqa: T201 - its figures


if __name__ == "__main__":
    main()
