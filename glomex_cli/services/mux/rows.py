"""What the answers of Mux hold, as rows of a report; numbers may have come as text."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from glomex_cli.errors import ServiceError
from glomex_cli.models import Bucket, Cell, Json, Role
from glomex_cli.services.mux.timeframes import Timeframe, moment
from glomex_cli.services.normalize import normalize_cell, numeric

_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


class Figure(NamedTuple):
    """A value, and the number of views behind it."""

    value: Cell
    views: Cell


def series_figures(body: dict[str, Json], within: Timeframe) -> Iterator[tuple[int, Figure]]:
    """Yield the epoch and the figure of each bucket that begins in the range asked for.

    ServiceError for rows of another form. A bucket without views has no figure: it is a gap.
    """
    for row in _list(body):
        match row:
            case [str(start), value, views, *_]:
                epoch = _epoch(start)
                if within.first <= epoch < within.end:
                    yield epoch, Figure(_number(value), _number(views))
            case _:
                raise _odd()


def breakdown_figures(body: dict[str, Json]) -> Iterator[tuple[Cell, Figure]]:
    """Yield the value of the dimension, None for no value, and the figure of each row."""
    for row in _list(body):
        if not isinstance(row, dict):
            raise _odd()
        yield (
            _name(row.get("field")),
            Figure(_number(row.get("value")), _number(row.get("views"))),
        )


def overall_figure(body: dict[str, Json]) -> Figure:
    """Return the one figure of a range; no views make a gap of what is no count."""
    data = body.get("data")
    if not isinstance(data, dict):
        raise _odd()
    return Figure(_number(data.get("value")), _number(data.get("total_views")))


def row_count(body: dict[str, Json]) -> int | None:
    """Return how many rows there are in all, None where the answer does not say."""
    count = numeric(_cell(body.get("total_row_count")))
    return int(count) if count is not None and count >= 0 else None


def label_of(epoch: int, bucket: Bucket) -> str:
    """Return the start of a bucket as the rows of a report write it.

    >>> label_of(0, Bucket.HOUR), label_of(0, Bucket.DAY)
    ('1970-01-01T00:00:00Z', '1970-01-01')
    """
    return moment(epoch).strftime("%Y-%m-%d" if bucket is Bucket.DAY else _MOMENT)


def _list(body: dict[str, Json]) -> list[Json]:
    data = body.get("data")
    if not isinstance(data, list):
        raise _odd()
    return data


def _epoch(text: str) -> int:
    try:
        return int(datetime.fromisoformat(text).timestamp())
    except (ValueError, OverflowError):
        raise _odd() from None


def _number(value: Json) -> Cell:
    cell = _cell(value)
    number = numeric(cell)
    if number is None and normalize_cell(cell, Role.METRIC) is not None:
        raise _odd()
    return number


def _name(value: Json) -> Cell:
    return value if value is None or isinstance(value, str) else str(_cell(value))


def _cell(value: Json) -> Cell:
    if isinstance(value, (dict, list)):
        raise _odd()
    return value


def _odd() -> ServiceError:
    return ServiceError("Mux Data sent rows in an unknown format", "try again later")
