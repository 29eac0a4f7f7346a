"""The rows of split requests as the one answer that an unsplit request would have given."""

from collections.abc import Iterable
from datetime import date
from operator import itemgetter

from glomex_cli.dates.buckets import written_day
from glomex_cli.errors import ServiceError
from glomex_cli.models import Cell, Period, Row
from glomex_cli.names import Bucket


def trim(rows: Iterable[Row], window: Period) -> Iterable[Row]:
    """Give the rows of a daily report whose day lies in `window`.

    A window is asked with one day more (`periods.asked`), which a service that includes the
    day given as `to` answers too. A row without a day, as partial data has, is kept. A day
    in an unknown form is a ServiceError, since it might be counted twice. A list that lies in
    the window as a whole is given back as it is.
    """
    if isinstance(rows, list) and _is_inside(rows, window):
        return rows
    return (row for row in rows if _lies_in(_day(row.get(Bucket.DAY)), window))


def _is_inside(rows: list[Row], window: Period) -> bool:
    try:
        cells = set(map(itemgetter(Bucket.DAY.value), rows))
    except KeyError:
        return False
    days = {written_day(cell, Bucket.DAY) for cell in cells}
    return None not in days and all(_lies_in(day, window) for day in days)


def _day(cell: Cell) -> date | None:
    day = written_day(cell, Bucket.DAY)
    if day is None and cell is not None:
        message = "the service wrote a day in a form that is not known"
        raise ServiceError(message, "ask by week or month, which is never split: -d week")
    return day


def _lies_in(day: date | None, window: Period) -> bool:
    return day is None or window.first <= day <= window.last


def join_windows(parts: Iterable[tuple[Period, Iterable[Row]]]) -> list[Row]:
    """Give the rows of all windows, each day once, whichever way the service reads `to`.

    Each part is a window and the answer to what `periods.asked` gave for it. The windows
    must not overlap; rows keep the order of the parts.
    """
    return [row for window, rows in parts for row in trim(rows, window)]
