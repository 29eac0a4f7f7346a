"""The request behind a report, from what was typed, with the titles that go beside ids."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from glomex_cli.errors import UsageError
from glomex_cli.models import (
    GRAPHQL_NAME,
    METRIC_NAME,
    Bucket,
    Column,
    Filter,
    Report,
    ReportRequest,
    ReportSchema,
    Role,
    Row,
    Schema,
)
from glomex_cli.services.normalize import numeric
from glomex_cli.suggestions import closest, quoted

_FILTER = re.compile(rf"({GRAPHQL_NAME.pattern})([!+<>-]?=|[<>])(.*)", re.DOTALL)
_WHOLE = "none"
_ENDINGS = ("_title", "Title", "_name", "Name", "_label", "Label")


def parse_dimensions(values: Sequence[str]) -> tuple[str, ...]:
    """Return the dimensions of repeated or comma-joined `-d`: the primary one, then the bucket.

    The API takes one primary dimension and optionally one time bucket, or a bucket alone; in
    which order they were typed is no matter. A name not known here counts as primary: the
    service may have more than its documents say.

    `none` alone asks for the whole, in one row: no dimension.

    >>> parse_dimensions(["day,video"])
    ('video', 'day')
    """
    names = _names(values, GRAPHQL_NAME, option="-d")
    if names == [_WHOLE]:
        return ()
    _refuse_repetition(names)
    buckets = [name for name in names if name in set(Bucket)]
    primaries = [name for name in names if name not in set(Bucket)]
    if len(buckets) > 1:
        hint = f"keep one of them: -d {','.join([*primaries[:1], buckets[0]])}"
        raise UsageError(f"{_listed(buckets)} are time buckets: a report takes one", hint)
    if len(primaries) > 1:
        hint = f"keep one of them: -d {','.join([primaries[0], *buckets])}"
        raise UsageError(f"{_listed(primaries)} are primary dimensions: a report takes one", hint)
    return (*primaries, *buckets)


def parse_metrics(values: Sequence[str]) -> tuple[str, ...]:
    """Return the metrics of repeated or comma-joined `-m` in the order asked, each once.

    >>> parse_metrics(["ad_impressions,video_views", "ad_impressions"])
    ('ad_impressions', 'video_views')
    """
    return tuple(dict.fromkeys(_names(values, METRIC_NAME, option="-m")))


def parse_filters(values: Sequence[str]) -> tuple[Filter, ...]:
    """Return the filters of repeated `--filter NAME=VALUE`, in the order asked.

    Beside `=` there are `!=`, `+=`, `-=`, `>=`, `<=`, `>` and `<`; a service says which it takes.

    >>> parse_filters(["channel=c-1", "country!=DE"])
    (Filter(name='channel', op='=', value='c-1'), Filter(name='country', op='!=', value='DE'))
    """
    return tuple(map(_filter, values))


def _filter(text: str) -> Filter:
    found = _FILTER.fullmatch(text)
    if found is None:
        hint = "type --filter NAME=VALUE; glomex schema lists the names"
        raise UsageError(f"--filter {quoted(text)} is not NAME=VALUE", hint)
    return Filter(*found.groups())


def _names(values: Sequence[str], grammar: re.Pattern[str], *, option: str) -> list[str]:
    names = [name.strip() for value in values for name in value.split(",")]
    for name in names:
        if not grammar.fullmatch(name):
            example = "video,day" if option == "-d" else "video_views,ad_impressions"
            raise UsageError(
                f"{option} {quoted(name)} is not a valid name", f"type {option} {example}"
            )
    return names


def _refuse_repetition(names: list[str]) -> None:
    once = list(dict.fromkeys(names))
    if len(once) < len(names):
        twice = next(name for name in once if names.count(name) > 1)
        raise UsageError(f"-d {quoted(twice)} is given twice", f"type -d {','.join(once)}")


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def is_telling(request: ReportRequest, schema: Schema) -> bool:
    """Return whether the schema tells of this report's names, so that others can be refused."""
    known = schema.reports.get(request.kind)
    return known is None or bool(known.dimensions and known.metrics)


def fits(request: ReportRequest, schema: Schema) -> bool:
    """Return whether the schema has every name of `request`."""
    return next(_unknown(request, schema), None) is None


def check_names(request: ReportRequest, schema: Schema) -> None:
    """Raise UsageError, with the name that was likely meant, for one the schema does not have."""
    for error in _unknown(request, schema):
        raise error


def _unknown(request: ReportRequest, schema: Schema) -> Iterator[UsageError]:
    known = schema.reports.get(request.kind)
    if known is None:
        others = ", ".join(f"--as {kind}" for kind in schema.reports)
        yield UsageError(f"this account has no {request.kind} report", f"type {others}")
        return
    yield from _misspelt("dimension", "-d ", request.dimensions, known.dimensions)
    objects = [name for name in request.dimensions if len(known.parts.get(name, ())) > 1]
    measurable = [*_measurable(known), *(f"{name}_title" for name in objects)]
    yield from _misspelt("metric", "-m ", request.metrics, measurable)
    names = [each.name for each in request.filters]
    yield from _misspelt("filter", "--filter ", names, known.filters)


def _measurable(known: ReportSchema) -> list[str]:
    return [*known.metrics, *known.labels]


def _misspelt(
    what: str, option: str, typed: Collection[str], known: Collection[str]
) -> Iterator[UsageError]:
    for name in typed:
        if name not in known:
            like = closest(name, list(known))
            hint = f"did you mean {option}{like}?" if like else "see them all: glomex schema"
            yield UsageError(f"unknown {what} {quoted(name)}", hint)


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
