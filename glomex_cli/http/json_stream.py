"""Read JSON while it arrives, with the standard library's scanner and bounded memory.

A report of a million rows is never held whole: its rows come out in batches, each decoded at
the scanner's full speed. Errors: ServiceError for what is not JSON, NetworkError for an end that
comes too early.
"""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NoReturn

from glomex_cli.errors import NetworkError, ServiceError
from glomex_cli.metrics import exact_float
from glomex_cli.models import Json

_BLANKS = " \t\n\r"
_NOT_BLANK = re.compile(r"[^ \t\n\r]")
_PART_OF_NUMBER = re.compile(r"[-+.eE0-9]*")
_SPACED_COLON = re.compile(r"[ \t\r\n]:")
_UNFINISHED = re.compile(r"-?|\.|[eE][-+]?|n(ul?)?|t(ru?)?|f(a|al|als)?")


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python reads but JSON does not have (RFC 8259, section 6)."""
    raise ValueError(name)


class JsonReader:
    """Pulls values out of a stream of UTF-8 chunks, from left to right."""

    def __init__(
        self, chunks: Iterable[bytes], *, limit: int, value_limit: int | None = None
    ) -> None:
        """Read `chunks`; refuse more than `limit` bytes, and a value longer than `value_limit`.

        At most twice the `value_limit`, in characters, is held at a time.
        """
        self._chunks = iter(chunks)
        self._left = limit
        self._value_limit = limit if value_limit is None else value_limit
        self._utf8 = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder(parse_float=exact_float, parse_constant=_refuse_constant)
        self._text = ""
        self._at = 0
        self._is_fresh = False

    def peek(self) -> str:
        """Return the next character that is not blank, without consuming it."""
        while True:
            if found := _NOT_BLANK.search(self._text, self._at):
                self._at = found.start()
                return found[0]
            self._at = len(self._text)
            if not self._read_more():
                raise _cut_short()

    def value(self) -> Json:
        """Read the next value, whole."""
        self.peek()
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if len(self._text) - self._at > self._value_limit:
                    raise _too_large() from None
                if not self._double():
                    raise self._judge_rest() from None
                continue
            except (ValueError, RecursionError):
                raise _not_json() from None
            if _PART_OF_NUMBER.fullmatch(self._text, end) and self._double():
                continue  # a number may go on in the next chunk, also behind its `.` or `e`
            self._refuse_repeats([value], end)
            self._at = end
            return value  # type: ignore[no-any-return]  # the scanner builds nothing else

    def members(self) -> Iterator[str]:
        """Yield the keys of an object; after each the caller reads its value.

        One that comes twice is refused: its rows would count twice.
        """
        seen = set[str]()
        self._take("{")
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            key = self.value()
            if not isinstance(key, str):
                raise _not_json()
            self._take(":")
            if key in seen:
                raise _name_twice()
            seen.add(key)
            yield key
            if self._take(",}") == "}":
                return

    def elements(self) -> Iterator[Json]:
        """Yield the elements of an array."""
        return chain.from_iterable(self.batches())

    def batches(self) -> Iterator[list[Json]]:
        """Yield the elements of an array in lists, none longer than a few chunks of text."""
        self._take("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            if batch := self._batch():
                yield batch
            yield [self.value()]
            if self._take(",]") == "]":
                return

    def end(self) -> None:
        """Check that only blanks are left, and that the stream itself ends well."""
        while self._read_more() or self._at < len(self._text):
            if self._text[self._at :].strip(_BLANKS):
                raise _not_json()
            self._at = len(self._text)

    def _batch(self) -> list[Json]:
        """Decode all whole objects at hand in one call.

        The cut may fall inside a string or an inner object; then the text does not parse and
        the elements are taken one by one. The same text is tried only once.
        """
        cut = self._text.rfind("},", self._at) if self._is_fresh else -1
        self._is_fresh = False
        if cut < 0:
            return []
        try:
            batch: list[Json] = self._json.decode(f"[{self._text[self._at : cut + 1]}]")
        except (ValueError, RecursionError):
            return []
        self._refuse_repeats(batch, cut + 1)
        self._at = cut + 2
        return batch

    def _refuse_repeats(self, found: list[Json], end: int) -> None:
        """Raise ServiceError where a name comes twice in an object, as nobody knows which counts.

        Each member has a colon behind a quote, so that counting both is proof, at full speed;
        only where text has them too, or a blank before one, is it read with more care.
        """
        is_flat = set(map(type, found)) == {dict}
        if is_flat and sum(map(len, found)) == self._text.count(":", self._at, end):  # type: ignore[arg-type]
            return
        is_close = sum(map(_size, found)) == self._text.count('":', self._at, end)
        if is_close and not _SPACED_COLON.search(self._text, self._at, end):
            return
        try:
            json.loads(f"[{self._text[self._at : end]}]", object_pairs_hook=_refuse_repeated)
        except RecursionError:
            raise _not_json() from None

    def _take(self, allowed: str) -> str:
        found = self.peek()
        if found not in allowed:
            raise _not_json()
        self._at += 1
        return found

    def _double(self) -> bool:
        """Read until the text at hand has doubled, so that retries cost no more than twice."""
        wanted = 2 * (len(self._text) - self._at)
        grew = False
        while len(self._text) - self._at <= wanted and self._read_more():
            grew = True
        return grew

    def _read_more(self) -> bool:
        for chunk in self._chunks:
            self._left -= len(chunk)
            if self._left < 0:
                raise _too_large()
            if text := self._decode(chunk):
                self._text = self._text[self._at :] + text
                self._at = 0
                self._is_fresh = True
                return True
        self._decode(b"", final=True)
        return False

    def _decode(self, chunk: bytes, *, final: bool = False) -> str:
        try:
            return self._utf8.decode(chunk, final)
        except UnicodeDecodeError:
            raise (_cut_short() if final else _not_json()) from None

    def _judge_rest(self) -> ServiceError | NetworkError:
        """Return the error for the value at hand: cut short, or never JSON."""
        try:
            self._json.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            if _is_unfinished(error):
                return _cut_short()
        return _not_json()


def _size(found: Json) -> int:
    """Return how many members an object has, those of its own objects among them."""
    if type(found) is not dict:
        return 1 if type(found) is list else 0
    inner = [each for each in found.values() if type(each) is dict]
    return len(found) + sum(map(len, inner))


def _refuse_repeated(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    if len(found := dict(pairs)) < len(pairs):
        raise _name_twice()
    return found


def _is_unfinished(error: json.JSONDecodeError) -> bool:
    """Return whether more text could have mended `error`."""
    if error.msg.startswith("Unterminated string"):
        return True
    rest = error.doc[error.pos :].rstrip(_BLANKS)
    if error.msg.startswith("Invalid \\u"):
        return len(rest) < len("\\u0000")
    return _UNFINISHED.fullmatch(rest) is not None


def _cut_short() -> NetworkError:
    return NetworkError("the response of the service is incomplete", "try again")


def _too_large() -> ServiceError:
    return ServiceError(
        "the response of the service is too large",
        "ask for fewer days or dimensions, or check the endpoint: glomex status",
    )


def _name_twice() -> ServiceError:
    return ServiceError(
        "the response of the service is not JSON: a name occurs twice",
        "check the endpoint: glomex status",
    )


def _not_json() -> ServiceError:
    return ServiceError(
        "the response of the service is not JSON", "check the endpoint: glomex status"
    )
