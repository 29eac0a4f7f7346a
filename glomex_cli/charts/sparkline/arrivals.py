"""Values out of bytes that keep coming: numbers as text, or one JSON document per line."""

from __future__ import annotations

from glomex_cli.charts.parse.numbers import Tally, shown
from glomex_cli.charts.parse.picking import Picking
from glomex_cli.charts.parse.reader import is_document, read_document, refuse_field
from glomex_cli.charts.parse.text import TextReader
from glomex_cli.charts.series import floats
from glomex_cli.errors import UsageError

_LONGEST_LINE = 1 << 20


class Arrivals:
    """Reads an endless input; the first character says whether it is text or JSON."""

    def __init__(self, *, field: str | None, skip_bad: bool) -> None:
        tally = Tally(skip_bad=skip_bad)
        self._picking = Picking(field, tally)
        self._text = TextReader(tally)
        self._is_json: bool | None = None
        self._rest = b""

    def feed(self, piece: bytes) -> list[float]:
        """Give the values that are complete by now; UsageError as in `read_pieces`."""
        if self._is_json is None:
            self._rest += piece
            if not self._rest.strip():
                return []
            self._is_json = is_document(self._rest)
            piece, self._rest = self._rest, b""
        return self._feed_json(piece) if self._is_json else self._feed_text(piece)

    def finish(self) -> list[float]:
        """Give the values of what is left when the input ends."""
        if self._is_json:
            rest, self._rest = self._rest, b""
            return self._line(rest)
        return self._text.finish()

    def notes(self) -> list[str]:
        """Say for stderr what became a gap."""
        return self._picking.tally.notes()

    def _feed_text(self, piece: bytes) -> list[float]:
        refuse_field(self._picking)
        return self._text.feed(piece)

    def _feed_json(self, piece: bytes) -> list[float]:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            raise UsageError("a line of JSON is longer than a million bytes")
        return [value for line in lines for value in self._line(line)]

    def _line(self, line: bytes) -> list[float]:
        found = read_document(line, self._picking).series
        if len(found) > 1:
            names = ", ".join(shown(series.name) for series in found[:8])
            raise UsageError(
                f"each line has several numbers: {names}", hint="pick one with --field"
            )
        return [value for series in found for value in floats(series.values)]
