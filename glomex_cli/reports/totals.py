"""Sums of metrics: which may be added up, and the row of totals below a report."""

import math
import re
from collections.abc import Sequence

from glomex_cli.dates.buckets import dimension_names, metric_names
from glomex_cli.models import Cell, Report, Role, Row
from glomex_cli.reports.comparison import CHANGE, PREVIOUS, change_cells
from glomex_cli.services.normalize import numeric

TOTAL_LABEL = "total"

_WORD_ENDS = re.compile(r"_|(?<=[a-z])(?=[A-Z])")
# Adding these up gives a number that means nothing; people counted once a day are among them.
_NO_SUM = re.compile(
    r".*rate|ratio|percent.*|pct|share|average.*|avg|mean|median|min|max|p?[0-9]+(th)?|score"
    r"|index|frequency|throughput|latency|startup|per|[a-z]?cpm|rpm|cpc|ctr|vtr"
    r"|unique.*|distinct|viewers|visitors|users|reach"
)
_SUM = re.compile(
    r"views|impressions|counts?|clicks|plays|starts|completes|requests"
    r"|revenue|earnings|cost|seconds|minutes|hours|bytes"
)


def is_sum(name: str, cells: Sequence[Cell]) -> bool:
    """Return whether a metric's values may be added up.

    Never where a word of the name speaks of a rate, average, percentile, score or of people
    (`fill_rate`, `average_watch_time`, `unique_viewers`); always where one speaks of counts
    or amounts (`video_views`, `revenue`); of the others, metrics made of integers.

    >>> is_sum("fill_rate", [1, 0]), is_sum("revenue", [0.5]), is_sum("playing_time", [3])
    (False, True, True)
    """
    words = [word.lower() for word in _WORD_ENDS.split(name)]
    if any(_NO_SUM.fullmatch(word) for word in words):
        return False
    if any(_SUM.fullmatch(word) for word in words):
        return True
    return all(isinstance(numeric(cell), int) for cell in cells if cell is not None)


def add_up(name: str, cells: Sequence[Cell]) -> float | None:
    """Return the sum of what is there: exact for integers, None where nothing may be added.

    Text that is no number among the cells makes the sum unknown, not smaller.
    """
    present = [cell for cell in cells if cell is not None]
    numbers = [number for cell in present if (number := numeric(cell)) is not None]
    if not numbers or len(numbers) < len(present) or not is_sum(name, present):
        return None
    if all(isinstance(number, int) for number in numbers):
        return sum(numbers)
    return _float_sum(numbers)


def total_of(report: Report) -> Report:
    """Return the report with a total: a sum below each metric that `is_sum`, blank elsewhere.

    A change and its percentage come from the totals themselves. The first dimension says
    `total`. Rows are read, so a stream ends here.
    """
    rows = list(report.rows)
    cells: dict[str, Cell] = dict.fromkeys(column.name for column in report.columns)
    for label in dimension_names(report.columns)[:1]:
        cells[label] = TOTAL_LABEL
    compared = [c.name.removesuffix(CHANGE) for c in report.columns if c.role is Role.CHANGE]
    for name in metric_names(report.columns):
        cells[name] = add_up(_base(name, compared), [row.get(name) for row in rows])
    for name in compared:
        cells |= _compared(name, cells)
    return report._replace(rows=rows, total=cells)


def _base(name: str, compared: Sequence[str]) -> str:
    base = name.removesuffix(PREVIOUS)
    return base if base in compared else name


def _compared(name: str, sums: Row) -> Row:
    """Return all four cells; one side that may not be added up leaves the other alone."""
    now, before = sums[name], sums[name + PREVIOUS]
    return change_cells(name, now=now, before=before)


def _float_sum(numbers: Sequence[float]) -> float | None:
    try:
        return math.fsum(numbers)
    except OverflowError:
        return None
