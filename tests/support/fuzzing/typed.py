"""Fuzzing targets for what a person types, pipes in or sets."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from ipaddress import ip_address
from math import isinf, isnan
from pathlib import Path

import httpx

from glomex_cli.auth.mfa import parse_code
from glomex_cli.charts.parse.reader import is_document, read_pieces
from glomex_cli.config.endpoint import parse_endpoint
from glomex_cli.config.profiles import is_name, profiles_in
from glomex_cli.dates.calendar import whole_days
from glomex_cli.dates.comparison import parse_comparison
from glomex_cli.dates.moments import EARLIEST
from glomex_cli.dates.ranges import ServiceCalendar, TypedRange, resolve_range
from glomex_cli.errors import ConfigurationError, UsageError
from glomex_cli.models import Bucket, Period
from support.fuzzing.target import assert_explained, text_of

# No profile can be called so, and no key of ours is: nothing may repeat it.
CANARY = "canary 77be"
PASSWORD = "canary-77be"  # what may stand in an address, and no message may repeat
_LAST_DAY = date.max.toordinal() - 300
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_CONFIG = Path("config.toml")
_LATE_MARK = re.compile(rb"(\xef\xbb\xbf|[ \t\r\n])+(\xff\xfe|\xfe\xff)")
_NUMBER = re.compile(rb"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_GAPS = {b"-", b"null", b"none", b"nan", b"+nan", b"-nan", b"na", b"n/a"}
_INFINITIES = {sign + word for sign in (b"", b"+", b"-") for word in (b"inf", b"infinity")}
_PORTS = {"https": 443, "http": 80}


def day_words(data: bytes) -> None:
    """Whatever is typed for days, on any day, is a past range or one line; nothing else ever."""
    which, days, text = data[:1], int.from_bytes(data[1:3], "big"), text_of(data[3:])
    today = EARLIEST + timedelta(days=days)
    typed = TypedRange(**dict(zip(_options(which), text.split("|"), strict=False)))
    buckets = (None, *Bucket)
    bucket = buckets[sum(which) // 6 % len(buckets)]
    calendar = ServiceCalendar(datetime.combine(today, time(12, 34), tzinfo=UTC), tuple(Bucket))
    try:
        period = whole_days(resolve_range(typed, calendar, bucket))
    except UsageError as error:
        assert_explained(error)
        return
    assert period.first <= period.last <= today
    assert period.first.year >= EARLIEST.year - 1


def _options(which: bytes) -> tuple[str, ...]:
    ways = (("first", "last"), ("span",), ("named",), ("last",), ("first",), ("span", "named"))
    return ways[which[0] % len(ways) if which else 0]


def comparison_words(data: bytes) -> None:
    """Whatever is typed to compare with is a range of whole order, or one line."""
    buckets = (None, *Bucket)
    bucket = buckets[sum(data[:1]) % len(buckets)]
    first = date.fromordinal(1 + int.from_bytes(data[1:4], "big") % _LAST_DAY)
    current = Period(first, first + timedelta(days=sum(data[4:5])))
    try:
        found = parse_comparison(text_of(data[5:]), current, now=_NOW, bucket=bucket)
    except UsageError as error:
        assert_explained(error)
        return
    assert found.current == current
    assert found.before[0] <= found.before[1]


def numbers(data: bytes) -> None:
    """Any bytes in any pieces are the same finite numbers and gaps, or the same one line.

    Text that begins with numbers, without commas, is exactly its words; with `skip_bad` no text
    is refused.
    """
    size, body = (sum(data[:1]) + len(data)) % 30 + 1, data[1:]
    if _LATE_MARK.match(body):
        return  # a mark of UTF-16 behind blanks or another mark counts or not, as the cuts fall
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    whole, cut = _read([body]), _read(pieces)
    assert whole == cut
    assert not isinstance(whole, list) or {"inf", "-inf"}.isdisjoint(whole)
    if is_document(body.removeprefix(b"\xef\xbb\xbf")):
        return
    assert isinstance(_read(pieces, skip_bad=True), list)
    first = body.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    if not re.search(rb"[,;\"]", body) and _words(first) is not None:
        assert (whole if isinstance(whole, list) else None) == _words(body)


def _read(pieces: list[bytes], *, skip_bad: bool = False) -> list[str] | str:
    """Return what was read, so that gaps are equal to gaps; or the line that says why not."""
    try:
        reading = read_pieces(iter(pieces), skip_bad=skip_bad)
    except UsageError as error:
        assert_explained(error)
        return error.message.partition(", column")[0]  # blanks in pieces of their own do not count
    values = [value for series in reading.series for value in series.values]
    return ["gap" if value is None or isnan(value) else repr(value) for value in values]


def _words(body: bytes) -> list[str] | None:
    words = body.removeprefix(b"\xef\xbb\xbf").split()
    found = [_word(word) for word in words]
    return None if None in found else [word for word in found if word is not None]


def _word(word: bytes) -> str | None:
    if _NUMBER.fullmatch(word):
        return "gap" if isinf(float(word)) else repr(float(word))
    return "gap" if word.lower() in _GAPS | _INFINITIES else None


def endpoint(data: bytes) -> None:
    """Any text is an address that httpx reads as we do, encrypted or this machine's; or one line.

    What is refused is not repeated.
    """
    text = text_of(data)
    try:
        found = parse_endpoint(text)
    except ConfigurationError as error:
        assert_explained(error, but_not=PASSWORD)
        return
    if found.is_sandbox:
        return
    assert found.is_encrypted or _is_this_machine(found.host)
    assert parse_endpoint(found.url) == found
    url = httpx.URL(found.url)
    origin = f"{url.scheme}://{url.netloc.decode()}"
    assert found.origin in {origin, f"{origin}:{_PORTS[url.scheme]}"}
    assert (url.userinfo, url.query, url.fragment) == (b"", b"", "")


def _is_this_machine(host: str) -> bool:
    return host == "localhost" or ip_address(host.strip("[]")).is_loopback


def config(data: bytes) -> None:
    """Any text of `config.toml` is profiles that can be named; or one line without its values."""
    text = text_of(data)
    try:
        found = profiles_in(_CONFIG, text)
    except ConfigurationError as error:
        assert_explained(error, but_not=CANARY)
        return
    assert is_name(found.default)
    assert all(is_name(name) and each.name == name for name, each in found.profiles.items())


def mfa_code(data: bytes) -> None:
    """Any text is all of its own digits, six to eight, or is refused in one line without them."""
    text = text_of(data)
    try:
        code = parse_code(text)
    except UsageError as error:
        assert_explained(error)
        return
    digits = [char for char in unicodedata.normalize("NFKC", text) if char.isdecimal()]
    assert code == "".join(digits)
    assert re.fullmatch("[0-9]{6,8}", code)
