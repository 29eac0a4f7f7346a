"""A service whose answers lie ready, for benchmarks: `/few`, `/slow` and `/many` rows, in gzip.

A process of its own, so that who measures others stays small: it prints its port when it is
ready, and answers until it is ended. Only the standard library, so that any Python runs it.
"""

import json
import random
import sys
import time
import zlib
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OPERATION = "contentOwnerAnalyticsReport"
FEW_ROWS = 14
SERVICE_S = 0.3
GZIP = 16 + zlib.MAX_WBITS


class Service(BaseHTTPRequestHandler):
    """Answers every POST with rows that lie ready: `/few`, `/slow` or `/many`."""

    rows = FEW_ROWS

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/slow":
            time.sleep(SERVICE_S)
        self.wfile.write(answer(self.rows if self.path == "/many" else FEW_ROWS))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Return nothing."""


@cache
def answer(rows: int) -> bytes:
    """Return an HTTP answer with a report of so many rows; a million are about 100 MB of JSON."""
    numbers, packer = random.Random(rows), zlib.compressobj(6, zlib.DEFLATED, GZIP)
    pieces = [packer.compress(f'{{"data": {{"{OPERATION}": {{"rows": ['.encode())]
    for row in range(rows):
        cells = {"video": f"v-{numbers.getrandbits(48):012x}"} if rows > FEW_ROWS else {}
        cells["day"] = f"2025-06-{row % 30 + 1:02}"
        counts = {name: numbers.randrange(1_000_000) for name in ("video_views", "ad_impressions")}
        text = json.dumps({**cells, **counts})
        pieces.append(packer.compress(f"{', ' if row else ''}{text}".encode()))
    body = b"".join([*pieces, packer.compress(b"]}}}"), packer.flush()])
    head = "Content-Type: application/json\r\nContent-Encoding: gzip\r\nConnection: close"
    return f"HTTP/1.1 200 OK\r\n{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def serve(rows: int) -> None:
    """Get ready, print the port, and answer until the process is ended."""
    Service.rows = rows
    answer(rows)
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
