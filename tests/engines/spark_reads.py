"""What Spark reads of an export, as a program of its own: `spark_reads.py LAKE MASTER`.

Prints JSON: the number of rows, the sum of views, the days, the columns' types, and in how many
seconds. Needs pyspark and Java. MASTER is `local[1]` or the address of a cluster.
"""

import json
import sys
import time
from importlib import import_module
from typing import Any

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "512m",
    "spark.sql.shuffle.partitions": "4",
}


def read(lake: str, master: str) -> dict[str, Any]:
    """Return what a session on `master` reads of all files of an export."""
    sql: Any = import_module("pyspark.sql")
    began = time.monotonic()
    builder = sql.SparkSession.builder.master(master).appName("glomex")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        started = time.monotonic()
        table = session.read.parquet(lake)
        (found,) = table.selectExpr(
            "count(*)", "sum(video_views)", "count(distinct day)", "count(distinct month)"
        ).collect()
        return {
            "totals": list(found),
            "types": dict(table.dtypes),
            "hosts": session.sparkContext._jsc.sc().getExecutorMemoryStatus().size(),
            "start_s": round(started - began, 1),
            "query_s": round(time.monotonic() - started, 1),
        }
    finally:
        session.stop()


if __name__ == "__main__":
    print(json.dumps(read(sys.argv[1], sys.argv[2])))  # noqa: T201 - read by its parent
