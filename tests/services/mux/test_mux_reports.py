"""Reports of Mux Data as a whole: which paths are asked, and what rows come of them."""

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glomex_cli.errors import SignInError, UsageError
from glomex_cli.models import (
    Bucket,
    Filter,
    Period,
    Report,
    ReportKind,
    ReportRequest,
    Secret,
    Span,
    Top,
)
from glomex_cli.reports.pipeline import Work, with_top
from glomex_cli.reports.sort import limit_rows, sort_rows
from glomex_cli.sandbox.mux.access import MUX_TOKEN_SECRET, VIDEO_TOKEN_ID
from glomex_cli.sandbox.mux.scope import MuxOptions
from glomex_cli.services.mux.timeframes import (
    Timeframe,
    calendar_parts,
    request_windows,
    timeframe_of,
)
from support.servers.mux_service import ASKED_AT, TOKEN, OwnMux, own_mux

DAYS = Period(date(2026, 11, 20), date(2026, 11, 22))
HOURS = Span(ASKED_AT - timedelta(hours=24), ASKED_AT)


def asked(
    *metrics: str,
    by: Sequence[str] = (),
    period: Period | Span = DAYS,
    filters: tuple[Filter, ...] = (),
) -> ReportRequest:
    return ReportRequest(ReportKind.DATA, tuple(by), metrics, period, filters)


def rows_of(mux: OwnMux, request: ReportRequest) -> list[dict[str, object]]:
    return [dict(row) for row in mux.service.report(request, TOKEN).rows]


def report_of(mux: OwnMux, request: ReportRequest) -> Report:
    return mux.service.report(request, TOKEN)


def test_24_hours_in_the_middle_of_an_hour_are_25_buckets_of_utc() -> None:
    mux = own_mux()
    report = report_of(mux, asked("video_startup_time", by=["hour"], period=HOURS))
    rows = list(report.rows)
    assert len(rows) == 25
    assert [rows[0]["hour"], rows[-1]["hour"]] == ["2026-11-22T12:00:00Z", "2026-11-23T12:00:00Z"]
    assert str(report.range) == "2026-11-22 12:00 to 2026-11-23 13:00 UTC"
    (heard,) = mux.app.heard
    assert heard.values("timeframe[]") == [
        str(int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp())),
        str(int(datetime(2026, 11, 23, 13, tzinfo=UTC).timestamp())),
    ]
    assert heard.values("group_by") == ["hour"]


def test_all_pages_of_250_countries_are_three_requests() -> None:
    mux = own_mux()
    report = report_of(mux, asked("views", by=["country"]))
    assert len(list(report.rows)) == 250
    assert not report.problems
    assert sorted(page for each in mux.app.heard for page in each.values("page")) == ["1", "2", "3"]
    assert mux.app.paths() == ["views/breakdown"] * 3


@pytest.mark.parametrize("metric", ["views", "video_startup_time", "seek_latency:views"])
@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(("limit", "pages"), [(1, 1), (3, 1), (99, 1), (300, 3)])
def test_the_first_rows_are_those_of_all_pages_sorted(
    metric: str, limit: int, pages: int, *, descending: bool
) -> None:
    mux = own_mux()
    request = asked(metric, by=["country"])
    order = f"-{metric}" if descending else metric
    whole = limit_rows(sort_rows(report_of(mux, request), order), limit)
    mux.app.heard.clear()
    top = report_of(mux, with_top(request, Work(sort=order, limit=limit)))
    assert list(limit_rows(sort_rows(top, order), limit).rows) == list(whole.rows)
    if metric == "video_startup_time":  # of which no two countries have the same
        assert len(mux.app.heard) == pages


def test_without_a_sort_the_largest_are_first_and_other_work_needs_all_rows() -> None:
    request = asked("views", by=["country"])
    assert with_top(request, Work(limit=3)).top == Top(3)
    for work in (
        Work(limit=3, total=True),
        Work(limit=3, compare="previous"),
        Work(limit=3, sort="country"),
        Work(sort="-views"),
    ):
        assert with_top(request, work) == request
    assert with_top(asked("views", "seek_latency", by=["country"]), Work(limit=3)).top is None


def test_rows_cut_from_pages_are_missed() -> None:
    report = report_of(own_mux(MuxOptions(cut_pages=True)), asked("views", by=["country"]))
    assert [problem.message for problem in report.problems] == ["247 of 250 rows received"]


def test_several_metrics_meet_in_one_row() -> None:
    mux = own_mux()
    rows = rows_of(mux, asked("views", "video_startup_time:95th", "seek_latency", by=["browser"]))
    assert mux.app.paths().count("seek_latency/breakdown") == 1
    single = {row["browser"]: row for row in rows_of(mux, asked("seek_latency", by=["browser"]))}
    assert rows
    assert all(row["seek_latency"] == single[row["browser"]]["seek_latency"] for row in rows)
    assert all(
        set(row) == {"browser", "views", "video_startup_time:95th", "seek_latency"} for row in rows
    )


def test_views_behind_a_value_come_with_it() -> None:
    mux = own_mux()
    names = ("video_startup_time", "video_startup_time:views")
    rows = rows_of(mux, asked(*names, by=["hour"], period=HOURS))
    assert mux.app.paths() == ["video_startup_time/timeseries"]
    assert all(isinstance(row["video_startup_time:views"], int) for row in rows[:-1])


def test_the_whole_has_one_row_and_no_dimension() -> None:
    mux = own_mux()
    rows = rows_of(mux, asked("views", "video_startup_time"))
    assert len(rows) == 1
    assert list(rows[0]) == ["views", "video_startup_time"]
    assert sorted(mux.app.paths()) == ["video_startup_time/overall", "views/overall"]


def test_weeks_are_the_services_own_figures_and_not_means_of_days() -> None:
    mux = own_mux()
    weeks = Period(date(2026, 11, 9), date(2026, 11, 22))
    rows = rows_of(mux, asked("video_startup_time", by=["week"], period=weeks))
    assert [row["week"] for row in rows] == ["2026-W46", "2026-W47"]
    assert mux.app.paths() == ["video_startup_time/overall"] * 2
    (whole,) = rows_of(
        mux, asked("video_startup_time", period=Period(date(2026, 11, 9), date(2026, 11, 15)))
    )
    assert rows[0]["video_startup_time"] == whole["video_startup_time"]


def test_a_dimension_by_time_is_a_series_for_each_of_the_ten_with_most_views() -> None:
    mux = own_mux()
    rows = rows_of(mux, asked("views", by=["country", "day"]))
    assert len(rows) == 10 * 3
    assert mux.app.paths() == ["views/breakdown", *["views/timeseries"] * 10]
    assert mux.told == ["the 10 country values with the most views, by day"]
    german = asked("views", by=["day"], filters=(Filter("country", "=", "DE"),))
    assert [row["views"] for row in rows if row["country"] == "DE"] == [
        row["views"] for row in rows_of(mux, german)
    ]


@pytest.mark.parametrize(
    ("filters", "sent"),
    [
        ([("country", "=", "US"), ("country", "=", "CA")], ["country:US", "country:CA"]),
        ([("country", "!=", "DE")], ["!country:DE"]),
        ([("video_cdn_trace", "+=", "fastly")], ["+video_cdn_trace:fastly"]),
        ([("video_cdn_trace", "=", "fastly")], ["video_cdn_trace:[fastly]"]),
        ([("page_url", "=", "https://a.example/")], ["page_url:https://a.example/"]),
    ],
)
def test_filters_are_written_as_the_service_reads_them(
    filters: list[tuple[str, str, str]], sent: list[str]
) -> None:
    mux = own_mux()
    rows_of(mux, asked("views", filters=tuple(Filter(*each) for each in filters)))
    assert mux.app.heard[0].values("filters[]") == sent


def test_a_metric_is_filtered_by_a_number() -> None:
    mux = own_mux()
    slow = asked("views", filters=(Filter("aggregate_startup_time", ">=", "1000"),))
    fast = asked("views", filters=(Filter("aggregate_startup_time", "<", "1000"),))
    assert rows_of(mux, slow) != rows_of(mux, fast)
    with pytest.raises(UsageError):
        rows_of(mux, asked("views", filters=(Filter("aggregate_startup_time", ">", "slow"),)))


def test_the_alias_is_told_once_and_names_the_column() -> None:
    mux = own_mux()
    rows = rows_of(mux, asked("time_to_first_frame", by=["day"]))
    assert rows == rows_of(mux, asked("time_to_first_frame", by=["day"]))
    assert list(rows[0]) == ["day", "time_to_first_frame"]
    assert mux.told == ["time_to_first_frame is called video_startup_time by Mux Data"]


def test_a_misspelt_metric_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        rows_of(own_mux(), asked("vidoe_startup_time"))
    assert caught.value.hint == "did you mean -m video_startup_time?"


@pytest.mark.parametrize(
    ("request_", "hint"),
    [
        (asked("views", by=["countri"]), "did you mean -d country?"),
        (asked("views", by=["countri", "day"]), "did you mean -d country?"),
        (
            asked("views", filters=(Filter("contry", "=", "DE"),)),
            "did you mean --filter country?",
        ),
        (
            asked("views", filters=(Filter("video_startup_tim", ">=", "3"),)),
            "did you mean --filter video_startup_time?",
        ),
        (asked("views", by=["xyzzy"]), "see them all: glomex schema"),
        (asked("time_to_first_fram"), "did you mean -m time_to_first_frame?"),
    ],
)
def test_a_misspelt_name_is_refused_with_the_nearest(request_: ReportRequest, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        rows_of(own_mux(), request_)
    assert caught.value.hint == hint


def test_a_token_without_the_permission_is_told_from_a_path_that_is_not_there() -> None:
    token = Secret(f"{VIDEO_TOKEN_ID}:{MUX_TOKEN_SECRET}")
    with pytest.raises(SignInError, match="data:read"):
        own_mux().service.report(asked("views"), token)


def test_a_range_before_the_plans_limit_is_asked_and_its_emptiness_explained() -> None:
    mux = own_mux()
    rows_of(mux, asked("views", by=["day"], period=Period(date(2026, 5, 1), date(2026, 5, 2))))
    assert mux.told == ["hint: no data that old; most Mux plans keep 100 days"]


@pytest.mark.parametrize("strings", [False, True])
def test_numbers_as_strings_and_gaps_make_the_same_rows(strings: bool) -> None:  # noqa: FBT001
    request = asked("video_startup_time", "views", by=["hour"])
    mixed = own_mux(MuxOptions(strings=strings, no_meta=strings))
    assert rows_of(mixed, request) == rows_of(own_mux(), request)


EPOCHS = st.integers(1_700_000_000, 1_700_000_000 + 200 * 86_400)


@given(EPOCHS, st.integers(1, 120 * 86_400), st.sampled_from(list(Bucket)))
def test_windows_cover_a_range_once_on_boundaries(start: int, length: int, bucket: Bucket) -> None:
    span = Span(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(start + length, UTC))
    whole = timeframe_of(span, bucket)
    assert whole.first <= start < start + length <= whole.end
    if bucket in {Bucket.WEEK, Bucket.MONTH}:
        parts = [part for _, part in calendar_parts(whole, bucket)]
    else:
        parts = request_windows(whole, bucket)
        assert {part.first % 60 for part in parts} == {0}
    assert parts[0].first == whole.first
    assert parts[-1].end == whole.end
    assert all(one.end == other.first for one, other in itertools.pairwise(parts))


@settings(max_examples=15)
@given(st.integers(0, 60 * 24 * 3), st.integers(1, 60 * 24 * 2))
def test_a_range_in_windows_has_the_rows_of_its_parts(offset: int, minutes: int) -> None:
    mux = own_mux()
    start = datetime(2026, 11, 15, tzinfo=UTC) + timedelta(minutes=offset)
    middle, end = start + timedelta(minutes=minutes), start + timedelta(minutes=2 * minutes)
    whole, one, other = (
        rows_of(mux, asked("views", by=["minute"], period=Span(*ends)))
        for ends in ((start, end), (start, middle), (middle, end))
    )
    assert whole == one + other


def test_a_moment_of_three_days_by_minute_is_asked_in_windows() -> None:
    mux = own_mux()
    rows = rows_of(mux, asked("views", by=["minute"]))
    assert len(rows) == 3 * 1440
    assert mux.app.paths() == ["views/timeseries"] * 3


def test_days_are_those_of_utc() -> None:
    assert timeframe_of(DAYS, Bucket.DAY) == Timeframe(1795132800, 1795392000)
    assert datetime.fromtimestamp(1795132800, UTC) == datetime(2026, 11, 20, tzinfo=UTC)
