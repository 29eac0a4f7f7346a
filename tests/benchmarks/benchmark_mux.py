"""Time a line of 24 hours of Mux Data, whole process, beside the same in ten lines with httpx.

Both ask a sandbox on this machine over HTTP. The ratio of the medians is printed; the aim is 1.1.
Run it by hand: `cd tests; python -m benchmarks.benchmark_mux [ROUNDS]`.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence

from support.servers.mux_service import TOKEN_ID, TOKEN_SECRET, serving_mux

SCRIPT = """
import os, time, httpx
end = int(time.time())
answer = httpx.get(
    os.environ["GLOMEX_ENDPOINT"] + "/data/v1/metrics/video_startup_time/timeseries",
    params={"timeframe[]": [end - 86400, end], "group_by": "hour", "order_direction": "asc"},
    auth=(os.environ["MUX_TOKEN_ID"], os.environ["MUX_TOKEN_SECRET"]),
)
values = [row[1] for row in answer.json()["data"] if row[1] is not None]
low, step = min(values), (max(values) - min(values)) / 7 or 1
print("".join("▁▂▃▄▅▆▇█"[int((value - low) / step)] for value in values))
"""
LINE = "sparkline time_to_first_frame --last 24h --service mux --labels"


def main(rounds: int) -> None:
    """Print both medians in milliseconds, and their ratio."""
    commands = {
        "httpx": [sys.executable, "-c", SCRIPT],
        "glomex": [sys.executable, "-m", "glomex_cli", *LINE.split()],
    }
    with serving_mux() as mux, tempfile.TemporaryDirectory() as home:
        environ = {
            **os.environ,
            "HOME": home,
            "MUX_TOKEN_ID": TOKEN_ID,
            "MUX_TOKEN_SECRET": TOKEN_SECRET,
            "GLOMEX_ENDPOINT": mux.url,
        }
        took: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds + 1):  # the first one only fills caches
            for name, argv in commands.items():
                took[name].append(_milliseconds(argv, environ))
    medians = {name: statistics.median(each[1:]) for name, each in took.items()}
    sys.stdout.write("".join(f"{name:8}{each:6.0f} ms\n" for name, each in medians.items()))
    sys.stdout.write(f"ratio   {medians['glomex'] / medians['httpx']:6.2f}\n")


def _milliseconds(argv: Sequence[str], environ: Mapping[str, str]) -> float:
    begin = time.perf_counter()
    subprocess.run(argv, env=environ, check=True, capture_output=True)
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
