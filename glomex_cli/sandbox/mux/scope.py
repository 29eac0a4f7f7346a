"""What a request is about: metric, measurement, range, buckets, and the cells that count.

All times are epoch seconds, in UTC. How the sandbox behaves is set in code or by the
environment.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from glomex_cli.sandbox.mux.access import invalid
from glomex_cli.sandbox.mux.catalog import DIMENSIONS, MEASUREMENTS, METRICS, Metric
from glomex_cli.sandbox.mux.parameters import Parameters, passing
from glomex_cli.sandbox.mux.traffic import DAY, HOUR, MINUTE, Clock, Segment

_ON = frozenset({"1", "true", "yes", "on"})
_OFF = frozenset({"0", "false", "no", "off"})
_MOST_DIGITS = 9  # of a number in the environment
GRANULARITIES = {"minute": MINUTE, "ten_minutes": 10 * MINUTE, "hour": HOUR, "day": DAY}
_UNITS = {"minutes": MINUTE, "hours": HOUR, "days": DAY}
_DEFAULT = ("24:hours",)
_DURATION = re.compile(r"([1-9][0-9]{0,5}):([a-z]+)", re.ASCII)
_EPOCH = re.compile(r"[0-9]{1,10}", re.ASCII)
_MOST_BUCKETS = 10_000
# Up to which length a granularity is the default, and rounds the range of a single figure.
_LONGEST = (
    ("minute", 90 * MINUTE - 1),
    ("ten_minutes", 6 * HOUR),
    ("hour", 15 * DAY),
)
_MOST_ROWS = 100
_USUAL_ROWS = 25


@dataclass(frozen=True, slots=True)
class MuxOptions:
    """What differs from the service as documented; the defaults differ in nothing.

    `strings` writes numbers as strings where the answers of 2020 did. `throttle` refuses what
    exceeds so many requests a second, with `Retry-After` if `retry_after`; 0 never does.
    `html` answers an HTML page and `empty` nothing at all, both with status 200. `cut_pages`
    leaves the last row of a page out but counts it. `no_meta` leaves `meta` out.
    `retention_days` is how many whole days before today are answered; 120 have data.
    """

    strings: bool = False
    throttle: int = 0
    retry_after: bool = True
    html: bool = False
    empty: bool = False
    cut_pages: bool = False
    no_meta: bool = False
    retention_days: int = 100


def options_from(environ: Mapping[str, str]) -> MuxOptions:
    """Read the variables `GLOMEX_SANDBOX_…`; an empty one counts as not set.

    Raises ValueError naming the variable when its value makes no sense.

    >>> options_from({"GLOMEX_SANDBOX_THROTTLE": "5"}).throttle
    5
    """
    standard = MuxOptions()
    return MuxOptions(
        strings=_is_on(environ, "STRINGS"),
        throttle=_number(environ, "THROTTLE", standard.throttle),
        retry_after=_is_on(environ, "RETRY_AFTER", default="1"),
        html=_is_on(environ, "HTML"),
        empty=_is_on(environ, "EMPTY"),
        cut_pages=_is_on(environ, "CUT_PAGES"),
        no_meta=_is_on(environ, "NO_META"),
        retention_days=_number(environ, "RETENTION_DAYS", standard.retention_days),
    )


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(f"GLOMEX_SANDBOX_{name}", "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise ValueError(f"GLOMEX_SANDBOX_{name} must be a whole number, such as 5")
    return int(text)


def _is_on(environ: Mapping[str, str], name: str, *, default: str = "0") -> bool:
    text = (environ.get(f"GLOMEX_SANDBOX_{name}") or default).lower()
    if text not in _ON | _OFF:
        raise ValueError(f"GLOMEX_SANDBOX_{name} must be 1 or 0")
    return text in _ON


class Timeframe(NamedTuple):
    """A range of epoch seconds: `end` is the first second after it."""

    first: int
    end: int

    @property
    def granularity(self) -> str:
        """Return the granularity that suits its length.

        >>> Timeframe(0, 24 * 3600).granularity
        'hour'
        """
        length = self.end - self.first
        return next((name for name, longest in _LONGEST if length <= longest), "day")

    def outward(self) -> "Timeframe":
        """Return the range rounded to its granularity, start down and end up.

        >>> Timeframe(3700, 24 * 3600 + 3700).outward()
        Timeframe(first=3600, end=93600)
        """
        step = GRANULARITIES[self.granularity]
        return Timeframe(self.first // step * step, -(-self.end // step) * step)

    def buckets(self, granularity: str) -> "list[tuple[str, Timeframe]]":
        """Return the buckets, each with its start as text; the first and last may be cut."""
        step = GRANULARITIES[granularity]
        starts = range(self.first // step * step, self.end, step)
        if len(starts) > _MOST_BUCKETS:
            raise invalid("the timeframe is too long for this group_by")
        return [(_text(start), self._cut(start, start + step)) for start in starts]

    def _cut(self, first: int, end: int) -> "Timeframe":
        return Timeframe(max(self.first, first), min(self.end, end))


def read_timeframe(values: Sequence[str], now: int) -> Timeframe:
    """Read `timeframe[]`: two epochs, or one duration such as `24:hours` that ends now.

    Raises RefusedError for anything else.

    >>> read_timeframe(["2:hours"], 10_000)
    Timeframe(first=2800, end=10000)
    """
    match values or _DEFAULT:
        case [duration]:
            return Timeframe(now - _seconds(duration), now)
        case [first, end] if _EPOCH.fullmatch(first) and _EPOCH.fullmatch(end):
            if int(first) >= int(end):
                raise invalid("timeframe must begin before it ends")
            return Timeframe(int(first), int(end))
        case _:
            raise invalid("timeframe must be two epoch timestamps or one duration")


def _seconds(duration: str) -> int:
    found = _DURATION.fullmatch(duration)
    if found is None or found[2] not in _UNITS:
        raise invalid("a duration must be a number and hours, days or minutes, as in 24:hours")
    return int(found[1]) * _UNITS[found[2]]


def _text(epoch: int) -> str:
    return datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Scope:
    """The parameters that all figures take, read and checked."""

    parameters: Parameters
    options: MuxOptions
    clock: Clock
    timeframe: Timeframe
    keep: Sequence[int]

    def segments(self, metric: Metric, timeframe: Timeframe) -> list[Segment]:
        """Return the views of a range that the metric counts."""
        return list(self.clock.segments(*timeframe, engagement=metric.is_engagement))

    def answer(
        self, data: object, rows: int | None, timeframe: tuple[int, int]
    ) -> dict[str, object]:
        """Return the body of an answer; `timeframe` is the range really used."""
        return {"data": data, "total_row_count": rows, "timeframe": list(timeframe)}

    def rounded_answer(self, data: object, rows: int | None) -> dict[str, object]:
        """Return the body of an answer about the range rounded outward, up to its last second."""
        first, end = self.timeframe.outward()
        return self.answer(data, rows, (first, end - 1))

    def with_meta(
        self, body: dict[str, object], metric: Metric, granularity: str
    ) -> Mapping[str, object]:
        """Return the body with `meta`, unless the options leave it out."""
        aggregation = "view_start" if metric.is_engagement else "view_end"
        meta = {"aggregation": aggregation, "granularity": granularity}
        return body if self.options.no_meta else {**body, "meta": meta}

    def page(self, rows: Sequence[object]) -> list[object]:
        """Return the rows of the page asked for."""
        limit = self.parameters.number("limit", default=_USUAL_ROWS, highest=_MOST_ROWS)
        number = self.parameters.number("page", default=1)
        page = list(rows[(number - 1) * limit : number * limit])
        return page[:-1] if self.options.cut_pages else page

    def text(self, number: float) -> float | str:
        """Return the number, or its text where the answers of 2020 had text."""
        return str(number) if self.options.strings else number


def scope_of(parameters: Parameters, options: MuxOptions, clock: Clock) -> Scope:
    """Read the three lists, or raise RefusedError."""
    timeframe = read_timeframe(parameters.all("timeframe[]"), clock.now)
    keep = passing(tuple(parameters.all("filters[]")), tuple(parameters.all("metric_filters[]")))
    return Scope(parameters, options, clock, timeframe, keep)


def metric_of(ident: str) -> Metric:
    """Return the metric with that id, or raise RefusedError."""
    if ident not in METRICS:
        raise invalid(f"unknown metric: {ident}")
    return METRICS[ident]


def dimension_of(name: str) -> str:
    """Return the name if it is a dimension's, or raise RefusedError."""
    if name not in DIMENSIONS:
        raise invalid(f"unknown dimension: {name}")
    return name


def measurement_of(metric: Metric, parameters: Parameters) -> str:
    """Return the measurement asked for, else the metric's own, or raise RefusedError."""
    measurement = parameters.choice("measurement", MEASUREMENTS, metric.default)
    if measurement not in metric.measurements:
        raise invalid(f"{metric.ident} has no measurement {measurement}")
    return measurement
