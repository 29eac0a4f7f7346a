"""Tables on stdin: CSV, TSV, Markdown, what `report` prints; and commas that say two things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.errors import ExitCode, UsageError
from support.charts.sparklines import known, read_series

TABLES = {
    "csv": 'day,title,views\r\n2026-03-01,"a, b",10\r\n2026-03-02,"c ""d""",\r\n2026-03-03,e,30',
    "semicolons": "day;title;views\n2026-03-01;x;10\n2026-03-02;x;null\n2026-03-03;x;30\n",
    "tsv": "day\ttitle\tviews\n2026-03-01\tx y\t10\n2026-03-02\tx\t-\n2026-03-03\tx\t30\n",
    "markdown": (
        "| day | title | views |\n| --- | --- | ---: |\n| 2026-03-01 | x \\| y | 10 |\n"
        "| 2026-03-02 | x | - |\n| 2026-03-03 | x | 30 |\n| **total** |  | **40** |\n"
    ),
    "table": (
        "day         title    views\n──────────────────────────\n2026-03-01  Wild & y    10\n"
        "2026-03-02                -\n2026-03-03  x           30\n──────────────────────────\n"
        "total                   40\n"
    ),
    "awk": "day views\n2026-03-01 10\n2026-03-02 null\n2026-03-03 30\n",
    "no header": '"2026-03-01",10\n"2026-03-02",\n"2026-03-03",30\n',
}


@pytest.mark.bug("B14")
@pytest.mark.parametrize("form", TABLES)
def test_a_table_is_read_by_its_names_and_times(form: str) -> None:
    (line,) = read_series(TABLES[form].encode()).series
    assert line.name == ("" if form == "no header" else "views")
    assert known(line.values) == [10, None, 30]
    assert [str(time.date()) for time in line.times or ()] == [
        "2026-03-01",
        "2026-03-02",
        "2026-03-03",
    ]


def test_a_field_is_picked_by_name_or_by_place() -> None:
    text = b"day,views,rate\n2026-03-01,10,0.5\n2026-03-02,20,0.7\n"
    assert [line.name for line in read_series(text).series] == ["views", "rate"]
    (rate,) = read_series(text, field="rate").series
    assert (known(rate.values), known(rate.weights or [])) == ([0.5, 0.7], [10, 20])
    without_names = b"2026-03-01,10,0.5\n2026-03-02,20,0.7\n"
    assert known(read_series(without_names, field="2").series[0].values) == [0.5, 0.7]
    with pytest.raises(UsageError, match="no field 'x'"):
        read_series(text, field="x")


def test_columns_without_names_are_series() -> None:
    first, second, third = read_series(b"1,5,22\n2,6,23\n").series
    assert [known(line.values) for line in (first, second, third)] == [[1, 2], [5, 6], [22, 23]]


def test_markdown_has_groups_and_units_as_report_writes_them() -> None:
    text = "| day | watch | rate |\n| --- | ---: | ---: |\n| 2026-W10 | 11,306.96 h | 60.7% |\n"
    watch, rate = read_series(text.encode()).series
    assert known(watch.values) == [pytest.approx(11306.96 * 3600)]
    assert known(rate.values) == [60.7]


def test_a_marked_bucket_is_partial() -> None:
    text = b"week      views\n---------------\n2026-W10*      3\n2026-W11       7\n"
    (line,) = read_series(text).series
    assert (line.partial, known(line.values)) == (frozenset({0}), [3, 7])


@pytest.mark.bug("B4")
@pytest.mark.parametrize(
    ("text", "word", "line"),
    [
        ("38,246\n35,712\n", "38,246", 1),
        ("1,234,567\n1,234,568\n", "1,234,567", 1),
        ("38,246 35,712", "38,246", 1),
        ("1,5;2,5;3,5", "1,5", 1),
        ("1.234,5\n2\n", "1.234,5", 1),
        ("7\n8\n1,5\n", "1,5", 3),
        ("views\n38,246\n", "38,246", 2),
        ("day         views\n-----------------\n2026-03-01  1,234\n", "1,234", 3),
        ('day,views\n2026-03-01,"1,5"\n', "1,5", 2),
        ("| day | views |\n| --- | --- |\n| 2026-03-01 | 1,5 |\n", "1,5", 3),
    ],
)
def test_a_comma_that_says_two_things_is_refused(text: str, word: str, line: int) -> None:
    with pytest.raises(UsageError) as refused:
        read_series(text.encode())
    assert refused.value.message == f"{word!r} at line {line} is ambiguous: one number or two"
    assert refused.value.exit_code is ExitCode.USAGE
    assert "json" in refused.value.hint


@pytest.mark.bug("B4")
@pytest.mark.parametrize("text", ["1,5,22", "1, 5, 22", "1 , 5\n22", "1;5;22", "1,5,22\n\n"])
def test_a_comma_that_can_only_separate_does(text: str) -> None:
    assert known(read_series(text.encode()).series[0].values) == [1, 5, 22]


def test_a_header_alone_holds_no_data_and_a_word_alone_is_no_number() -> None:
    assert read_series(b"day,views\n\n").series == ()
    with pytest.raises(UsageError, match="'three' at line 1 is not a number"):
        read_series(b"three\n")


LINES = st.text('0123456789,;|\t "abday-*.\n', max_size=60)


@given(LINES)
def test_any_text_gives_series_or_one_line_of_what_is_wrong(text: str) -> None:
    try:
        series = read_series(text.encode()).series
    except UsageError as error:
        series, problem = (), error.message
    else:
        problem = ""
    assert "\n" not in problem
    assert all(one.times is None or len(one.times) == len(one.values) for one in series)
