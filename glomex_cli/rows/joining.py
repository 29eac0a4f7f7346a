"""The rows of split requests as the one answer that an unsplit request would have given."""

from collections.abc import Iterable, Iterator

from glomex_cli.errors import ServiceError
from glomex_cli.models import Period, Row
from glomex_cli.periods.units import Bucket
from glomex_cli.rows.buckets import written_day


def trim(rows: Iterable[Row], window: Period) -> Iterator[Row]:
    """Give the rows of a daily report whose day lies in `window`.

    A window is asked with one day more (`periods.asked`), which a service that includes the
    day given as `to` answers too. A row without a day, as partial data has, is kept. A day
    in an unknown form is a ServiceError, since it might be counted twice.
    """
    for row in rows:
        cell = row.get(Bucket.DAY)
        day = written_day(cell, Bucket.DAY)
        if day is None and cell is not None:
            message = "the service wrote a day in a form that is not known"
            raise ServiceError(message, "ask by week or month, which is never split: -d week")
        if day is None or window.first <= day <= window.last:
            yield row


def join_windows(parts: Iterable[tuple[Period, Iterable[Row]]]) -> list[Row]:
    """Give the rows of all windows, each day once, whichever way the service reads `to`.

    Each part is a window and the answer to what `periods.asked` gave for it. The windows
    must not overlap; rows keep the order of the parts.
    """
    return [row for window, rows in parts for row in trim(rows, window)]
