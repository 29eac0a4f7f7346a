"""Exports as their users read them: by DuckDB, with nothing but the files."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from glomex_cli.models import Row
from support.cli import Glomex, Outcome
from support.servers.fault_answers import http
from support.servers.fault_server import Peer, Script

_OPERATION = "contentOwnerAnalyticsReport"


def query(sql: str, place: object, *, settings: Sequence[str] = ()) -> list[tuple[Any, ...]]:
    """Return the rows of a query in which `lake` stands for all files of an export."""
    files = f"read_parquet('{place}/**/*.parquet', hive_partitioning = true)"
    with duckdb.connect() as connection:
        for each in settings:
            connection.execute(each)
        return connection.execute(sql.replace("lake", files)).fetchall()


def exported(cli: Glomex, *argv: str, code: int = 0) -> list[tuple[str, str]]:
    """Run `glomex export ARGV` and return the month and outcome of each row."""
    done = cli("export", *argv, "-f", "json")
    assert done.code == code, done.err
    return months_of(done)


def months_of(done: Outcome) -> list[tuple[str, str]]:
    """Return the month and outcome of each row of an export's JSON."""
    return [(row["month"][:7], row["outcome"]) for row in json.loads(done.out)]


def answer(rows: Sequence[Row | None], *errors: Mapping[str, object]) -> bytes:
    """Return an answer by video and day with these rows, and errors beside them."""
    body: dict[str, object] = {"data": {_OPERATION: {"rows": list(rows)}}}
    return http(200, body=body | ({"errors": list(errors)} if errors else {}))


def monthly(rows: Sequence[Row], *errors: Mapping[str, object]) -> Script:
    """Return a script that answers with the rows of the month asked for, and with no schema."""

    def script(peer: Peer) -> None:
        asked = peer.request.body.decode()
        if "__schema" in asked:
            peer.send(http(400, body={"errors": [{"message": "introspection is disabled"}]}))
            return
        found = [row for row in rows if f'from: \\"{str(row["day"])[:7]}' in asked]
        peer.send(answer(found, *errors))

    return script


def inclusive(rows: Sequence[Row]) -> Script:
    """Return a script that counts the day given as `to`, and answers with each row up to it."""

    def script(peer: Peer) -> None:
        asked = peer.request.body.decode()
        found = re.search(r'from: \\"([0-9-]+)\\", to: \\"([0-9-]+)\\"', asked)
        if found is None:
            monthly([])(peer)
            return
        first, last = found.groups()
        peer.send(answer([row for row in rows if first <= str(row["day"]) <= last]))

    return script


def day_row(day: str, views: object = 1, video: str = "v-1") -> Row:
    """Return a row of an export of views."""
    return {"video": video, "day": day, "video_views": views}  # type: ignore[dict-item]
