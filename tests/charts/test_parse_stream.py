"""Endless input: merged in bounded memory, or the last values followed as they come."""

import os
import sys
from itertools import chain, islice, repeat
from math import isclose, isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.charts.parse.downsample import Downsampler
from glomex_cli.charts.parse.reader import read_pieces
from glomex_cli.charts.series import Series, floats
from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.errors import UsageError
from glomex_cli.metrics import Agg
from support.charts.sparklines import known
from support.memory import measured_python


def merged(values: list[float], agg: Agg, *, buckets: int = 8) -> Series:
    downsampler = Downsampler(agg, exact=buckets, buckets=buckets)
    for start in range(0, len(values), 3):
        downsampler.extend(values[start : start + 3])
    return downsampler.series()


@pytest.mark.parametrize(
    ("agg", "expected"),
    [
        (Agg.MEAN, [1.5, 5.5, 9.5, 12.5]),
        (Agg.SUM, [6, 22, 38, 25]),
        (Agg.MIN, [0, 4, 8, 12]),
        (Agg.MAX, [3, 7, 11, 13]),
        (Agg.LAST, [3, 7, 11, 13]),
    ],
)
def test_neighbors_are_merged_when_too_many_are_kept(agg: Agg, expected: list[float]) -> None:
    values = [float(value) for value in range(14)]
    assert known(merged(values[:7], agg).values) == values[:7]
    assert known(merged(values, agg, buckets=4).values) == expected


def test_of_equal_extremes_the_first_is_marked_however_many_there_are() -> None:
    summary = merged([5, 1, 9, 1, 9, 5, 1, 9, 1, 9, 5, 5], Agg.MEAN, buckets=4).summary
    assert summary is not None
    assert (summary.low, summary.high) == (1, 9)
    assert (summary.low_at, summary.high_at) == (0, 0)
    summary = merged([5.0] * 20 + [1, 9] + [5] * 12 + [1, 9] + [5] * 4, Agg.MEAN, buckets=4).summary
    assert summary is not None
    assert (summary.low_at, summary.high_at) == (1, 1)


def test_a_gap_weighs_nothing_however_often_its_bucket_is_merged() -> None:
    downsampler = Downsampler(Agg.MEAN, exact=2, buckets=2)
    for value, weight in ((1, 2), (nan, 9), (3, 2), (5, 2), (7, 1), (9, 1), (11, 1), (13, 1)):
        downsampler.extend([value], [weight])
    (mean,) = known(downsampler.series().values)
    assert mean is not None
    assert isclose(mean, ((1 + 3 + 5) * 2 + 7 + 9 + 11 + 13) / (3 * 2 + 4))


def test_median_of_too_many_is_refused() -> None:
    downsampler = Downsampler(Agg.MEDIAN, exact=4, buckets=4)
    with pytest.raises(UsageError, match="median of more than 4"):
        downsampler.extend([1, 2, 3, 4])


@given(
    st.lists(st.integers(-9, 9) | st.just(nan), max_size=200),
    st.sampled_from([2, 4, 8, 10]),
    st.sampled_from([agg for agg in Agg if agg is not Agg.MEDIAN]),
)
def test_merged_line_keeps_totals_extremes_and_bounds(
    values: list[float], buckets: int, agg: Agg
) -> None:
    line = merged(values, agg, buckets=buckets)
    present = [value for value in values if not isnan(value)]
    assert len(line.values) <= buckets
    if line.summary is not None:
        summary = line.summary
        assert (summary.size, summary.first, summary.last) == (len(values), present[0], present[-1])
        assert (summary.low, summary.high) == (min(present), max(present))
        assert max(summary.low_at, summary.high_at) < len(line.values)
    shown = [value for value in floats(line.values) if not isnan(value)]
    assert agg is not Agg.MIN or sorted(shown)[:1] == sorted(present)[:1]
    assert agg is not Agg.MAX or sorted(shown)[-1:] == sorted(present)[-1:]
    if line.weights is not None:
        weights = floats(line.weights)
        assert sum(weights) == len(present)
        pairs = zip(floats(line.values), weights, strict=True)
        total = sum(value * weight for value, weight in pairs if weight)
        assert agg is not Agg.MEAN or isclose(total, sum(present), abs_tol=1e-9)


def test_raw_maximum_is_found_again_after_merging() -> None:
    values = [0.0] * 50 + [99.0] + [0.0] * 50 + [60.0] * 2 + [0.0] * 25
    line = merged(values, Agg.MEAN, buckets=16)
    assert line.summary is not None
    assert line.summary.high_at == 50 * len(line.values) // len(values)
    picture = draw([line], SparklineOptions(labels=True))
    assert picture.lines[0].endswith("  last 0  min 0  max 99")
    assert picture.notes == (f"128 values, {128 // len(line.values)} per column (mean)",)


@pytest.mark.skipif(sys.platform == "win32", reason="no resource usage there")
def test_endless_numbers_are_read_in_bounded_memory() -> None:
    script = (
        "from glomex_cli.charts.parse.reader import read_pieces\n"
        "piece = b'1 2 3 4\\n' * 6000\n"
        "reading = read_pieces(piece for _ in range(100))\n"
        "print(reading.series[0].summary.size)\n"
    )
    done = measured_python("-c", script, env=dict(os.environ))
    assert done.out == "2400000\n"
    assert done.peak_mib < 130


def test_blank_input_without_end_is_not_kept() -> None:
    pieces = chain(repeat(b"\n" * 65536, 200), [b"1 x"])
    with pytest.raises(UsageError, match=f"line {200 * 65536 + 1}"):
        read_pieces(pieces)


def test_input_that_stops_early_gives_what_came() -> None:
    assert len(read_pieces(islice(repeat(b"1 2 3 "), 100)).series[0].values) == 300


@pytest.mark.skipif(sys.platform == "win32", reason="no resource usage there")
@pytest.mark.parametrize("form", ["lines", "array", "arrays"])
def test_long_json_is_read_in_bounded_memory(form: str) -> None:
    script = f"""
from glomex_cli.charts.parse.reader import read_pieces
row = b'{{"day": "2026-03-01", "n": 7}}'
if {form!r} == "arrays":
    row = b'["2026-03-01T00:00:00Z", 7, 9]'
between = b"\\n" if {form!r} == "lines" else b",\\n"
def pieces():
    yield b"" if {form!r} == "lines" else b"["
    for _ in range(200):
        yield (row + between) * 2000
    yield row + (b"" if {form!r} == "lines" else b"]")
(line,) = read_pieces(pieces()).series
print(line.summary.size, line.summary.last, len(line.times) == len(line.values))
"""
    done = measured_python("-c", script, env=dict(os.environ))
    assert done.out == "400001 7.0 True\n"
    assert done.peak_mib < 48
