"""Names, figures and times around a line: their wording, their room, and what gives way."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.charts.series import Series
from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.charts.ticks import measure_of, short_change, short_number
from glomex_cli.metrics import MetricKind, Unit
from glomex_cli.terminal.sanitize import clean, display_width, fit

START = datetime(2017, 7, 25, 10, tzinfo=UTC)


def labeled(*series: Series, width: int = 80, ascii_only: bool = False) -> list[str]:
    return list(
        draw(series, SparklineOptions(width=width, labels=True, ascii_only=ascii_only)).lines
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (0.98, "0.98"),
        (1 / 3, "0.3333"),
        (421.5, "421.5"),
        (999.94, "999.9"),
        (999.96, "1k"),
        (1234, "1.234k"),
        (12345, "12.35k"),
        (-12345, "-12.35k"),
        (999_960, "1M"),
        (1.5e6, "1.5M"),
        (2e9, "2G"),
        (9.999e11, "999.9G"),
        (1e12, "1e12"),
        (1e300, "1e300"),
        (0.00001234, "1.234e-5"),
        (5e-324, "4.941e-324"),
    ],
)
def test_amount_has_four_digits_and_a_unit(value: float, text: str) -> None:
    assert short_number(value) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (50, 54, "+8%"),
        (52, 56, "+7.7%"),
        (54, 50, "-7.4%"),
        (5, 5, "+0%"),
        (-4, -5, "-25%"),
        (-4, 4, "+200%"),
        (1, 1001, "+100k%"),
        (0, 5, "+5"),
        (0, -5, "-5"),
        (0, 0, "+0"),
        (5e-324, 1e308, "+1e308"),
        (-1e308, 1e308, "+200%"),
    ],
)
def test_change_is_against_the_first_and_never_over_zero(
    first: float, last: float, text: str
) -> None:
    assert short_change(first, last) == text


def test_labeled_line_has_name_figures_and_change() -> None:
    line = Series("availability", [0.91, None, 0.99, 0.98])
    assert labeled(line) == ["availability ▁ █▇  last 0.98  min 0.91  max 0.99"]


@pytest.mark.parametrize(
    ("kind", "values", "text"),
    [
        (MetricKind(Unit.MILLISECONDS), [582, 970], "last 970 ms  min 582  max 970"),
        (MetricKind(Unit.MILLISECONDS), [582, 1241], "last 1.241 s  min 0.582  max 1.241"),
        (MetricKind(Unit.SECONDS), [0.25, 0.5], "last 500 ms  min 250  max 500"),
        (MetricKind(Unit.MILLISECONDS, adds_up=True), [36e5, 72e5], "last 2 h  min 1  max 2"),
        (MetricKind(Unit.FRACTION), [0.01, 0.0234], "last 2.34%  min 1  max 2.34"),
        (MetricKind(Unit.SCORE), [0.87, 0.9], "last 90  min 87  max 90"),
        (MetricKind(Unit.BITS_PER_SECOND), [851582.9, 2e6], "last 2 Mb/s  min 0.8516  max 2"),
        (MetricKind(Unit.PER_MINUTE), [0.12, 0.25], "last 0.25/min  min 0.12  max 0.25"),
        (MetricKind(Unit.COUNT), [1, 12345], "last 12.35k  min 1  max 12.35k"),
        (MetricKind(Unit.FRACTION), [1, 1e300], "last 1e300  min 1  max 1e300"),
    ],
)
def test_the_first_figure_names_the_unit(kind: MetricKind, values: list[float], text: str) -> None:
    (line,) = labeled(Series("m", values, kind=kind))
    assert line.endswith(text)


def test_a_change_from_zero_is_in_the_unit_of_the_line() -> None:
    series = Series("m", [0, 0.5], times=times(2, 3600), kind=MetricKind(Unit.FRACTION))
    (line, _) = labeled(series)
    assert "  +50 vs " in line
    assert measure_of(series.kind, 0).text(0) == "0"


def test_lines_stand_below_each_other() -> None:
    assert labeled(Series("a", [1, 2000]), Series("long", [3, None, 3]), Series("", [None])) == [
        "a    ▁█   last 2k    min 1  max 2k",
        "long ▄ ▄  last 3     min 3  max 3",
        "          no values",
    ]


def test_figures_come_from_the_raw_values() -> None:
    line = Series("", [0, 100, 50, 50] * 40)
    (text,) = labeled(line, width=50)
    assert text.endswith("  last 50  min 0  max 100")


def test_several_rows_have_their_label_at_the_foot() -> None:
    drawing = SparklineOptions(labels=True, height=2)
    assert draw([Series("n", [0, 15])], drawing).lines == (
        "   █",
        "n ▁█  last 15  min 0  max 15",
    )
    split = draw([Series("n", [-1, 1])], SparklineOptions(labels=True, split=True)).lines
    assert split == ("n  █  last 1  min -1  max 1", "  █ ")


@pytest.mark.parametrize(
    ("width", "text"),
    [
        (50, "video_views ▁▂▃▄▄▅▆▇█  last 9  min 1  max 9"),
        (49, "video_views ▁▂▃▄▄▅▆▇█  last 9  min 1  max 9"),
        (40, "video_views ▁▂▃▄▄▅▆▇█  last 9  max 9"),
        (30, "video_vie… ▁▂▃▄▄▅▆▇█  last 9"),
        (20, "video… ▁▂▃▄▄▅▆▇█"),
        (9, "vi… ▁▂▄▆█"),
        (8, "▁▂▃▄▅▆▇█"),
        (1, "▄"),
    ],
)
def test_figures_then_name_give_way_to_the_glyphs(width: int, text: str) -> None:
    line = Series("video_views", [1, 2, 3, 4, 5, 6, 7, 8, 9])
    assert labeled(line, width=width) == [text]


@pytest.mark.parametrize(
    ("name", "shown", "width"),
    [
        ("plain", "plain", 5),
        ("\x1b]52;c;evil\x07", r"\x1b]52;c;evil\x07", 18),
        ("a\u202eb\u200bc", r"a\u202eb\u200bc", 15),
        ("line\nbreak\tand\u2028", r"line\nbreak\tand\u2028", 22),
        ("\udcff\x85\x7f", r"\udcff\x85\x7f", 14),
        ("日本語", "日本語", 6),
        ("Straße", "Straße", 6),
        ("e\u0301te\u0301", "e\u0301te\u0301", 3),
        ("ｆｕｌｌ", "ｆｕｌｌ", 8),
        ("🎬 film", "🎬 film", 7),
    ],
)
def test_name_is_printable_and_measured_in_columns(name: str, shown: str, width: int) -> None:
    assert clean(name) == shown
    assert clean(shown) == shown
    assert display_width(shown) == width


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日… "),
        ("日本語", 1, "…"),
        ("日本語", 0, ""),
        ("ab", 4, "ab  "),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
    ],
)
def test_name_is_fitted_exactly(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@given(st.text(), st.integers(0, 30))
def test_fitted_name_is_as_wide_as_asked(text: str, width: int) -> None:
    assert display_width(fit(text, width)) == width


@pytest.mark.parametrize(
    "name", ["👍🏽 likes", "कितने", "\u1112\u1161\u11ab", "e\u0301te\u0301", "👩\u200d💻"]
)
def test_glyphs_begin_where_a_table_would_put_them(name: str) -> None:
    foreign, plain = labeled(Series(name, [1, 2]), Series("n", [1, 2]))
    assert display_width(foreign.partition("▁")[0]) == plain.index("▁")


def test_ascii_labels_hold_nothing_else() -> None:
    (line,) = labeled(Series("Öffentliche Übertragung", [1, 2]), ascii_only=True, width=40)
    assert line == r"\xd6ffentlic~ .@  last 2  min 1  max 2"
    (cut,) = labeled(Series("Öffentliche Übertragung", [1, 2]), width=40)
    assert cut == "Öffentliche … ▁█  last 2  min 1  max 2"


NAMES = st.text(max_size=20)
VALUES = st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), max_size=60)
LINES = st.lists(st.builds(Series, NAMES, VALUES), min_size=1, max_size=3)


@given(LINES, st.integers(1, 120), st.integers(1, 3), st.sampled_from([None, 60, 3600, 86400]))
def test_labeled_picture_is_never_wider_than_asked(
    lines: list[Series], width: int, height: int, step_s: int | None
) -> None:
    if step_s is not None:
        lines = [line._replace(times=times(len(line.values), step_s)) for line in lines]
    picture = draw(lines, SparklineOptions(width=width, height=height, labels=True))
    assert all(display_width(line) <= width for line in picture.lines)
    assert all(clean(line) == line for line in picture.lines)


def times(count: int, step_s: int) -> list[datetime]:
    return [START + timedelta(seconds=step_s * index) for index in range(count)]
