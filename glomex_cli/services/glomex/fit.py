"""Whether the rows of an answer fit the question, and whether the day given as `to` counts.

No document says how `to` is read. Daily rows are asked for with one day more and cut, which is
right for both. Weeks, months and sums would hold that day, so one or two small daily reports
are asked first, once for each kind of report. A failure teaches nothing: only whole answers do.

Rows that do not belong are left out, what comes twice is kept as sent, and both are told.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import Final, TypeAlias

from glomex_cli.dates.bucket_reader import BucketReader, is_iso
from glomex_cli.dates.calendar import ONE_DAY, whole_days
from glomex_cli.errors import InvalidQueryError, ServiceError, UnavailableError
from glomex_cli.models import Bucket, Cell, Period, Problem, Report, ReportRequest, Row

# Fetches a daily report, sent as it is.
AskDaily: TypeAlias = Callable[[ReportRequest], Report]
# Keys are remembered as hashes of 64 bits: 8 MB at most.
MOST_KEYS: Final = 1_000_000
# Hashes that are compared at once; of more, one part after the other, to save memory.
_PART = 150_000
_HALF_OF_ALL = 2**63


def learn_includes_to(request: ReportRequest, ask: AskDaily) -> bool | None:
    """Return whether `to` is inclusive: whether the last day of `request` has rows.

    None where that day has no data: then both readings give the same figures for `request`.
    Raises ServiceError where the service does not let it be found out.
    """
    last = whole_days(request.period).last
    titles = {f"{name}_title" for name in request.dimensions}
    metrics = tuple(name for name in request.metrics if name not in titles)[:1]
    probe = request._replace(dimensions=(Bucket.DAY,), metrics=metrics, filters=())
    if last in _days(probe._replace(period=Period(last - ONE_DAY, last)), ask):
        return True
    try:
        days = _days(probe._replace(period=Period(last - ONE_DAY, last + ONE_DAY)), ask)
    except ServiceError as error:
        if not error.is_refusal:
            raise
        raise ServiceError(
            f"{last} may be missing: the service accepts no later end of a range",
            f"end the range a day earlier: --to {last - ONE_DAY}",
        ) from None
    return False if last in days else None


def _days(probe: ReportRequest, ask: AskDaily) -> set[date]:
    """Return the days that have rows, of a whole answer: one that fails is asked once more."""
    try:
        return _whole(ask(probe))
    except (InvalidQueryError, UnavailableError):
        raise
    except ServiceError as error:
        if error.is_refusal:
            raise
        return _whole(ask(probe))


def _whole(report: Report) -> set[date]:
    days = {row.get(Bucket.DAY) for row in report.rows}
    if report.problems:
        first = report.problems[0].message
        message = f"could not detect how the service reads the end of a range: {first}"
        raise ServiceError(message, "try again")
    return {date.fromisoformat(str(day)) for day in days if day is not None}


class Fit:
    """Looks at the rows of one report as they pass.

    `spare` is the day that was asked for beyond the range, whose rows are left out in silence.
    `failure` is set, and no row kept after it, where a row cannot be placed.
    """

    def __init__(
        self, names: Sequence[str], buckets: BucketReader | None, spare: date | None = None
    ) -> None:
        self.count = 0
        self.last: date | None = None
        self.unread: Cell = None
        self.absent = Counter[str]()
        self.failure: ServiceError | None = None
        self._buckets = buckets
        self._key = itemgetter(*names)
        self._spare = spare
        self._fitting = set[Cell]()
        self._outside = list[str]()
        self._undated = 0
        self._keys = array("q")

    @property
    def is_full(self) -> bool:
        """Whether there were more rows than can be compared."""
        return self.count > MOST_KEYS

    def kept(self, rows: list[Row]) -> list[Row]:
        """Return the rows that belong to the question, their time in the form of ISO 8601."""
        self.count += len(rows)
        if self._buckets is not None:
            rows = self._in_time(rows, self._buckets)
        if len(self._keys) < MOST_KEYS:
            self._keys.extend(map(hash, map(self._key, rows)))
        return rows

    def problems(self, operation: str, *, has_errors: bool) -> Iterator[Problem]:
        """Yield what did not fit, once all rows have passed."""
        for name, count in self.absent.items():
            yield Problem(f"{_rows(count)} without {name}", f"{operation}.rows.{name}")
        if self._outside:
            first = self._outside[0]
            text = f"{_rows(len(self._outside))} outside the range left out, such as {first}"
            yield Problem(text, f"{operation}.rows")
        if self._undated and self._buckets and not has_errors:
            name = self._buckets.bucket
            yield Problem(f"{_rows(self._undated)} with no {name}", f"{operation}.rows.{name}")
        if repeats := self._repeats():
            place = f"{operation}.rows.{repeats[0]}"
            yield Problem(f"{_rows(len(repeats))} that came before, such as this one", place)

    def _in_time(self, rows: list[Row], buckets: BucketReader) -> list[Row]:
        name = buckets.bucket.value
        cells = set(map(itemgetter(name), rows))
        if cells <= self._fitting:
            return rows
        new = cells - self._fitting
        starts = {cell: buckets.start(cell) for cell in new}
        self._fitting |= {cell for cell in new if is_iso(cell, buckets.bucket) and starts[cell]
                          and buckets.holds(cell)}  # fmt: skip
        days = [day for day in starts.values() if day is not None]
        self.last = max(filter(None, (self.last, *days)), default=None)
        if cells <= self._fitting:
            return rows
        return list(self._those_placed(rows, buckets))

    def _those_placed(self, rows: list[Row], buckets: BucketReader) -> Iterator[Row]:
        """Yield the rows at their time, up to one whose day cannot be read."""
        for row in rows:
            placed = self._placed(row, buckets)
            if self.failure:
                return
            if placed is not None:
                yield placed

    def _placed(self, row: Row, buckets: BucketReader) -> Row | None:
        name = buckets.bucket.value
        cell = row[name]
        start = buckets.start(cell)
        if cell is None:
            self._undated += 1
        elif start is None:
            self._keep_unread(cell, buckets.bucket)
        elif not buckets.holds(cell):
            if start != self._spare:
                self._outside.append(str(buckets.label(cell)))
            return None
        elif not is_iso(cell, buckets.bucket):
            return {**row, name: buckets.label(cell)}
        return row

    def _keep_unread(self, cell: Cell, bucket: Bucket) -> None:
        if bucket is Bucket.DAY:  # it may be the spare day, and be counted twice
            message = "the service sent a day in an unknown format"
            hint = "group by week or month instead: -d week"
            self.failure = ServiceError(message, hint)
        self.unread = cell

    def _repeats(self) -> list[int]:
        """Return the places of rows whose dimensions came before, in order."""
        parts = len(self._keys) // _PART + 1
        step = 2 * _HALF_OF_ALL // parts + 1
        found = list[int]()
        for start in range(-_HALF_OF_ALL, _HALF_OF_ALL, step):
            within = range(start, start + step)
            part = list(filter(within.__contains__, self._keys)) if parts > 1 else self._keys
            if len(set(part)) < len(part):
                found += _places(self._keys, within)
        return sorted(found)


def _places(keys: Sequence[int], within: range) -> Iterator[int]:
    seen = set[int]()
    for place, key in enumerate(keys):
        if key in within:
            if key in seen:
                yield place
            seen.add(key)


def _rows(count: int) -> str:
    return "a row" if count == 1 else f"{count:,} rows"
