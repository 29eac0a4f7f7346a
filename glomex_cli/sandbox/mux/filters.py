"""The grammar of `filters[]` and `metric_filters[]`, and the cells that pass them."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import ge, gt, le, lt, mul
from typing import NamedTuple

from glomex_cli.sandbox.mux.catalog import METRICS
from glomex_cli.sandbox.mux.dimensions import DIMENSIONS, TRACES
from glomex_cli.sandbox.mux.errors import invalid, invalid_filter
from glomex_cli.sandbox.mux.figures import column
from glomex_cli.sandbox.mux.population import CELLS, elements, values

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
