"""Titles beside ids: which column holds them, asked for with the report and shown before the id."""

from collections.abc import Iterable, Sequence

from glomex_cli.models import Bucket, Column, Report, ReportRequest, Role, Row, Schema
from glomex_cli.services.normalize import numeric

_ENDINGS = ("_title", "Title", "_name", "Name", "_label", "Label")


def title_in(names: Iterable[str], dimension: str) -> str | None:
    """Return the name of what titles a dimension: `video_title` for `video`.

    >>> title_in(["channel_title", "video_title"], "video")
    'video_title'
    """
    known = set(names)
    return next((dimension + end for end in _ENDINGS if dimension + end in known), None)


def with_titles(request: ReportRequest, schema: Schema | None) -> ReportRequest:
    """Return the request with the titles of its dimensions, where the service has them."""
    known = schema.reports.get(request.kind) if schema else None
    if known is None:
        return request
    titles = [title_in(known.labels, dimension) for dimension in primaries(request.dimensions)]
    metrics = (*request.metrics, *(title for title in titles if title))
    return request._replace(metrics=tuple(dict.fromkeys(metrics)))


def primaries(dimensions: Sequence[str]) -> list[str]:
    """Return the dimensions without the time bucket."""
    return [name for name in dimensions if name not in set(Bucket)]


def with_labels(report: Report) -> Report:
    """Return a report, its rows a list, in which a metric that holds text is a label.

    So it is also where no schema tells titles from metrics. One text among numbers makes no
    label of them: most of what is there has to be text.
    """
    rows = list(report.rows)
    return report._replace(columns=labels_by_values(report.columns, rows), rows=rows)


def labels_by_values(columns: Iterable[Column], rows: Sequence[Row]) -> tuple[Column, ...]:
    """Return the columns; a metric whose cells in `rows` are mostly text becomes a label."""
    return tuple(
        Column(column.name, Role.LABEL)
        if column.role is Role.METRIC and _is_text(column.name, rows)
        else column
        for column in columns
    )


def _is_text(name: str, rows: Sequence[Row]) -> bool:
    present = [cell for row in rows if (cell := row.get(name)) is not None]
    return 2 * sum(numeric(cell) is None for cell in present) > len(present)


def titles_first(report: Report) -> Report:
    """Return the report with each title before the id that it is the title of."""
    labels = [column.name for column in report.columns if column.role is Role.LABEL]
    pairs = {c.name: title_in(labels, c.name) for c in report.columns if c.role is Role.DIMENSION}
    by_name = {column.name: column for column in report.columns}
    moved = set(pairs.values())
    columns: list[Column] = []
    for column in report.columns:
        title = pairs.get(column.name)
        columns += [by_name[title]] if title else []
        columns += [] if column.name in moved else [column]
    return report._replace(columns=tuple(columns))


def without_titles(report: Report, asked: Sequence[str]) -> Report:
    """Return the report with ids only: without the labels that were not asked for by name."""
    columns = tuple(c for c in report.columns if c.role is not Role.LABEL or c.name in asked)
    return report._replace(columns=columns)
