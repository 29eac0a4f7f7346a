"""The figures beside a line are those of `report -f json`, for any rows, any range, any today."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glomex_cli.charts.ticks import short_change, short_number
from support.answered import answer
from support.cli import Glomex, rows_of
from support.servers.fault_answers import whole
from support.servers.fault_server import FaultServer
from support.servers.gateway import robot_token

START = date(2025, 1, 1)
VALUES = st.lists(st.none() | st.integers(0, 10**9), min_size=1, max_size=60)
BUCKETS = st.sampled_from(["day", "week", "month"])


def start_of(day: date, bucket: str) -> date:
    if bucket == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if bucket == "week" else day


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


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    rows = [
        {bucket: str(start), "video_views": value}
        for start, value in zip(starts, values, strict=False)
    ]
    cli = Glomex()
    cli.now = lambda: datetime(now.year, now.month, now.day, 12, tzinfo=UTC)
    with pytest.MonkeyPatch.context() as patch, FaultServer(whole(answer(rows))) as server:
        patch.setenv("GLOMEX_ENDPOINT", server.url)
        patch.setenv("GLOMEX_TOKEN", robot_token())
        patch.setenv("TZ", "UTC")
        days = ("-d", bucket, "--from", str(first), "--to", str(last))
        given_rows = rows_of(cli, "-m", "video_views", *days)
        drawn = cli("sparkline", "video_views", *days, "--labels", "--width", "300")
    complete = {
        start: float(row["video_views"])
        for row in given_rows
        if row["video_views"] is not None
        and (start := date.fromisoformat(row[bucket])) >= first
        and after(start, bucket) <= min(last + timedelta(days=1), now)
    }
    line = drawn.out.splitlines()[0]
    if complete:
        expected = figures(complete, since_month=bucket == "month" and len(starts) > 1)
        assert line[line.index("last ") :].split() == expected.split()
    else:
        assert "last" not in line
