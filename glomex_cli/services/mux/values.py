"""The values of a dimension in the last week, with the views that had each; all pages."""

from datetime import datetime, timedelta

from glomex_cli.errors import ServiceError
from glomex_cli.models import Bucket, Cell, Column, Json, Report, Role, Row, Secret, Span
from glomex_cli.services.mux.client import MuxClient
from glomex_cli.services.mux.metrics import kind_of_mux
from glomex_cli.services.mux.requests import PAGE, values_question
from glomex_cli.services.mux.rows import row_count
from glomex_cli.services.mux.timeframes import timeframe_of
from glomex_cli.services.normalize import normalize_cell

_WEEK = timedelta(days=7)
_MOST_PAGES = 100


def fetch_values(client: MuxClient, dimension: str, token: Secret, now: datetime) -> Report:
    """Fetch the values that a dimension had, most views first, as the service orders them.

    At most 10,000 are read. Raises InvalidQueryError for a dimension that there is not.
    """
    within = timeframe_of(Span(now - _WEEK, now), Bucket.HOUR)
    rows: list[Row] = []
    for page in range(1, _MOST_PAGES + 1):
        body = client.get(values_question(dimension, within, page=page), token)
        found = [_row(entry, dimension) for entry in _entries(body)]
        rows += found
        count = row_count(body)
        if len(found) < PAGE if count is None else page * PAGE >= count:
            break
    columns = (
        Column(dimension, Role.DIMENSION),
        Column("views", Role.METRIC, kind=kind_of_mux("views")),
    )
    return Report(columns, rows)


def _entries(body: dict[str, Json]) -> list[Json]:
    data = body.get("data")
    if not isinstance(data, list):
        raise ServiceError("Mux Data answered with rows of an unknown form", "try again later")
    return data


def _row(entry: Json, dimension: str) -> Row:
    fields = entry if isinstance(entry, dict) else {}
    value, views = fields.get("value"), fields.get("total_count")
    return {
        dimension: value if isinstance(value, str) else None,
        "views": None if isinstance(views, (dict, list)) else _number(views),
    }


def _number(cell: Cell) -> Cell:
    return normalize_cell(cell, Role.METRIC)
