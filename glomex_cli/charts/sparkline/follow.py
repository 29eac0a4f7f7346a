"""A sparkline of the last values of an endless input (`--follow`). No I/O, no clock.

Values arrive as bytes, numbers in text or one JSON document per line, and are drawn at most ten
times a second.
"""

from __future__ import annotations

from array import array
from collections import deque
from typing import TYPE_CHECKING

from glomex_cli.charts.parse.numbers import FieldChoice, Tally, quoted_word
from glomex_cli.charts.parse.reader import is_document, read_document, refuse_field
from glomex_cli.charts.parse.text import TextReader
from glomex_cli.charts.series import Series, floats, summary_of
from glomex_cli.charts.sparkline.figures import figures_of
from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from glomex_cli.charts.sparkline.options import SparklineOptions

_LONGEST_LINE = 1 << 20
REDRAW_S = 0.1
# As wide as figures usually are: the line should not jump when a digit is added.
_FIGURES_WIDTH = len("  last -999.9k  min -999.9k  max -999.9k")
_LEAST_PART = 2
# Kept for a terminal that is made wider; none is wider than this.
_MOST_COLUMNS = 1000
# ED of ECMA-48: what wrapped into the rows below goes too.
# As in `terminal.watch`: ED alone from the corner would leave a copy in the history of tmux.
_ERASE_BELOW = "\r\x1b[K\x1b[C\x1b[J\r"


class Arrivals:
    """Reads an endless input; the first character says whether it is text or JSON."""

    def __init__(self, *, field: str | None, skip_bad: bool) -> None:
        tally = Tally(skip_bad=skip_bad)
        self._picking = FieldChoice(field, tally)
        self._text = TextReader(tally)
        self._is_json: bool | None = None
        self._rest = b""

    def feed(self, piece: bytes) -> list[float]:
        """Return the values that are complete by now; UsageError as in `read_pieces`."""
        if self._is_json is None:
            self._rest += piece
            if not self._rest.strip():
                return []
            self._is_json = is_document(self._rest)
            piece, self._rest = self._rest, b""
        return self._feed_json(piece) if self._is_json else self._feed_text(piece)

    def finish(self) -> list[float]:
        """Return the values of what is left when the input ends."""
        if self._is_json:
            rest, self._rest = self._rest, b""
            return self._line(rest)
        return self._text.finish()

    def notes(self) -> list[str]:
        """Return what became a gap, as notes for stderr."""
        return self._picking.tally.notes()

    def _feed_text(self, piece: bytes) -> list[float]:
        refuse_field(self._picking)
        return self._text.feed(piece)

    def _feed_json(self, piece: bytes) -> list[float]:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            raise UsageError(
                "a line of JSON is longer than a million bytes", "give one value on each line"
            )
        return [value for line in lines for value in self._line(line)]

    def _line(self, line: bytes) -> list[float]:
        found = read_document([line], self._picking).series
        if len(found) > 1:
            names = ", ".join(quoted_word(series.name) for series in found[:8])
            raise UsageError(
                f"each line has several numbers: {names}", hint="pick one with --field"
            )
        return [value for series in found for value in floats(series.values)]


class SparklineFollower:
    """Turns arriving bytes into the text to write, at most ten times a second.

    With `in_place` the text covers the one before, at the width that `width_now` returns, and
    the cursor rests at its start: a terminal that wraps rows when it is resized takes the cursor
    along. Otherwise it is one line for each line that brought values. Memory is bounded.
    """

    def __init__(
        self,
        options: SparklineOptions,
        *,
        in_place: bool,
        field: str | None = None,
        skip_bad: bool = False,
        width_now: Callable[[], int] | None = None,
    ) -> None:
        options.check()
        if options.height > 1 or options.split:
            raise UsageError("--follow draws a single row", hint="leave out --height and --split")
        self._options = options
        self._width_now = width_now or (lambda: options.width)
        self._in_place = in_place
        self._arrivals = Arrivals(field=field, skip_bad=skip_bad)
        self._values: deque[float] = deque(maxlen=max(options.width, _MOST_COLUMNS))
        self._is_changed = False
        self._drawn_at_s: float | None = None

    def feed(self, piece: bytes, *, now_s: float) -> str:
        """Read a piece and return what to write now, often nothing; UsageError as in reading."""
        if self._in_place:
            self._push(self._arrivals.feed(piece))
            return self.redraw(now_s=now_s)
        lines = piece.splitlines(keepends=True)
        return "".join(self._update(self._arrivals.feed(line)) for line in lines)

    def wait_s(self, *, now_s: float) -> float | None:
        """Return in how many seconds to call `redraw`; None if nothing waits to be shown."""
        if not self._is_changed:
            return None
        return max(0.0, REDRAW_S - (now_s - (self._drawn_at_s or 0.0)))

    def redraw(self, *, now_s: float) -> str:
        """Return the line if it changed and the last drawing is at least REDRAW_S ago."""
        is_early = self._drawn_at_s is not None and now_s - self._drawn_at_s < REDRAW_S
        if is_early or not self._is_changed:
            return ""
        self._drawn_at_s = now_s
        return self._frame()

    def finish(self) -> str:
        """Return the end: what was not yet shown, and a newline where the line is open."""
        values = self._arrivals.finish()
        if not self._in_place:
            return self._update(values)
        self._push(values)
        return (self._frame() if self._values else "") + "\n"

    def notes(self) -> list[str]:
        """Return what became a gap, as notes for stderr."""
        return self._arrivals.notes()

    def _push(self, values: list[float]) -> None:
        self._values.extend(values)
        self._is_changed = self._is_changed or bool(values)

    def _update(self, values: list[float]) -> str:
        self._push(values)
        self._is_changed = False
        return self._line() + "\n" if values else ""

    def _frame(self) -> str:
        self._is_changed = False
        return f"{_ERASE_BELOW}{self._line()}\r"

    def _line(self) -> str:
        """Return the line, no wider than there is room now."""
        width = max(1, self._width_now())
        has_figures = self._options.labels and width >= _FIGURES_WIDTH * _LEAST_PART
        columns = width - (_FIGURES_WIDTH if has_figures else 0)
        values = array("d", list(self._values)[-columns:])
        options = self._options._replace(width=columns, labels=False)
        glyphs = draw([Series("", values)], options).lines[0]
        figures = figures_of(summary_of(values))[:_FIGURES_WIDTH] if has_figures else ""
        return glyphs + figures
