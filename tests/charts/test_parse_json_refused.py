"""JSON that is no line: refused in one printable line that says what to type instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.errors import ExitCode, ServiceError, UsageError
from support.charts.sparklines import MUX, ROWS, known, read, read_series


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ("[1, NaN]", "NaN is not valid JSON"),
        ("[-Infinity]", "-Infinity is not valid JSON"),
        ("[1, 2", "line 1, column 6"),
        ("[1,\n2,\n}", "line 3, column 1"),
        ("[1] rubbish", "line 1, column 5"),
        ('{"data": \x1b[2J}', "line 1, column 10"),
        ("[true]", "'true' at row 1 is not a number"),
        ('[1, 2, "x\\u001b"]', r"'x\x1b' at row 3 is not a number"),
        ('[["2026-03-01", {}], ["2026-03-02", []]]', "'{...}' at row 1"),
        ('[["a", [1]]]', "'[...]' at row 1"),
        ("[1, [2]]", "mixes arrays and values"),
        ('[{"a": 1}, 5, []]', "mixes arrays and objects and values"),
        ("[[], [1]]", "no row has a value at index 1"),
        ('{"a": [1], "b": [2]}', "several parts: 'a', 'b'"),
        ('{"data": {"a": {"rows": []}, "b": {"rows": []}}}', "several parts"),
        ('[{"video": "v-1"}]', "no field of numbers"),
        ('["a"]', "'a' at row 1"),
    ],
)
def test_what_cannot_be_a_line_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(text)
    assert message in refused.value.message
    assert "\n" not in refused.value.message
    assert "\x1b" not in refused.value.message


@pytest.mark.parametrize(
    "answer",
    [
        '{"errors": [{"message": "secret words"}]}',
        '{"data": null, "errors": [{"message": "secret words"}]}',
        '{"errors": ["secret words"]}',
        '{"error": "secret words"}',
        '{"error": {"type": "unauthorized", "messages": ["secret words"]}}',
        '{"error": {"type": "x", "messages": ["secret words"]}, "data": null}',
    ],
)
@pytest.mark.parametrize("skip_bad", [False, True])
def test_an_answer_that_is_an_error_is_called_one_and_not_quoted(
    answer: str, *, skip_bad: bool
) -> None:
    with pytest.raises(ServiceError) as refused:
        read(answer, skip_bad=skip_bad)
    assert refused.value.message == "the input is an error response without data"
    assert refused.value.hint == "look at it with: jq ."
    assert refused.value.exit_code is ExitCode.SERVICE
    assert "secret" not in refused.value.message + refused.value.hint


def test_a_column_called_error_is_a_column() -> None:
    (errors, views) = read('[{"day": "2026-03-01", "error": 3, "views": 7}]').series
    assert (errors.name, views.name) == ("error", "views")
    assert read('{"day": "2026-03-01", "error": "none", "views": 7}').series[-1].name == "views"


@pytest.mark.parametrize(
    ("document", "field", "message", "hint"),
    [
        (ROWS, "views", "no field 'views'", "'day', 'video', 'video_views', 'fill_rate'"),
        (ROWS, "video", "'v-1' at row 1 of 'video'", "--skip-bad"),
        (MUX, "value", "no field 'value', only positions", "--field 1"),
        (MUX, "²", "only positions", "--field 1"),
        (MUX, "3", "no row has a value at index 3", "--field 0"),
        (MUX, "9" * 5000, "only positions", "--field 1"),
        ([1, 2], "1", "plain numbers", ""),
    ],
)
def test_field_that_is_not_there_is_refused(
    document: object, field: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as refused:
        read(document, field=field)
    assert message in refused.value.message
    assert hint in refused.value.hint


def test_skip_bad_lets_bad_cells_and_constants_pass_as_gaps() -> None:
    reading = read('[1, true, NaN, Infinity, "x", {}]'.replace(", {}", ""), skip_bad=True)
    assert known(reading.series[0].values) == [1, None, None, None, None]
    assert reading.notes == ("1 infinite value drawn as a gap", "2 bad values drawn as gaps")


def test_bytes_that_are_no_utf8_are_refused_with_their_line() -> None:
    with pytest.raises(UsageError, match="not UTF-8 text at line 2"):
        read_series(b'["a",\n"\xff"]')


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("data"), inner),
    max_leaves=12,
)


@given(JSON.filter(lambda document: isinstance(document, list | dict)))
def test_any_json_gives_lines_or_a_usage_error(document: object) -> None:
    try:
        series = read(document).series
    except (UsageError, ServiceError) as error:
        series, problem = (), error.message
    else:
        problem = ""
    assert "\n" not in problem
    assert draw(series, SparklineOptions(labels=True, width=30)).lines


@pytest.mark.bug("B17", "B4")
def test_a_number_that_is_none_is_named() -> None:
    with pytest.raises(UsageError, match=r"no field of numbers: .v. holds .1,234."):
        read('[{"name": "x", "v": "1,234"}]')
