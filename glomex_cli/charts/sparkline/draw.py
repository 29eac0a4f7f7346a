"""Draw series as sparklines: lines of text. What only labels need is imported with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.series import Series, summarize
from glomex_cli.charts.sparkline.columns import grid_of, in_time_order
from glomex_cli.charts.sparkline.lines import painted_rows, reduced_series, reduction_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.sparkline.options import SparklineOptions


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
