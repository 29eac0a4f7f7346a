"""Dimensions and metrics as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.dates.buckets import bucket_in
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket
from glomex_cli.reports.request import parse_dimensions, parse_metrics


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], ()),
        (["day"], ("day",)),
        (["video"], ("video",)),
        (["video", "day"], ("video", "day")),
        (["day", "video"], ("video", "day")),
        (["week,channel"], ("channel", "week")),
        ([" month , _anything1 "], ("_anything1", "month")),
    ],
)
def test_dimensions_come_primary_first(values: list[str], expected: tuple[str, ...]) -> None:
    assert parse_dimensions(values) == expected


@pytest.mark.parametrize(
    ("values", "message", "hint"),
    [
        (
            ["day", "week"],
            "day and week are time buckets: a report takes one",
            "keep one of them: -d day",
        ),
        (
            ["video,month,day,week"],
            "month, day and week are time buckets: a report takes one",
            "keep one of them: -d video,month",
        ),
        (
            ["channel,video", "day"],
            "channel and video are primary dimensions: a report takes one",
            "keep one of them: -d channel,day",
        ),
        (["day,video,day"], "-d 'day' is given twice", "type -d day,video"),
        ([""], "-d '' is not a valid name", "type -d video,day"),
        (["video,"], "-d '' is not a valid name", "type -d video,day"),
        (["1day"], "-d '1day' is not a valid name", "type -d video,day"),
        (["video){x"], "-d 'video){x' is not a valid name", "type -d video,day"),
        (["straße"], "-d 'straße' is not a valid name", "type -d video,day"),
    ],
)
def test_impossible_dimensions_say_why_and_what_to_type(
    values: list[str], message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        parse_dimensions(values)
    assert (caught.value.message, caught.value.hint) == (message, hint)


NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}", fullmatch=True)


@given(name=NAMES, bucket=st.sampled_from(list(Bucket)))
def test_the_order_of_typing_never_matters(name: str, bucket: Bucket) -> None:
    primary = f"x{name}"
    one_way = parse_dimensions([primary, bucket])
    assert one_way == parse_dimensions([f"{bucket},{primary}"]) == (primary, bucket)


@given(names=st.lists(NAMES, min_size=1))
def test_metrics_keep_their_order_each_once(names: list[str]) -> None:
    found = parse_metrics([*names, ",".join(names)])
    assert sorted(found) == sorted(set(names))
    assert [names.index(name) for name in found] == sorted(names.index(name) for name in found)


def test_a_metric_that_cannot_be_a_name_is_refused() -> None:
    with pytest.raises(UsageError, match="-m 'video views' is not a valid name") as caught:
        parse_metrics(["video views"])
    assert caught.value.hint == "type -m video_views,ad_impressions"


def test_the_time_bucket_among_dimensions_is_found() -> None:
    assert bucket_in(("video", "week")) is Bucket.WEEK
    assert bucket_in(("video",)) is None
