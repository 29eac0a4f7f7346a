"""Answers to a report of three days in June, for a server that says what a test wants."""

import re
from collections.abc import Mapping, Sequence

from glomex_cli.models import Row
from support.servers.fault_answers import http
from support.servers.fault_server import Peer, Script

FORMATS = ("table", "json", "ndjson", "csv", "tsv", "markdown")
OPERATION = "contentOwnerAnalyticsReport"
JUNE = ("report", "--from", "2025-06-01", "--to", "2025-06-03")
BY_VIDEO = (*JUNE, "-d", "video,day", "-m", "video_views")
DAYS: list[Row] = [
    {"day": "2025-06-01", "video_views": 1200, "ad_impressions": 340},
    {"day": "2025-06-03", "video_views": 1300, "ad_impressions": None},
]
LOST = {"message": "the 2nd is being counted", "path": [OPERATION, "rows", 1, "ad_impressions"]}
# More than are held to be sorted, by more than the wire's chunk of 64 KiB holds.
MANY = 10_001 + 4_000


def answer(rows: Sequence[Row | None], *errors: Mapping[str, object]) -> bytes:
    """Write an answer with these rows, and errors beside them."""
    body: dict[str, object] = {"data": {OPERATION: {"rows": list(rows)}}}
    return http(200, body=body | ({"errors": list(errors)} if errors else {}))


def videos(count: int) -> list[Row]:
    """Return as many rows, the least viewed first: no report's own order."""
    return [{"video": f"v-{n}", "day": "2025-06-02", "video_views": n} for n in range(count)]


def without_schema(rows: list[Row]) -> Script:
    """Answer reports with these rows, questions by day with the days asked for; no schema."""

    def script(peer: Peer) -> None:
        body = peer.request.body.decode()
        if "__schema" in body:
            refusal = {"message": "GraphQL introspection is not allowed"}
            peer.send(http(200, body={"errors": [refusal]}))
        elif "dimensions: [day" in body:
            days = dict.fromkeys(re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", body))
            peer.send(answer([{**rows[0], "day": day} for day in days]))
        else:
            peer.send(answer(rows))

    return script
