"""Series to draw, and canvases to draw them on."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from glomex_cli.charts.plot.draw import draw_chart
from glomex_cli.charts.plot.layout import Chart, ChartCanvas, ChartKind, ChartLine, DataPoint

MONDAY = date(2026, 1, 5)


def daily(values: Iterable[float | None], *, start: date = MONDAY) -> list[DataPoint]:
    """Return one point for each day from `start` on."""
    return [(start + timedelta(days=index), value) for index, value in enumerate(values)]


def canvas(width: int, height: int, *, color: bool = False, unicode: bool = True) -> ChartCanvas:
    """Return a canvas without color."""
    return ChartCanvas(width, height, color=color, unicode=unicode)


def drawn(
    lines: Sequence[ChartLine],
    on: ChartCanvas,
    *,
    title: str = "",
    kind: ChartKind = ChartKind.LINE,
) -> list[str]:
    """Return the lines of a chart."""
    return draw_chart(Chart(title, lines, kind), on).split("\n")


def inside(picture: Sequence[str]) -> list[str]:
    """Return what stands between the borders, in a chart drawn with Unicode."""
    rows = [row for row in picture if row.rstrip().endswith("│") or "├" in row]
    return [row.replace("┤", "│").replace("├", "│").split("│")[1] for row in rows]
