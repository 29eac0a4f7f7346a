"""The input of a chart, and its layout from the top down: title, legend, frame, and rows inside.

The legend shows a sample of each line and its name, in as many rows as there is height for.
Lines are told apart by color and marker where there is color, else by marker alone. The colors
are blue, orange, teal and magenta of the 256: they differ for color-blind eyes too, and have a
contrast of at least 3 to 1 with black and with white (WCAG 1.4.11).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from glomex_cli.metrics import UNKNOWN, MetricKind
from glomex_cli.terminal.sanitize import clean_for, display_width, fit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

_SAMPLE: Final = 3  # columns, with the blank behind it
_BETWEEN: Final = 2
_SHORTEST: Final = 3
_ROWS_EACH: Final = 6
_AXIS_ROWS: Final = 2
_LEAST_ROWS: Final = 2
_ROWS_WITH_TOP: Final = 4
DataPoint: TypeAlias = "tuple[date, float | None]"
COLORS: Final = (33, 166, 30, 170)
MOST_LINES: Final = 8
# plotext's names for glyphs of 2 x 4 dots and of 2 x 2 blocks to a cell.
BRAILLE: Final = "braille"
BLOCKS: Final = "hd"
_COARSE: Final = "ox+@%&="
_FAINT: Final = ":~-',^\""
_SAMPLES: Final = {BRAILLE: "⠒⠒", BLOCKS: "██"}


class Entry(NamedTuple):
    """A line's pen and name in the legend."""

    pen: Pen
    name: str


def legend_rows(entries: Sequence[Entry], canvas: ChartCanvas) -> list[str]:
    """Return the legend within the canvas, using at most a sixth of its height.

    Names are cut as little as possible; what does not fit even so is left out.
    """
    most = max(1, canvas.height // _ROWS_EACH)
    rows: list[str] = []
    for longest in range(canvas.width - _SAMPLE, _SHORTEST - 1, -1):
        names = [canvas.fitted(entry.name, longest) for entry in entries]
        rows = _wrapped(entries, names, canvas.width)
        if len(rows) <= most:
            break
    return rows[:most]


def _wrapped(entries: Sequence[Entry], names: Sequence[str], width: int) -> list[str]:
    rows: list[str] = []
    used = width
    for entry, name in zip(entries, names, strict=True):
        needed = _SAMPLE + display_width(name)
        text = f"{entry.pen.sample} {name}"
        if used + _BETWEEN + needed > width:
            rows.append(text)
            used = needed
        else:
            rows[-1] += " " * _BETWEEN + text
            used += _BETWEEN + needed
    return rows


class Layout(NamedTuple):
    """The rows of a canvas from the top down: `head`, the frame's top or none, `rows` inside."""

    head: list[str]
    has_top: bool
    rows: int


def layout_of(chart: Chart, canvas: ChartCanvas, right: frozenset[int]) -> Layout:
    """Return how the height is shared out.

    Where it is short, first the top of the frame is left out, then the title: a chart of several
    lines can do without it, but not without its legend.
    """
    entries = list(legend_entries(chart, canvas, right))
    head = legend_rows(entries, canvas) if len(entries) > 1 else []
    free = canvas.height - _AXIS_ROWS - len(head)
    title = canvas.fitted(chart.title, canvas.width)
    if title and free > _LEAST_ROWS:
        head.insert(0, title)
        free -= 1
    has_top = free > _ROWS_WITH_TOP
    return Layout(head, has_top, free - has_top)


def legend_entries(chart: Chart, canvas: ChartCanvas, right: frozenset[int]) -> Iterator[Entry]:
    """Yield what tells the lines apart, each followed by its previous period."""
    for number, line in enumerate(chart.lines):
        side = " (right)" if number in right else ""
        yield Entry(pen_of(number, chart.kind, canvas, is_previous=False), line.name + side)
        if line.previous:
            name = "previous" if len(chart.lines) == 1 else f"{line.name}, previous"
            yield Entry(pen_of(number, chart.kind, canvas, is_previous=True), name)


class ChartKind(StrEnum):
    """How values are drawn."""

    LINE = "line"
    BAR = "bar"


class ChartLine(NamedTuple):
    """A metric over time, in any order of time; None, NaN and infinities are gaps.

    `previous` is the same metric in an earlier period, its times already moved onto those of
    `points`; it is drawn on the same axis, fainter. `partial` are the indices of those points
    that are not final: a range cuts them, or they still grow. They are drawn faint. `kind` is
    what the metric is, which names the unit of its axis.
    """

    name: str
    points: Sequence[DataPoint]
    previous: Sequence[DataPoint] = ()
    partial: Collection[int] = ()
    kind: MetricKind = UNKNOWN


class ValueLimits(NamedTuple):
    """The ends of the scale, None where the values decide; `zero` makes it include zero."""

    low: float | None = None
    high: float | None = None
    zero: bool = False

    @property
    def is_fixed(self) -> bool:
        """Whether an end is given, so that all lines share one scale."""
        return self.low is not None or self.high is not None


class Chart(NamedTuple):
    """What to draw. Times are all days, all without a zone, or all with one.

    Where values have none, `is_timed` is off: times then only put the values in order.
    """

    title: str
    lines: Sequence[ChartLine]
    kind: ChartKind = ChartKind.LINE
    limits: ValueLimits = ValueLimits()
    is_timed: bool = True


class ChartCanvas(NamedTuple):
    """Where to draw: columns and rows, and whether color and more than ASCII can be shown."""

    width: int
    height: int
    color: bool
    unicode: bool

    def fitted(self, text: str, width: int) -> str:
        r"""Return `text` cleaned, in characters of the canvas, and at most `width` columns wide.

        >>> ChartCanvas(80, 24, color=False, unicode=False).fitted("Größe\x1b", 14)
        'Gr\\xf6\\xdf...'
        """
        safe = clean_for(text, "utf-8" if self.unicode else "ascii")
        return fit(safe, width, ellipsis="…" if self.unicode else "...").rstrip()


_FINEST: Final = {
    (ChartKind.LINE, True): BRAILLE,
    (ChartKind.LINE, False): "*",
    (ChartKind.BAR, True): BLOCKS,
    (ChartKind.BAR, False): "#",
}


class Pen(NamedTuple):
    """How one line looks. `ink` is its number; `code` its ANSI code, empty without color."""

    ink: int
    marker: str
    code: str

    @property
    def sample(self) -> str:
        """Two columns of the line, for the legend."""
        return self.paint(_SAMPLES.get(self.marker, self.marker * 2))

    def paint(self, text: str) -> str:
        """Return `text` in the line's color."""
        return f"\x1b[{self.code}m{text}\x1b[0m" if self.code else text


def pen_of(line: int, kind: ChartKind, canvas: ChartCanvas, *, is_previous: bool) -> Pen:
    """Return the pen of the line with that number, or the fainter one of its previous period."""
    color = COLORS[line % len(COLORS)]
    code = f"2;38;5;{color}" if is_previous else f"38;5;{color}"
    finest = _FINEST[kind, canvas.unicode]
    faintest = "·" if canvas.unicode else "."
    markers = faintest + _FAINT if is_previous else [finest, *_COARSE]
    return Pen(
        ink=2 * line + is_previous,
        marker=markers[line // len(COLORS) if canvas.color else line],
        code=code if canvas.color else "",
    )
