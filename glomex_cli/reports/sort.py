"""Rows in order, and no more of them than asked for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Generic, NamedTuple, TypeVar

from glomex_cli.dates.buckets import bucket_of, dimension_names, metric_names, time_order
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Cell, Column, Report, Row
from glomex_cli.reports.request import labels_by_values, with_labels
from glomex_cli.services.normalize import numeric
from glomex_cli.suggestions import closest, quoted

K = TypeVar("K", str, float)


class Order(NamedTuple):
    """One column to sort by."""

    name: str
    descending: bool = False


def parse_sort(key: str, columns: Sequence[Column]) -> Order:
    """Return the order that `--sort F` or `--sort -F` asks for, by a column's name or heading.

    A heading that several columns have is no name: `change` where two metrics are compared.

    >>> from glomex_cli.models import Role
    >>> parse_sort("-views", [Column("day", Role.DIMENSION), Column("views", Role.METRIC)])
    Order(name='views', descending=True)
    """
    name, sign = key.removeprefix("-"), "-" if key.startswith("-") else ""
    names = [column.name for column in columns]
    headed = [column.name for column in columns if column.label == name]
    if name in names:
        return Order(name, descending=bool(sign))
    if len(headed) == 1:
        return Order(headed[0], descending=bool(sign))
    like = closest(name, names)
    hint = f"did you mean --sort {sign}{like}?" if like else f"type one of: {', '.join(names)}"
    raise UsageError(f"--sort {quoted(key)} is not a column of this report", hint)


def sort_rows(report: Report, key: str | None = None) -> Report:
    """Return the report sorted by `key`: `F` ascending, `-F` descending, equal rows as they were.

    Without a key: by time, and within a bucket by the first metric descending; without a
    time bucket by the first metric descending; ties by the other dimensions' names. Rows whose
    time has a form that is not known come last, in the order of the service. In both
    directions numbers come before text, and what is missing comes last.
    """
    orders = _usual(report.columns) if key is None else [parse_sort(key, report.columns)]
    bucket = bucket_of(report.columns)
    rows = list(report.rows)
    unread: list[Row] = []
    if key is None and bucket:
        strange = {cell for cell in {row.get(bucket) for row in rows} if not _is_read(cell, bucket)}
        unread = [row for row in rows if row.get(bucket) in strange]
        rows = [row for row in rows if row.get(bucket) not in strange] if strange else rows
    for order in reversed(orders):
        rows = _sorted(rows, order, number_of=_reader(order.name, bucket))
    return report._replace(rows=[*rows, *unread] if unread else rows)


def sort_short(report: Report, *, most: int) -> tuple[Report, bool]:
    """Return the report sorted as without a key, and True, where at most `most` rows come.

    Columns of text are labels from here on, by the values of the rows that are held.
    Of a longer one the rows are passed on as they come, with False: no more than `most` and one
    are held. Rows that are a list are held already, and sorted.
    """
    if isinstance(report.rows, list):
        return sort_rows(with_labels(report)), True
    rows = iter(report.rows)
    ahead = list(islice(rows, most + 1))
    columns = labels_by_values(report.columns, ahead)
    if len(ahead) <= most:
        return sort_rows(report._replace(columns=columns, rows=ahead)), True
    return report._replace(columns=columns, rows=chain(ahead, rows)), False


def limit_rows(report: Report, limit: int | None) -> Report:
    """Return the first `limit` rows, or all for None. A total stays the total of all rows.

    Rows are passed on as they come, so that a stream stays one.
    """
    if limit is None:
        return report
    if limit < 1:
        raise UsageError(f"--limit {limit} shows no row", "type --limit 1 or more, or leave it out")
    return report._replace(rows=islice(report.rows, limit))


def _usual(columns: Iterable[Column]) -> list[Order]:
    columns = tuple(columns)
    bucket, dimensions = bucket_of(columns), dimension_names(columns)
    by_time = [Order(bucket)] if bucket is not None else []
    by_metric = [Order(name, descending=True) for name in metric_names(columns)[:1]]
    return [*by_time, *by_metric, *(Order(name) for name in dimensions if name != bucket)]


def _is_read(cell: Cell, bucket: Bucket) -> bool:
    return cell is None or time_order(cell, bucket) is not None


def _reader(name: str, bucket: Bucket | None) -> Callable[[Cell], float | None]:
    """Return what reads a column's cell as a number; time by when it is, however written."""
    if bucket is None or name != bucket:
        return numeric

    return lambda cell: time_order(cell, bucket)


def _sorted(
    rows: Iterable[Row], order: Order, *, number_of: Callable[[Cell], float | None]
) -> list[Row]:
    numbers, texts, missing = _Ranked[float](), _Ranked[str](), list[Row]()
    for row in rows:
        cell = row.get(order.name)
        number = number_of(cell)
        if number is not None:
            numbers.add(number, row)
        elif cell is not None:
            texts.add(str(cell).casefold(), row)
        else:
            missing.append(row)
    down = order.descending
    return [*numbers.in_order(descending=down), *texts.in_order(descending=down), *missing]


class _Ranked(Generic[K]):
    """Rows and their keys in two lists: a million pairs would cost seconds of collecting."""

    def __init__(self) -> None:
        self.keys: list[K] = []
        self.rows: list[Row] = []

    def add(self, key: K, row: Row) -> None:
        """Take one more row."""
        self.keys.append(key)
        self.rows.append(row)

    def in_order(self, *, descending: bool) -> Iterator[Row]:
        """Return the rows by their keys, equal ones as they were added."""
        places = sorted(range(len(self.rows)), key=self.keys.__getitem__, reverse=descending)
        return (self.rows[place] for place in places)
