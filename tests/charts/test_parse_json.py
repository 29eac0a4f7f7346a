"""JSON to lines: every shape that services, jq and our own report give, and what is refused."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from math import isnan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.charts.parse.rows import parse_timestamps
from glomex_cli.charts.series import Series
from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.metrics import UNKNOWN, guess_kind
from support.charts.sparklines import MUX, MUX_ROWS, ROWS, known, read, read_series, run
from support.programs import needs


def lines_of(document: object, **options: Any) -> dict[str, Sequence[float | None]]:
    return {series.name: known(series.values) for series in read(document, **options).series}


SHAPES: list[tuple[object, dict[str, Sequence[float | None]]]] = [
    ([1, 2.5, None, "3.5", "n/a", ""], {"": [1, 2.5, None, 3.5, None, None]}),
    ([None, None], {"": [None, None]}),
    ([["2017-07-25", 5], ["2017-07-26"], None], {"": [5, None, None]}),
    ([["US", "4", 5], ["DE", 7, 1]], {"": [4, 7]}),
    ([[1, 2, 3], [4, 5, 6]], {"": [2, 5]}),
    (ROWS, {"video_views": [10, None, 30], "fill_rate": [0.5, 0.7, None]}),
    ([{"a": 1}, None, {"a": 3}], {"a": [1, None, 3]}),
    ([{"x": None, "y": "-"}], {"x": [None], "y": [None]}),
    ([{"x": None, "y": 1}], {"y": [1]}),
    ({"data": [1, 2]}, {"": [1, 2]}),
    ({"rows": ROWS[:1]}, {"video_views": [10], "fill_rate": [0.5]}),
    ({"data": {"contentOwnerAnalyticsReport": {"rows": [{"views": 7}]}}}, {"views": [7]}),
    ({"report": [{"views": 7}], "count": 1}, {"views": [7]}),
    ({"data": {"value": 5, "total_views": 9}}, {"value": [5], "total_views": [9]}),
    ({"day": "2026-03-01", "views": 3}, {"views": [3]}),
    (MUX, {"": [421.5, None, 530.25, 301]}),
    ({"data": []}, {}),
    ({"data": None}, {}),
    ({"data": {"report": None}}, {}),
    ([], {}),
    ({}, {}),
    ([{}, {}], {}),
]


@pytest.mark.parametrize(("document", "expected"), SHAPES)
def test_shape_gives_its_lines(
    document: object, expected: dict[str, Sequence[float | None]]
) -> None:
    assert lines_of(document) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "\n".join(map(json.dumps, ROWS)),
            {"video_views": [10, None, 30], "fill_rate": [0.5, 0.7]},
        ),
        ("\n".join(map(json.dumps, MUX_ROWS)), {"": [421.5, None, 530.25, 301]}),
        (json.dumps(MUX_ROWS[0], indent=2) + "\n", {"": [421.5]}),
        ('{"views": 1}{"views": 2}', {"views": [1, 2]}),
        (" \r\n\t[1,\n2]\n", {"": [1, 2]}),
        ('["2017", "2018"]', {"": [2017, 2018]}),
        ("[250000000, 260000000]", {"": [250000000, 260000000]}),
    ],
)
def test_documents_one_a_line_are_rows(
    text: str, expected: dict[str, Sequence[float | None]]
) -> None:
    found = lines_of(text)
    assert found.keys() == expected.keys()
    for name, values in expected.items():
        assert list(found[name])[: len(values)] == values


def test_documents_with_a_list_each_are_a_line_each() -> None:
    reading = read("[1, 2]\n[3, 4]\n" + json.dumps(MUX))
    assert [known(series.values) for series in reading.series] == [
        [1, 2],
        [3, 4],
        [421.5, None, 530.25, 301],
    ]


@pytest.mark.parametrize(
    ("document", "field", "expected"),
    [
        (MUX, "2", [120, None, 99, 7]),
        ([[5, 6], [7, 8]], "0", [5, 7]),
        (ROWS, "fill_rate", [0.5, 0.7, None]),
        ([{"day": 3}], "day", [3]),
    ],
)
def test_field_picks_one_line(document: object, field: str, expected: list[float | None]) -> None:
    (values,) = lines_of(document, field=field).values()
    assert values == expected


def test_times_weights_and_kinds_come_with_the_values() -> None:
    (line,) = read(MUX).series
    assert line.times is not None
    assert line.times[0] == datetime(2017, 7, 25, 10, tzinfo=UTC)
    assert known(line.weights or ()) == [120, None, 99, 7]
    assert line.kind is UNKNOWN
    views, rate = read(ROWS).series
    assert (views.kind, views.weights) == (guess_kind("views"), None)
    assert (rate.kind, known(rate.weights or ())) == (guess_kind("fill_rate"), [10, None, 30])
    assert views.times == rate.times
    (counts,) = read(MUX, field="2").series
    assert (counts.kind, counts.weights) == (guess_kind("views"), None)


@pytest.mark.parametrize("name", ["day", "week", "month", "time", "timestamp", "date"])
@pytest.mark.parametrize(
    ("first", "moment"),
    [
        ("2025-01-27", "2025-01-27T00:00:00+00:00"),
        ("2025-W05", "2025-01-27T00:00:00+00:00"),
        ("2025-01", "2025-01-01T00:00:00+00:00"),
        ("2025", "2025-01-01T00:00:00+00:00"),
        ("2025-01-27T10:00:00+02:00", "2025-01-27T10:00:00+02:00"),
        (1592270410, "2020-06-16T01:20:10+00:00"),
        (1592270410000, "2020-06-16T01:20:10+00:00"),
    ],
)
def test_time_is_read_in_its_spellings(name: str, first: object, moment: str) -> None:
    (line,) = read([{name: first, "views": 1}]).series
    assert [time.isoformat() for time in line.times or ()] == [moment]


@pytest.mark.parametrize("odd", ["soon", None, 7, True, "2025-13", 1e300, {}])
def test_one_odd_time_leaves_all_times_out(odd: object) -> None:
    (line,) = read([{"day": "2025-01-01", "views": 1}, {"day": odd, "views": 2}]).series
    assert line.times is None
    assert known(line.values) == [1, 2]


def test_times_of_the_program_itself_are_taken_as_they_are() -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert parse_timestamps([date(2026, 3, 1), noon, noon.replace(tzinfo=None)]) == (
        datetime(2026, 3, 1, tzinfo=UTC),
        noon,
        noon,
    )


def test_infinite_numbers_are_gaps_with_a_note() -> None:
    reading = read("[1, 1e999, -1e999, " + "9" * 5000 + ', "inf"]')
    assert known(reading.series[0].values) == [1, None, None, None, None]
    assert reading.notes == ("4 infinite values drawn as gaps",)


@pytest.mark.parametrize("field", [None, "a"])
def test_infinite_numbers_of_rows_are_counted_in_what_is_drawn(field: str | None) -> None:
    rows = '[{"day": "2026-03-01", "a": 1e999, "b": "x"}, {"day": "2026-03-02", "a": 2, "b": "y"}]'
    reading = read(rows, field=field)
    assert known(reading.series[0].values) == [None, 2]
    assert reading.notes == ("1 infinite value drawn as a gap",)


@pytest.mark.parametrize("beside", [{"errors": [{"message": "x"}]}, {"error": {"type": "x"}}])
def test_answer_with_data_and_errors_says_so(beside: dict[str, Any]) -> None:
    reading = read({"data": {"report": {"rows": [{"views": 7}]}}, **beside})
    assert known(reading.series[0].values) == [7]
    assert reading.notes == ("the response also contains errors; the chart may be incomplete",)


@given(st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False)))
def test_text_and_json_of_the_same_numbers_are_the_same(values: list[float | None]) -> None:
    text = "\n".join("null" if value is None else repr(value) for value in values)
    from_text = known(read_series(text.encode()).series[0].values)
    from_json = [value for series in read(values).series for value in known(series.values)]
    assert from_text == from_json == values


@pytest.mark.parametrize("count", [1, 24, 80])
@needs("jq")
def test_mux_answer_whole_and_through_jq_draws_the_same_line(count: int) -> None:
    rows = [
        [f"2017-07-{25 + hour // 24}T{hour % 24:02}:00:00Z", *_mux_values(hour)]
        for hour in range(count)
    ]
    answer = json.dumps({"data": rows, "timeframe": [0, 1]}).encode()
    values = run(["jq", ".data[][1]"], answer)
    whole = draw(read_series(answer).series, SparklineOptions())
    assert whole == draw(read_series(values).series, SparklineOptions())
    assert len(whole.lines[0]) == count


def _mux_values(hour: int) -> list[object]:
    if hour % 7 == 3:
        return [None, None]
    return [421.5 + 37 * hour % 101, 120] if hour % 2 else [f"{500 - hour}.25", "99"]


def test_reading_keeps_no_nan_out_of_sight() -> None:
    (line,) = read(MUX).series
    assert isinstance(line, Series)
    assert [isnan(value) for value in line.values if value is not None].count(True) == 1
