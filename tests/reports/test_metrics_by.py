"""The lines of `--by`: named by title, the largest first."""

from datetime import UTC, date, datetime

import pytest

from glomex_cli.metrics import guess_kind
from glomex_cli.models import Bucket, Column, Period, Report, ReportKind, Role, Row
from glomex_cli.reports.metrics import Question, fetch_metrics

DAYS = Period(date(2025, 6, 1), date(2025, 6, 2))
ASKED = Question(("video_views",), Bucket.DAY, DAYS, ReportKind.PUBLISHER, "video")


def named(rows: list[Row], question: Question = ASKED) -> list[str]:
    columns = (
        Column("video", Role.DIMENSION),
        Column("day", Role.DIMENSION),
        Column(question.metrics[0], Role.METRIC),
        Column("video_title", Role.LABEL),
    )
    report = Report(columns, rows)
    found = fetch_metrics(
        lambda _: report, question, kind_of=guess_kind, now=datetime(2025, 7, 1, tzinfo=UTC)
    )
    return [line.name for line in found.series]


def row(video: str, title: str | None, views: int) -> Row:
    return {"video": video, "day": "2025-06-01", "video_views": views, "video_title": title}


def test_two_of_one_title_are_told_apart_by_their_ids() -> None:
    rows = [row("a", "Wild", 3), row("b", "Wild", 2), row("c", "Zoo", 1), row("d", None, 0)]
    assert named(rows) == ["Wild (a)", "Wild (b)", "Zoo", "d"]
    assert named(rows, ASKED._replace(ids=True)) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("metric", "first"), [("video_views", "often"), ("fill_rate", "full")])
def test_the_largest_line_is_the_largest_sum_or_mean(metric: str, first: str) -> None:
    cells = [("often", 0.4, 1), ("often", 0.4, 2), ("full", 0.7, 1)]
    rows: list[Row] = [
        {"video": name, "day": f"2025-06-0{day}", metric: value, "video_title": None}
        for name, value, day in cells
    ]
    assert named(rows, ASKED._replace(metrics=(metric,), top=1)) == [first]
