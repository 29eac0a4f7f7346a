"""What a metric is: its unit, whether it adds up, and which direction is better. No effects.

A service says so by its schema or a table of its own. Only where neither knows a metric does its
name decide: `guess_kind` is the one list of words for that.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, Self


class Agg(StrEnum):
    """How several values become one; the values of `--agg`."""

    MEAN = "mean"
    SUM = "sum"
    MIN = "min"
    MAX = "max"
    LAST = "last"
    MEDIAN = "median"


class Unit(StrEnum):
    """What the numbers of a metric count or measure, as the service sends them."""

    COUNT = "count"
    NUMBER = "number"  # a figure of no known unit
    FRACTION = "fraction"  # 0.607 is shown as 60.7%
    PERCENT = "percent"  # 60.7 is shown as 60.7%
    SCORE = "score"  # 0.87 is shown as 87, as Mux's dashboard does
    MILLISECONDS = "milliseconds"
    SECONDS = "seconds"
    MONEY = "money"  # of the account's currency, which no service names
    BITS_PER_SECOND = "bits_per_second"
    PER_MINUTE = "per_minute"


class Better(StrEnum):
    """Which direction of change is good news."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class CellType(StrEnum):
    """What the cells of a column are in a file that has types, such as Parquet."""

    TEXT = "text"
    DATE = "date"
    TIMESTAMP = "timestamp"
    INTEGER = "integer"
    NUMBER = "number"


class MetricKind(NamedTuple):
    """What a metric is. `agg` merges several of its values into one.

    `adds_up` is None where nobody knows: such a metric is never summed. `weight` names the
    metric by whose values a mean is weighted; empty for a plain mean.
    """

    unit: Unit = Unit.NUMBER
    adds_up: bool | None = None
    better: Better = Better.NEITHER
    agg: Agg = Agg.MEAN
    weight: str = ""


UNKNOWN = MetricKind()

_WORD_ENDS = r"[^0-9A-Za-z]+|(?<=[a-z])(?=[A-Z])"
_NO_SUM = MetricKind(adds_up=False)
_SUM = MetricKind(adds_up=True, agg=Agg.SUM)
_AVERAGES = (
    ".*rate|ratio|percent.*|pct|share|average.*|avg|mean|min|max|score|index|per|[0-9]+"
    "|[a-z]?cpm|rpm|cpc|ctr|vtr|unique.*|distinct|viewers|visitors|users|reach"
)
# The first rule of which a word is in the name decides. Averages come before counts: an
# `error_rate` does not count errors, nor `average_views` views. People counted once a day are
# among what cannot be added; so is how long something takes to begin, whatever its unit.
# Patterns are compiled on use: every command imports this module, few guess.
_RULES = (
    ("p[0-9]+|[0-9]+th|median|percentiles?", _NO_SUM._replace(agg=Agg.MAX)),
    (_AVERAGES, _NO_SUM),
    (
        "views|impressions|counts?|clicks|plays|starts|completes|requests|errors|failures|total",
        _SUM._replace(unit=Unit.COUNT),
    ),
    ("revenues?|earnings|costs?", _SUM._replace(unit=Unit.MONEY)),
    ("latency|startup|load|throughput|frequency|length|duration|age|level", _NO_SUM),
    ("seconds|minutes|hours|bytes", _SUM),
)
_WATCHED = "watch(ed)?|viewing|played|playing"
_UNIT_WORDS = {
    "s": Unit.SECONDS, "sec": Unit.SECONDS, "seconds": Unit.SECONDS,
    "ms": Unit.MILLISECONDS, "millis": Unit.MILLISECONDS, "milliseconds": Unit.MILLISECONDS,
    "pct": Unit.PERCENT, "percent": Unit.PERCENT, "percentage": Unit.PERCENT,
}  # fmt: skip
_DOWN = (
    "errors?|fail.*|rebuffer.*|stalls?|stalled|latency|startup|load|exits?|dropped|crash.*"
    "|bounces?|buffering|abandon.*"
)
_UP = (
    "views|impressions|clicks|plays|starts|complet.*|revenues?|earnings|fill|watch(ed)?|viewers"
    "|visitors|users|reach|viewing|[a-z]?cpm|rpm|ctr|vtr"
)


def guess_kind(name: str) -> MetricKind:
    """Return what a metric of this name most likely is; `adds_up` is None where no word tells.

    Of percentiles the largest is kept where several become one, of all else that does not add
    up the mean.

    >>> [guess_kind(name).adds_up for name in ("video_views", "fill_rate", "mood")]
    [True, False, None]
    """
    words = [word.lower() for word in re.split(_WORD_ENDS, name) if word]
    kind = next((kind for pattern, kind in _RULES if _any(pattern, words)), UNKNOWN)
    if kind is UNKNOWN and "time" in words and _any(_WATCHED, words):
        kind = _SUM
    unit = next((_UNIT_WORDS[word] for word in words if word in _UNIT_WORDS), kind.unit)
    return kind._replace(unit=unit, better=_better(words))


def _better(words: Sequence[str]) -> Better:
    """Return which way is good news; what counts failures is bad news, whatever else it counts."""
    if _any(_DOWN, words):
        return Better.DOWN
    return Better.UP if _any(_UP, words) else Better.NEITHER


def _any(pattern: str, words: Sequence[str]) -> bool:
    return any(re.fullmatch(pattern, word) for word in words)


class ExactFloat(float):
    """A number of an answer whose digits a float does not keep: `str` returns them as sent.

    In sums and comparisons it is the nearest float; `1e400` is infinite.

    >>> str(ExactFloat("12345678901234567.89")), ExactFloat("1.50") == 1.5
    ('12345678901234567.89', True)
    """

    __slots__ = ("digits",)
    digits: str

    def __new__(cls, digits: str) -> Self:
        """Return the number that `digits`, of JSON's grammar, mean; ValueError for others."""
        number = super().__new__(cls, digits)
        number.digits = digits
        return number

    def __str__(self) -> str:
        return self.digits


def exact_float(digits: str) -> float:
    """Return a float that prints these digits again: a plain one where that does.

    >>> type(exact_float("0.5")).__name__, type(exact_float("0.50")).__name__
    ('float', 'ExactFloat')
    """
    number = float(digits)
    return number if repr(number) == digits else ExactFloat(digits)
