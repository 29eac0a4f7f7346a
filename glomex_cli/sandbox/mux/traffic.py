"""The viewers, and when they view: 4,093 kinds of view, and how many of each in an hour.

All figures are sums over these cells, so a breakdown, a filter and a series of the same range
agree to the last view. The values follow from a hash of the names alone. An hour follows from
its number alone, so the same range has the same figures tomorrow. Within the hour views are
spread evenly, and any two ranges that touch share no view.
"""

import math
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from hashlib import blake2b, shake_256
from itertools import accumulate
from struct import unpack
from typing import NamedTuple

from glomex_cli.sandbox.metrics import videos
from glomex_cli.sandbox.mux.catalog import CONTINENT_OF, COUNTRIES, TRACES

CELLS = 4093  # a prime: no pattern of the traffic repeats with it
_STRIDE = 1597  # spreads the cells that make sure of every country
_YES_NO = ("false 90", "true 10")
# Value and weight; `-` is null and `""` the empty text.
_WEIGHTED: dict[str, Sequence[str]] = {
    "asn": ("3320 30", "3209 22", "6805 14", "7922 12", "1299 8", "- 14"),
    "browser": ("Chrome 48", "Safari 27", "Firefox 9", "Edge 8", "Samsung_Internet 5", "- 3"),
    "browser_version": ("141 30", "140 24", "26.1 14", "18.6 12", "145.0 10", '"" 4', "- 6"),
    "cdn": ("fastly 46", "cloudfront 28", "akamai 19", "cloudflare 5", "- 2"),
    "operating_system": ("Windows 30", "iOS 26", "Android 24", "macOS 12", "Linux 5", "tvOS 3"),
    "player_error_code": ("2 2", "3 1", "4 1", "- 96"),
    "player_name": ("Main player 62", "Teaser 21", "Embedded 13", '"" 2', "- 2"),
    "player_software": ("Video.js 48", "hls.js 30", "AVPlayer 12", "ExoPlayer 10"),
    "source_type": ("application/x-mpegurl 80", "application/dash+xml 15", "video/mp4 5"),
    "stream_type": ("on-demand 80", "live 20"),
    "sub_property_id": ("news 40", "sport 35", "series 20", '"" 2', "- 3"),
    "video_cdn_trace": (
        "[fastly] 40",
        "[cloudfront] 25",
        "[akamai] 16",
        "[fastly,akamai] 8",
        "[fastly,cloudfront,fastly] 4",
        "[cloudflare] 5",
        "[] 2",
    ),
    "video_content_type": ("clip 55", "episode 25", "live 15", "- 5"),
    "viewer_connection_type": ("wifi 55", "cellular 25", "wired 15", "- 5"),
    "viewer_device_category": ("desktop 42", "phone 38", "tablet 11", "tv 8", "- 1"),
    "viewer_device_manufacturer": ("Apple 38", "Samsung 22", "Google 8", "LG 5", "- 27"),
    "viewer_device_name": ("iPhone 25", "Galaxy S24 12", "iPad 10", "Bravia 4", "- 49"),
    "environment_id": ("env-sandbox 1",),
    "exit_before_video_start": _YES_NO,
    "playback_failure": _YES_NO,
    "video_startup_failure": _YES_NO,
    "view_dropped": _YES_NO,
    "view_has_ad": ("true 60", "false 40"),
}
MINUTE, HOUR, DAY = 60, 3600, 86_400
DATA_DAYS = 120
# A view is complete, and counted at its start, at most so long after that.
_COMPLETE_AFTER_S = HOUR
_VIEWS_PER_HOUR = 1200
_WEEKDAYS = (1.05, 0.9, 0.88, 0.93, 0.97, 1.1, 1.2)  # Thursday first, as 1970-01-01 was
_QUIET_HOURS = frozenset({2, 3, 4})  # in some nights nobody watches
_QUIET_SHARE = 0.1
_INCIDENT_SHARE = 0.012


def uniform(name: str) -> list[float]:
    """Return a number from 0 to below 1 for each cell; the same name always draws the same."""
    digest = shake_256(name.encode()).digest(4 * CELLS)
    return [number / 2**32 for number in unpack(f"<{CELLS}I", digest)]


@cache
def values(dimension: str) -> tuple[str | None, ...]:
    """Return the value of each cell in a dimension; null where the sandbox collects nothing.

    A trace is one text, its elements in brackets: `[fastly,akamai]`.
    """
    if dimension in _WEIGHTED:
        pairs = [entry.rsplit(" ", 1) for entry in _WEIGHTED[dimension]]
        texts = [_text(value) for value, _ in pairs]
        return tuple(texts[n] for n in _drawn(dimension, [float(weight) for _, weight in pairs]))
    return _SPECIAL[dimension]() if dimension in _SPECIAL else (None,) * CELLS


@cache
def elements(dimension: str) -> tuple[tuple[str, ...], ...]:
    """Return the elements of each cell's trace, in order."""
    if dimension not in TRACES:
        raise ValueError(dimension)
    return tuple(
        tuple(filter(None, (value or "[]")[1:-1].split(","))) for value in values(dimension)
    )


def _text(value: str) -> str | None:
    return None if value == "-" else value.strip('"')


def _drawn(name: str, weights: Sequence[float]) -> list[int]:
    """Return for each cell the number of what it draws from so many weights."""
    sums = list(accumulate(weights))
    return [bisect(sums, draw * sums[-1], hi=len(sums) - 1) for draw in uniform(name)]


def _countries() -> tuple[str, ...]:
    """Return each cell's country; the first cell of each is certain, so that all have views."""
    drawn = _drawn("country", [1 / (rank + 1) ** 1.3 for rank in range(len(COUNTRIES))])
    places = [cell * _STRIDE % CELLS for cell in range(CELLS)]
    return tuple(
        COUNTRIES[place if place < len(COUNTRIES) else rank]
        for place, rank in zip(places, drawn, strict=True)
    )


def _watched() -> list[int]:
    """Return for each cell the number of its video; two more are unnamed: null and empty."""
    return _drawn("video_title", [*(video.daily_views for video in videos()), 900, 1500])


def _of_video(texts: Sequence[str]) -> tuple[str | None, ...]:
    named = (*texts, None, "")
    return tuple(named[number] for number in _watched())


_SPECIAL: dict[str, Callable[[], tuple[str | None, ...]]] = {
    "country": _countries,
    "continent_code": lambda: tuple(CONTINENT_OF[country or ""] for country in values("country")),
    "region": lambda: tuple(
        f"{country}-{number + 1}"
        for country, number in zip(values("country"), _drawn("region", [4, 2, 1]), strict=True)
    ),
    "video_id": lambda: _of_video([video.ident for video in videos()]),
    "video_series": lambda: _of_video([video.channel.title for video in videos()]),
    "video_title": lambda: _of_video([video.title for video in videos()]),
}


class Segment(NamedTuple):
    """Views one after another: the cell of the first, how many, and the load in thousandths."""

    start: int
    length: int
    load: int


class _Hour(NamedTuple):
    views: int
    start: int
    load: int


class Clock(NamedTuple):
    """The moment of asking, and the first moment that is answered; epoch seconds."""

    now: int
    horizon: int

    def segments(self, first: int, end: int, *, engagement: bool) -> Iterator[Segment]:
        """Yield the views from `first` to before `end`, in epoch seconds, that are known now.

        With `engagement` views count at their start and only once complete, so the newest hour
        still grows; else at their end.
        """
        first, end = max(first, self.horizon), min(end, self.now)
        growing = self.now - _COMPLETE_AFTER_S if engagement else end
        for begin in range(first - first % HOUR, end, HOUR):
            low, high = max(first, begin), min(end, begin + HOUR)
            hour = _hour(begin // HOUR)
            if high > growing:
                yield from self._complete(hour, begin, low, high)
            elif hour.views:
                yield _segment(hour, _passed(hour, low - begin), _passed(hour, high - begin))

    def _complete(self, hour: _Hour, begin: int, low: int, high: int) -> Iterator[Segment]:
        """Yield the complete views of an hour, minute by minute."""
        for minute in range(low - low % MINUTE, high, MINUTE):
            first = _passed(hour, minute - begin)
            started = _passed(hour, minute + MINUTE - begin) - first
            age = min(max(self.now - minute - MINUTE, 0), _COMPLETE_AFTER_S)
            last = first + started * age // _COMPLETE_AFTER_S
            yield _segment(
                hour,
                max(first, _passed(hour, low - begin)),
                min(last, _passed(hour, high - begin)),
            )


def clock(now: float, *, retention_days: int) -> Clock:
    """Return the clock at `now` that answers so many days before today, at most 120."""
    today = int(now) // DAY * DAY
    return Clock(int(now), today - min(retention_days, DATA_DAYS) * DAY)


def _segment(hour: _Hour, first: int, last: int) -> Segment:
    return Segment((hour.start + first) % CELLS, max(0, last - first), hour.load)


def _passed(hour: _Hour, seconds: int) -> int:
    """Return how many of the hour's views have happened after so many seconds."""
    return hour.views * seconds // HOUR


@lru_cache(maxsize=2 * 24 * DATA_DAYS)
def _hour(number: int) -> _Hour:
    digest = blake2b(b"mux hour %d" % number, digest_size=8).digest()
    noise, quiet, incident, spread = (byte / 255 for byte in digest[:4])
    hour_of_day, day = number % 24, number // 24
    evening = math.exp(-(((hour_of_day - 19) / 5) ** 2)) + 0.3 * math.exp(
        -(((hour_of_day - 11) / 4) ** 2)
    )
    is_quiet = hour_of_day in _QUIET_HOURS and quiet < _QUIET_SHARE
    busy = (0.15 + 1.7 * evening) * _WEEKDAYS[day % 7] * (0.9 + 0.2 * noise)
    load = 0.9 + 0.25 * evening + 0.08 * spread + (0.35 if incident < _INCIDENT_SHARE else 0)
    views = 0 if is_quiet else int(_VIEWS_PER_HOUR * busy)
    return _Hour(views, int.from_bytes(digest[4:], "big") % CELLS, int(1000 * load))
