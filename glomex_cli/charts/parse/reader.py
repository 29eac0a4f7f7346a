"""Stdin or arguments to series: text or JSON, told apart by the first character."""

from __future__ import annotations

import re
from array import array
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.parse.downsample import Downsampler
from glomex_cli.charts.parse.numbers import NUMBER_BYTES, FieldChoice, Tally
from glomex_cli.charts.parse.text import TextReader
from glomex_cli.charts.series import Series
from glomex_cli.errors import UsageError
from glomex_cli.metrics import Agg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BLANKS = b" \t\r\n"
_NOT_BLANK = bytes(byte for byte in range(256) if byte not in b" \t\r\n;")
_LONGEST_LINE = 1 << 20
_BLANK_LINES = re.compile(rb"(?:[ \t\r]*\n)*\r*")


class Reading(NamedTuple):
    """The series that were found, and the notes about them for stderr."""

    series: tuple[Series, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw, not even a gap."""
        return not any(len(series.values) for series in self.series)


def read_pieces(
    pieces: Iterable[bytes],
    *,
    field: str | None = None,
    skip_bad: bool = False,
    agg: Agg | None = None,
) -> Reading:
    """Parse input that comes in pieces, such as from `read1`; text of any length in bounded memory.

    Past two million numbers neighbors are merged by `agg`. `field` picks from JSON rows.
    `skip_bad` makes a gap of what is not a number; without it UsageError names it and its line.
    """
    tally = Tally(skip_bad=skip_bad)
    picking = FieldChoice(field, tally, agg)
    start, rest = _sniff(iter(pieces))
    if is_document(start):
        return read_document(chain([start], rest), picking, agg)
    return _read_text(chain([start], rest), picking, agg)


def read_words(words: Sequence[str], *, skip_bad: bool = False) -> Reading:
    """Parse numbers given as arguments; UsageError names the argument that is not one."""
    tally = Tally(skip_bad=skip_bad)
    reader = TextReader(tally, place="argument", has_comma_separators=True)
    text = "\n".join(words).encode("utf-8", "surrogatepass")
    values = array("d", reader.feed(text) + reader.finish())
    return Reading((Series("", values),), tuple(tally.notes()))


def are_numbers(words: Sequence[str]) -> bool:
    """Return whether every word is a number or a gap, so that no metric can be meant.

    >>> are_numbers(["1", "null", "2,5"]), are_numbers(["video_views"])
    (True, False)
    """
    try:
        read_words(words)
    except UsageError:
        return False
    return bool(words)


def _sniff(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Return the piece with the first character, and what follows.

    Of blank lines before it only the count is kept: a blank input may be endless.
    """
    start, lines = _without_mark(pieces), 0
    while not start.strip(_BLANKS):
        lines += start.count(b"\n")
        try:
            start = next(pieces)
        except StopIteration:
            return b"", pieces
    return b"\n" * lines + start, pieces


def _without_mark(pieces: Iterator[bytes]) -> bytes:
    start = b""
    for piece in pieces:
        start += piece
        if not any(mark != start and mark.startswith(start) for mark in (_MARK, *_WIDE_MARKS)):
            break
    return start.removeprefix(_MARK)


def is_document(start: bytes) -> bool:
    """Return whether the first character is that of JSON, or hidden in UTF-16."""
    return start.lstrip(_BLANKS).startswith((b"[", b"{", *_WIDE_MARKS))


def read_document(
    content: Iterable[bytes], picking: FieldChoice, agg: Agg | None = None
) -> Reading:
    """Parse JSON in pieces; or text, where decoding UTF-16 shows that it is."""
    # JSON's reader is imported where there is JSON: plain numbers start faster without it.
    from glomex_cli.charts.parse.json_documents import text_of
    from glomex_cli.charts.parse.json_shapes import series_from_json

    texts = text_of(content)
    start = ""
    while not start.strip() and (text := next(texts, None)) is not None:
        start += text
    whole = chain([start], texts)
    if not start.lstrip().startswith(("[", "{")):
        return _read_text((text.encode("utf-8", "surrogatepass") for text in whole), picking, agg)
    series = series_from_json(whole, picking)
    return Reading(tuple(series), (*picking.notes, *picking.tally.notes()))


def refuse_field(picking: FieldChoice) -> None:
    """Raise UsageError if a field was asked for, where there are only numbers."""
    if picking.wanted is not None:
        raise UsageError("--field needs rows, and the input is plain numbers", "leave out --field")


def _read_text(pieces: Iterable[bytes], picking: FieldChoice, agg: Agg | None) -> Reading:
    first, is_only_line, rest = _first_line(iter(pieces))
    if not _is_plain(first):
        # What reads tables is imported where there may be one.
        from glomex_cli.charts.parse.json_documents import text_of
        from glomex_cli.charts.parse.tables import is_table, series_from_table

        line = first.decode("utf-8", "replace").strip()
        if is_table(line, is_only_line=is_only_line):
            series = series_from_table(
                text_of(rest, skip_bad=picking.tally.skip_bad), line, picking
            )
            return Reading(tuple(series), (*picking.notes, *picking.tally.notes()))
    is_comma_line = is_only_line and not first.strip().translate(None, _NOT_BLANK)
    reader = TextReader(picking.tally, has_comma_separators=is_comma_line)
    return _read_numbers(reader, rest, picking, agg)


def _first_line(pieces: Iterator[bytes]) -> tuple[bytes, bool, Iterator[bytes]]:
    """Return the first line with text, whether it is the only one, and all pieces again.

    A line longer than a million bytes is taken for the only one.
    """
    start = b""
    for piece in pieces:
        start += piece
        if start.lstrip().find(b"\n") > 0 and start.lstrip().partition(b"\n")[2].strip():
            break
        if len(start) > _LONGEST_LINE:
            break
    whole = _BLANK_LINES.match(start)
    line, _, after = start[whole.end() if whole else 0 :].partition(b"\n")
    return line, not after.strip(), chain([start], pieces)


def _is_plain(line: bytes) -> bool:
    """Return whether a line holds numbers parted by blanks or semicolons, as most input does."""
    return not line.translate(None, NUMBER_BYTES + b" \t\r;") or not line.strip()


def _read_numbers(
    reader: TextReader, pieces: Iterable[bytes], picking: FieldChoice, agg: Agg | None
) -> Reading:
    downsampler = Downsampler(agg or Agg.MEAN)
    for piece in pieces:
        downsampler.extend(reader.feed(piece))
    downsampler.extend(reader.finish())
    series = downsampler.series()
    if series.values:
        refuse_field(picking)
    return Reading((series,), tuple(picking.tally.notes()))
