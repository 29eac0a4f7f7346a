"""What a metric is: its unit, whether it adds up, and which direction is better. No effects.

A service says so by its schema or a table of its own. Only where neither knows a metric does its
name decide: `guess_kind` is the one list of words for that.
"""

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
