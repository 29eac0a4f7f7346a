"""JSON text that comes in pieces, as documents and as elements of long arrays.

Many are decoded at once: text is cut behind what looks like the end of one. Only a right cut
decodes, so that a wrong guess costs time and changes nothing; then they are decoded one by one.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Final, NoReturn, cast

from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glomex_cli.models import Json

# Enough for a thousand rows, little beside what the program itself takes.
_CHUNK: Final = 1 << 16
# Longer than any literal, escape or number's end that the edge of the text may cut.
_MARGIN: Final = 16
# In characters; decoded, it may take twenty times as much.
_LONGEST_VALUE: Final = 16 << 20
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_HINT: Final = "check it with: jq ."
_LONG_HINT: Final = "give it row by row, such as: jq -c '.rows[]' answer.json | glomex sparkline"
_TEXT_HINT: Final = "iconv -t UTF-8 FILE"
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
# What the last element of an array ends with, by what the first one begins with.
_ENDS: Final = {"{": "},", "[": "],"}


def text_of(pieces: Iterable[bytes], *, skip_bad: bool = False) -> Iterator[str]:
    """Decode UTF-8, or UTF-16 with a byte order mark; UsageError for anything else.

    With `skip_bad` a mark is put in place of what cannot be decoded.
    """
    decoder: codecs.IncrementalDecoder | None = None
    lines = 0
    for piece in _whole_marks(pieces):
        if decoder is None:
            name = "utf-16" if piece.startswith(_WIDE_MARKS) else "utf-8-sig"
            decoder = codecs.getincrementaldecoder(name)("replace" if skip_bad else "strict")
        try:
            text = decoder.decode(piece)
        except UnicodeDecodeError as error:
            line = lines + piece.count(b"\n", 0, error.start) + 1
            raise UsageError(f"the input is not UTF-8 text at line {line}", _TEXT_HINT) from error
        lines += text.count("\n")
        yield text
    try:
        yield decoder.decode(b"", final=True) if decoder else ""
    except UnicodeDecodeError as error:
        raise UsageError(f"the input is not UTF-8 text at line {lines + 1}", _TEXT_HINT) from error


def _whole_marks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Put the first bytes together, so that a byte order mark is not cut."""
    start = b""
    for piece in pieces:
        if len(start) < len(_WIDE_MARKS[0]):
            start += piece
            if len(start) >= len(_WIDE_MARKS[0]):
                yield start
        else:
            yield piece
    if 0 < len(start) < len(_WIDE_MARKS[0]):
        yield start


class JsonText:
    """Reads documents off a text; all numbers are floats, too large ones infinite.

    Raises UsageError, in one line, for what is not JSON: rubbish, a cut, NaN, a thousand levels.
    NaN and Infinity, which are not JSON either, pass with `skip_bad`.
    """

    def __init__(self, texts: Iterator[str], *, skip_bad: bool) -> None:
        self._texts = texts
        self._text = ""
        self._lines = 0
        self._column = 0
        self._is_ended = False
        self._is_lined = True
        constant = float if skip_bad else _refuse_constant
        self._decoder = json.JSONDecoder(parse_int=float, parse_constant=constant)

    def peek(self) -> str:
        """Return the next character that is no white space, empty at the end."""
        while True:
            match = _SPACE.match(self._text)
            self._drop(match.end() if match else 0)
            if self._text or not self._more(1):
                return self._text[:1]

    def lines(self) -> list[Json] | None:
        """Return the documents of the next lines, one on each; None where that is not the form."""
        if not self._is_lined:
            return None
        self._more(_CHUNK)
        end = len(self._text) if self._is_ended else self._text.rfind("\n") + 1
        lines = [line for line in self._text[:end].split("\n") if line.strip()]
        found = self._decoded("[" + ",".join(lines) + "]") if lines else None
        if found is None or len(found) != len(lines):
            self._is_lined = False
            return None
        self._drop(end)
        return found

    def document(self) -> Json:
        """Return the next document, or the next element of an array.

        Raises UsageError for one that is longer than 16 MiB.
        """
        while True:
            try:
                document, end = cast("tuple[Json, int]", self._decoder.raw_decode(self._text))
                is_whole = end < len(self._text) or self._is_ended
            except json.JSONDecodeError as error:
                if self._is_ended or not self._is_cut(error):
                    raise self._no_json(error) from error
                is_whole = False
                end, document = 0, None
            except RecursionError as error:
                raise _too_deep() from error
            if is_whole:
                self._drop(end)
                return document
            if len(self._text) > _LONGEST_VALUE:
                raise UsageError(
                    f"one value of the JSON is longer than {_LONGEST_VALUE >> 20} MiB", _LONG_HINT
                )
            self._more(min(2 * len(self._text), _LONGEST_VALUE) + _CHUNK)

    def open_array(self) -> None:
        """Go past the bracket that `peek` has shown."""
        self._drop(1)

    def elements(self) -> list[Json]:
        """Return the next elements of the array; none where it is over, its end gone past."""
        first = self.peek()
        if first == "]":
            self._drop(1)
            return []
        self._more(_CHUNK)
        end = self._text.rfind(_ENDS.get(first, ",")) + len(_ENDS.get(first, ","))
        found = self._decoded(f"[{self._text[: end - 1]}]") if end > 1 else None
        if found:
            self._drop(end)
            self._refuse_end()
            return found
        element = self.document()
        self._go_past_comma()
        return [element]

    def _go_past_comma(self) -> None:
        after = self.peek()
        if after == ",":
            self._drop(1)
            self._refuse_end()
        elif after != "]":
            self._refuse_here()

    def _refuse_end(self) -> None:
        """Raise UsageError where no element comes after a comma."""
        if self.peek() in {"]", ""}:
            self._refuse_here()

    def _refuse_here(self) -> NoReturn:
        raise self._no_json(json.JSONDecodeError("", self._text, 0))

    def _decoded(self, text: str) -> list[Json] | None:
        try:
            return cast("list[Json]", self._decoder.decode(text))
        except (json.JSONDecodeError, RecursionError):
            return None

    def _is_cut(self, error: json.JSONDecodeError) -> bool:
        """Return whether more text may mend what failed: it failed at the edge."""
        is_string = error.msg.startswith("Unterminated string")
        return is_string or error.pos >= len(self._text) - _MARGIN

    def _more(self, length: int) -> bool:
        """Read until there is text of that length; return whether there is any."""
        parts = [self._text]
        have = len(self._text)
        while have < length and not self._is_ended:
            text = next(self._texts, None)
            self._is_ended = text is None
            parts.append(text or "")
            have += len(parts[-1])
        self._text = "".join(parts)
        return bool(self._text)

    def _drop(self, end: int) -> None:
        """Forget the text up to `end`, but for the line and column it ended at."""
        if newlines := self._text.count("\n", 0, end):
            self._lines += newlines
            self._column = end - self._text.rfind("\n", 0, end) - 1
        else:
            self._column += end
        self._text = self._text[end:]

    def _no_json(self, error: json.JSONDecodeError) -> UsageError:
        column = error.colno + (self._column if error.lineno == 1 else 0)
        place = f"line {error.lineno + self._lines}, column {column}"
        return UsageError(f"the input is incomplete or not valid JSON at {place}", hint=_HINT)


def _too_deep() -> UsageError:
    return UsageError("the JSON is nested too deeply", hint=_HINT)


def _refuse_constant(word: str) -> float:
    raise UsageError(f"{word} is not valid JSON", hint="write null for a gap, or use --skip-bad")
