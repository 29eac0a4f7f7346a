"""The query of a request, read strictly: what no document names is refused.

`filters[]` and `metric_filters[]` have a grammar of their own, and choose cells.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import ge, gt, le, lt, mul
from typing import NamedTuple
from urllib.parse import parse_qsl

from glomex_cli.sandbox.mux.access import invalid, invalid_filter
from glomex_cli.sandbox.mux.catalog import DIMENSIONS, METRICS, TRACES
from glomex_cli.sandbox.mux.figures import column
from glomex_cli.sandbox.mux.traffic import CELLS, elements, values

# The three lists that all figures take. Percent-encoded brackets arrive here as brackets.
LISTS = frozenset({"timeframe[]", "filters[]", "metric_filters[]"})
PAGED = LISTS | {"limit", "page"}
_MOST_FIELDS = 1000
_MOST_DIGITS = 9
EVERYTHING = (1,) * CELLS
_UNFILTERABLE = frozenset(
    {
        "exits_before_video_start",
        "unique_viewers",
        "video_startup_failure_percentage",
        "view_dropped_percentage",
        "views",
    }
)
_FILTER = re.compile(r"([!+-]*)([a-z0-9_]+):(.*)", re.ASCII | re.DOTALL)
_METRIC_FILTER = re.compile(r"([a-z0-9_]+)(>=|<=|>|<)(-?[0-9]+(?:\.[0-9]+)?)", re.ASCII)
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {">=": ge, "<=": le, ">": gt, "<": lt}


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of one request by name; only those of `LISTS` may have several values."""

    given: Mapping[str, Sequence[str]]

    def all(self, name: str) -> Sequence[str]:
        """Return every value of a list, in order."""
        return self.given.get(name, ())

    def text(self, name: str) -> str | None:
        """Return the value, or None where it was not given."""
        return self.given[name][0] if name in self.given else None

    def choice(self, name: str, allowed: Collection[str], default: str) -> str:
        """Return one of the values that are allowed, or raise RefusedError."""
        value = self.text(name)
        if value is not None and value not in allowed:
            raise invalid(f"{name} must be one of {', '.join(sorted(allowed))}")
        return default if value is None else value

    def number(self, name: str, *, default: int, highest: int | None = None) -> int:
        """Return a whole number from 1 to `highest`, or raise RefusedError."""
        text = self.text(name)
        if text is None:
            return default
        is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
        if not is_number or int(text) < 1 or (highest and int(text) > highest):
            until = f" to {highest}" if highest else ""
            raise invalid(f"{name} must be a whole number from 1{until}")
        return int(text)


def read_parameters(query: str, allowed: Collection[str]) -> Parameters:
    """Read a query string, or raise RefusedError for a parameter unknown or given twice."""
    given: dict[str, list[str]] = {}
    for name, value in _pairs(query):
        if name not in allowed:
            raise invalid(f"unknown parameter: {name}")
        given.setdefault(name, []).append(value)
        if name not in LISTS and len(given[name]) > 1:
            raise invalid(f"{name} must be given once")
    return Parameters(given)


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise invalid("too many parameters") from None


class Filter(NamedTuple):
    """A filter: the operator is empty or one of `!`, `+` and `-`."""

    operator: str
    dimension: str
    value: str

    @property
    def is_negative(self) -> bool:
        """Return whether it excludes what it matches."""
        return self.operator in {"!", "-"}

    def cells(self) -> tuple[int, ...]:
        """Return 1 for each cell that it lets pass, else 0."""
        if self.operator in {"+", "-"}:
            traces = elements(self.dimension)
            return tuple((self.value in trace) is (self.operator == "+") for trace in traces)
        given = values(self.dimension)
        return tuple((value == self.value) is (self.operator == "") for value in given)


def read_filter(text: str) -> Filter:
    """Read one filter, or raise RefusedError with an error that is a string.

    Only the first colon separates: the rest belongs to the value.

    >>> read_filter("!page_url:https://a.example/")
    Filter(operator='!', dimension='page_url', value='https://a.example/')
    """
    found = _FILTER.fullmatch(text)
    if found is None:
        raise invalid_filter("Filters must look like dimension:value")
    read = Filter(*found.groups())
    if read.dimension not in DIMENSIONS:
        raise invalid_filter(f"Unknown dimension: {read.dimension}")
    _check_operator(read)
    return read


@lru_cache(maxsize=64)
def passing(filters: tuple[str, ...], metric_filters: tuple[str, ...]) -> tuple[int, ...]:
    """Return 1 for each cell that passes all filters, else 0, or raise RefusedError.

    Filters of one dimension are alternatives; different dimensions and negatives must all hold.
    """
    groups = _groups([read_filter(text) for text in filters])
    kept: tuple[int, ...] = EVERYTHING
    for cells in [*groups, *map(_above, metric_filters)]:
        kept = tuple(map(mul, kept, cells))
    return kept


def _groups(filters: Sequence[Filter]) -> Iterable[tuple[int, ...]]:
    alternatives: dict[str, tuple[int, ...]] = {}
    for one in filters:
        if one.is_negative:
            yield one.cells()
        else:
            others = alternatives.get(one.dimension, (0,) * CELLS)
            alternatives[one.dimension] = tuple(map(max, others, one.cells()))
    yield from alternatives.values()


def _check_operator(read: Filter) -> None:
    if len(read.operator) > 1:
        raise invalid_filter(f"Unknown operator: {read.operator}")
    is_bracketed = read.value.startswith("[") and read.value.endswith("]")
    if read.dimension not in TRACES:
        if read.operator in {"+", "-"}:
            raise invalid_filter(f"{read.dimension} takes no set operators")
    elif read.operator == "!":
        raise invalid_filter(f"{read.dimension} cannot be negated; use -{read.dimension}:value")
    elif read.operator and ("[" in read.value or "]" in read.value):
        raise invalid_filter(f"Set operators take no brackets; use {read.operator}dimension:value")
    elif not read.operator and not is_bracketed:
        raise invalid_filter(
            f"Sequence dimensions require bracket notation. Use {read.dimension}:[value]"
        )


def _above(text: str) -> tuple[int, ...]:
    found = _METRIC_FILTER.fullmatch(text)
    if found is None:
        raise invalid("metric_filters must look like metric>=number")
    ident, operator, number = found.groups()
    if ident not in METRICS or ident in _UNFILTERABLE:
        raise invalid(f"metric_filters cannot use {ident}")
    measured, compare = column(ident), _COMPARISONS[operator]
    limit = float(number) * measured.scale
    pairs = zip(measured.values, measured.valid, strict=True)
    return tuple(int(bool(ok) and compare(value, limit)) for value, ok in pairs)
