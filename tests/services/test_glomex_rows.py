"""The rows of an answer are the same whether they come in batches or one by one."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.dates.bucket_reader import BucketReader
from glomex_cli.errors import ServiceError
from glomex_cli.http.json_stream import JsonReader
from glomex_cli.http.request import Head
from glomex_cli.models import Bucket, Column, Period, Problem, Role, Row
from glomex_cli.services.glomex.fit import Fit
from glomex_cli.services.glomex.rows import parse_rows
from glomex_cli.services.graphql.response import RowStream

COLUMNS = (
    Column("video", Role.DIMENSION),
    Column("day", Role.DIMENSION),
    Column("video_views", Role.METRIC),
)
WINDOW = Period(date(2025, 6, 1), date(2025, 6, 2))
DAYS = [None, "2025-05-31", "2025-06-01", "2025-06-02", "2025-06-03", "2025-06-02T00:00:00Z"]
CELLS = [None, 7, -1, 0.5, True, "7", "", "v-1", "007", 10**30, 1e300]


def fit(window: Period | None = None) -> Fit:
    """Return what looks whether rows by video and day lie in a window."""
    spare = None if window is None else window.last + timedelta(days=1)
    return Fit(("video", "day"), BucketReader(Bucket.DAY, window) if window else None, spare)


def read(rows: list[Any], *, chunk: int, window: Period | None = WINDOW) -> list[Row]:
    """Return the rows of an answer that comes `chunk` bytes at a time."""
    text = json.dumps({"data": {"report": {"rows": rows}}}).encode()
    chunks = (text[at : at + chunk] for at in range(0, len(text), chunk))
    stream = RowStream(JsonReader(chunks, limit=10**7), Head(200, {}), "report")
    problems: list[Problem] = []
    found = list(parse_rows(stream, COLUMNS, problems, operation="report", fit=fit(window)))
    assert bool(problems) == (None in rows)
    return found


@given(
    rows=st.lists(
        st.one_of(
            st.none(),
            st.fixed_dictionaries(
                {"video": st.sampled_from(CELLS), "day": st.sampled_from(DAYS)},
                optional={"video_views": st.sampled_from(CELLS), "more": st.just({"id": 1})},
            ),
        ),
        max_size=8,
    )
)
def test_batches_and_single_rows_give_the_same(rows: list[Any]) -> None:
    assert read(rows, chunk=10**6) == read(rows, chunk=1)


def test_a_batch_as_it_was_asked_for_is_left_as_it_is() -> None:
    rows = [{"video": "v", "day": day, "video_views": 7} for day in DAYS[2:4]] * 3
    assert read(rows, chunk=10**6) == rows


@pytest.mark.parametrize(
    ("row", "seen"),
    [
        ({"video": "v", "day": "2025-06-01", "video_views": "12"}, ("v", "2025-06-01", 12)),
        ({"video": True, "day": "2025-06-01", "video_views": ""}, ("true", "2025-06-01", None)),
        ({"video_views": 1, "day": "2025-06-01", "video": "v"}, ("v", "2025-06-01", 1)),
        ({"day": "2025-06-01", "video": {"id": "v", "title": "t"}}, ("v", "2025-06-01", None)),
    ],
)
def test_one_odd_row_among_plain_ones_is_made_like_them(
    row: dict[str, object], seen: tuple[object, ...]
) -> None:
    plain = {"video": "p", "day": "2025-06-02", "video_views": 3}
    before, found, after = read([plain, row, plain], chunk=10**6)
    assert before == after == plain
    assert tuple(found.items()) == tuple(zip(plain, seen, strict=True))


def test_infinity_in_a_batch_is_missing() -> None:
    text = b'{"data": {"report": {"rows": [{"video": "v", "day": null, "video_views": 1e999}]}}}'
    stream = RowStream(JsonReader([text], limit=1000), Head(200, {}), "report")
    (row,) = parse_rows(stream, COLUMNS, [], operation="report", fit=fit())
    assert row["video_views"] is None


@pytest.mark.parametrize("odd", [7, [], {"video": "v", "day": "tomorrow", "video_views": 1}])
def test_rows_before_one_that_is_none_are_given(odd: object) -> None:
    plain = {"video": "p", "day": "2025-06-02", "video_views": 3}
    text = json.dumps({"data": {"report": {"rows": [plain, odd, plain]}}}).encode()
    stream = RowStream(JsonReader([text], limit=1000), Head(200, {}), "report")
    rows = parse_rows(stream, COLUMNS, [], operation="report", fit=fit(WINDOW))
    assert next(rows) == plain
    with pytest.raises(ServiceError):
        next(rows)


def test_rows_that_came_together_are_decoded_together() -> None:
    reader = JsonReader([b"[" + b",".join([b'{"a":1}'] * 1000) + b"]"], limit=10**7)
    assert [len(batch) for batch in reader.batches()] == [999, 1]


@pytest.mark.parametrize("data", [b"X1]", b"[1X2]", b"{}", b'"a"', b"1"])
def test_only_an_array_has_elements(data: bytes) -> None:
    with pytest.raises(ServiceError):
        list(JsonReader([data], limit=100).elements())
