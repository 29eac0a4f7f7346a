"""The figures beside a line are those of `report -f json`, for any rows, any range, any today."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from glomex_cli.charts.ticks import short_change, short_number
from glomex_cli.models import Row
from glomex_cli.sandbox.server import serve
from support.answered import OPERATION
from support.cli import Glomex, rows_of
from support.servers.gateway import robot_token
from support.zones import local_time

START = date(2025, 1, 1)
VALUES = st.lists(st.none() | st.integers(0, 10**9), min_size=1, max_size=60)
BUCKETS = st.sampled_from(["day", "week", "month"])


def start_of(day: date, bucket: str) -> date:
    if bucket == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if bucket == "week" else day


def parsed(label: str) -> date:
    """Return the first day of a bucket as rows name it."""
    return date.fromisoformat(f"{label}-01" if len(label) == len("2025-06") else label)


def after(start: date, bucket: str) -> date:
    if bucket == "month":
        return (start + timedelta(days=32)).replace(day=1)
    return start + timedelta(days=7 if bucket == "week" else 1)


def figures(values: dict[date, float], *, since_month: bool) -> str:
    """Return what is printed of the complete values of a line, in the order of time."""
    known = list(values.values())
    shown = {"last": known[-1], "min": min(known), "max": max(known)}
    parts = [f"{name} {short_number(value)}" for name, value in shown.items()]
    since = str(min(values))[: len("2025-06") if since_month else None]
    return "  ".join([*parts, f"{short_change(known[0], known[-1])} vs {since}"])


def service_of(rows: list[Row], bucket: str) -> WSGIApplication:
    """Answer with `rows`, and to the question how `to` is read with the days that it names."""

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        content = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        found = rows
        if not re.search(rf"rows\s*\{{[^}}]*\b{bucket}\b", content):
            ends = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", content)]
            count = (max(ends) - min(ends)).days + 1 if ends else 0
            asked = [str(min(ends) + timedelta(days=n)) for n in range(count)]
            found = [{"day": day, "video_views": 1} for day in asked]
        body = json.dumps({"data": {OPERATION: {"rows": found}}}).encode()
        head = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start("200 OK", head)
        return [body]

    return app


@settings(
    max_examples=30,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(VALUES, BUCKETS, st.integers(0, 40), st.integers(0, 70), st.integers(0, 80))
def test_figures_equal_those_made_by_hand_of_json(
    values: list[int | None], bucket: str, begin: int, length: int, today: int
) -> None:
    first = START + timedelta(days=begin)
    now = first + timedelta(days=today)
    last = min(first + timedelta(days=length), now)
    starts = sorted(
        {start_of(first + timedelta(days=n), bucket) for n in range((last - first).days + 1)}
    )
    rows: list[Row] = [
        {bucket: str(start), "video_views": value}
        for start, value in zip(starts, values, strict=False)
    ]
    cli = Glomex()
    cli.now = lambda: datetime(now.year, now.month, now.day, 12, tzinfo=UTC)
    with (
        pytest.MonkeyPatch.context() as patch,
        local_time("UTC"),
        serve(service_of(rows, bucket)) as server,
    ):
        patch.setenv("GLOMEX_ENDPOINT", server.url)
        patch.setenv("GLOMEX_TOKEN", robot_token())
        days = ("-d", bucket, "--from", str(first), "--to", str(last))
        given_rows = rows_of(cli, "-m", "video_views", *days)
        drawn = cli("sparkline", "video_views", *days, "--labels", "--width", "300")
    complete = {
        start: float(row["video_views"])
        for row in given_rows
        if row["video_views"] is not None
        and (start := parsed(row[bucket])) >= first
        and after(start, bucket) <= min(last + timedelta(days=1), now)
    }
    line = drawn.out.splitlines()[0]
    if complete:
        expected = figures(complete, since_month=bucket == "month" and len(starts) > 1)
        assert line[line.index("last ") :].split() == expected.split()
    else:
        assert "last" not in line
