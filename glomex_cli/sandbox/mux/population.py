"""The viewers: 4,093 kinds of view, each with a value in every dimension.

All figures are sums over these cells, so a breakdown, a filter and a series of the same range
agree to the last view. The values follow from a hash of the names alone.
"""

from bisect import bisect
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import shake_256
from itertools import accumulate
from struct import unpack

from glomex_cli.sandbox.catalog import videos
from glomex_cli.sandbox.mux.dimensions import TRACES
from glomex_cli.sandbox.mux.geography import CONTINENT_OF, COUNTRIES

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
