"""Series drawn as sparklines: rows of glyphs, colored where color is on.

Color marks the extremes, the columns of `--emphasize` and, faint, what is not a whole column.
What only labels need is imported with them.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.series import Series, summarize
from glomex_cli.charts.sparkline.columns import Columns, grid_of, in_time_order, reduce
from glomex_cli.charts.sparkline.glyphs import glyph_rows, sparkline_scale
from glomex_cli.charts.sparkline.shares import reduction_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glomex_cli.charts.series import Scale, Summary
    from glomex_cli.charts.sparkline.columns import Columns, Grid
    from glomex_cli.charts.sparkline.glyphs import GlyphRow
    from glomex_cli.charts.sparkline.options import SparklineOptions

_BOLD = "1"
_DIM = "2"
_REVERSE = "7"
_WHOLE_CELLS = " █"


def color_codes(
    columns: Columns, summary: Summary | None, options: SparklineOptions
) -> list[list[str]]:
    """Return each column's ANSI codes: the one with the raw maximum bold, the minimum dim.

    Later rules of emphasis win over earlier ones; equal values have no extremes.
    """
    colors = [""] * len(columns.values)
    for rule in options.emphasis:
        for column in rule.applies_to(columns.values):
            colors[column] = rule.code
    weights = _weights(columns, summary)
    return [
        [code for code in (weights.get(column, ""), color) if code]
        for column, color in enumerate(colors)
    ]


def _weights(columns: Columns, summary: Summary | None) -> dict[int, str]:
    weights = dict.fromkeys(columns.faint, _DIM)
    if summary is not None and summary.low != summary.high:
        # What is not whole stays faint, though it holds the maximum.
        weights.setdefault(columns.column_of(summary.high_at), _BOLD)
        weights.setdefault(columns.column_of(summary.low_at), _DIM)
    return weights


def paint(row: GlyphRow, codes: Sequence[Sequence[str]]) -> str:
    """Return the row's text with its ANSI codes, reset after each run of equal ones."""
    cells = [
        (character, _cell_code(character, code, reverse=row.reverse))
        for character, code in zip(row.text, codes, strict=True)
    ]
    runs = groupby(cells, key=lambda cell: cell[1])
    return "".join(_run("".join(text for text, _ in run), code) for code, run in runs)


def _cell_code(character: str, codes: Sequence[str], *, reverse: bool) -> str:
    is_reversed = reverse and character not in _WHOLE_CELLS
    return ";".join([*codes, _REVERSE] if is_reversed else codes)


def _run(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if code else text


class ReducedSeries(NamedTuple):
    """A series reduced to columns; the summary is there for labels and color only."""

    series: Series
    grid: Grid
    summary: Summary | None
    columns: Columns
    note: str


def reduced_series(
    series: Series, grid: Grid, summary: Summary | None, options: SparklineOptions, *, width: int
) -> ReducedSeries:
    """Return the series reduced to at most `width` columns."""
    columns = reduce(series, grid, width=width, agg=options.agg)
    note = reduction_note(series, grid, columns, width=width)
    return ReducedSeries(series, grid, summary, columns, note)


def painted_rows(lines: Sequence[ReducedSeries], options: SparklineOptions) -> list[list[str]]:
    """Return the rows of each line from the top down, painted where color is on."""
    scales = _scales(lines, options)
    return [_rows(line, scale, options) for line, scale in zip(lines, scales, strict=True)]


def _rows(line: ReducedSeries, scale: Scale, options: SparklineOptions) -> list[str]:
    rows = glyph_rows(line.columns.values, scale, options)
    if not options.color:
        return [row.text for row in rows]

    codes = color_codes(line.columns, line.summary, options)
    return [paint(row, codes) for row in rows]


def _scales(lines: Sequence[ReducedSeries], options: SparklineOptions) -> list[Scale]:
    """Return the scale of each line: its own, or one over all of them."""
    if not options.shared:
        return [sparkline_scale(line.columns.values, options) for line in lines]
    every = [value for line in lines for value in line.columns.values]
    return [sparkline_scale(every, options)] * len(lines)


def reduction_notes(lines: Sequence[ReducedSeries]) -> Iterator[str]:
    """Yield a note for each line that was reduced; one for all, where it is the same."""
    notes = [line.note for line in lines]
    if len(set(notes)) == 1:
        yield from filter(None, notes[:1])
        return
    from glomex_cli.terminal.sanitize import clean

    for line, note in zip(lines, notes, strict=True):
        if note:
            yield f"{clean(line.series.name)}: {note}"


class Picture(NamedTuple):
    """The lines for stdout, and the notes for stderr."""

    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


def sparkline(
    values: Sequence[float | None], *, name: str = "", width: int = 80, height: int = 1
) -> str:
    """Return the values drawn in at most `width` columns and `height` rows; None is a gap.

    Where there are more values than columns, neighbors share one: sums or means, by what a
    metric of that `name` is. Raises UsageError where the options ask for the impossible.

    >>> sparkline([1, 5, None, 22, 13])
    '▁▂ █▅'
    """
    from glomex_cli.charts.sparkline.options import SparklineOptions
    from glomex_cli.metrics import guess_kind

    options = SparklineOptions(width=width, height=height)
    return "\n".join(draw([Series(name, values, kind=guess_kind(name))], options).lines)


def draw(series: Sequence[Series], options: SparklineOptions) -> Picture:
    """Draw one line per series, none wider than `options.width`.

    Without any value the picture is one empty line and the note "no data". Raises UsageError
    where the options ask for the impossible.

    >>> from glomex_cli.charts.sparkline.options import SparklineOptions
    >>> draw([Series("", [1, 5, None, 22, 13])], SparklineOptions()).lines
    ('▁▂ █▅',)
    """
    options.check()
    ordered = [in_time_order(one) for one in series if len(one.values)]
    if not ordered:
        return Picture(("",), ("no data",))
    return _labeled(ordered, options) if options.labels else _bare(ordered, options)


def _bare(series: Sequence[Series], options: SparklineOptions) -> Picture:
    lines = [
        reduced_series(
            one,
            grid_of(one),
            summarize(one) if options.color else None,
            options,
            width=options.width,
        )
        for one in series
    ]
    texts = [row for rows in painted_rows(lines, options) for row in rows]
    return Picture(tuple(texts), tuple(reduction_notes(lines)))


def _labeled(series: Sequence[Series], options: SparklineOptions) -> Picture:
    from glomex_cli.charts.sparkline.labels import label_layout, labeled_lines

    grids = [grid_of(one) for one in series]
    summaries = [summarize(one) for one in series]
    frame = label_layout(series, summaries, grids, options)
    lines = [
        reduced_series(one, grid, summary, options, width=frame.columns)
        for one, grid, summary in zip(series, grids, summaries, strict=True)
    ]
    return Picture(tuple(labeled_lines(lines, frame, options)), tuple(reduction_notes(lines)))
