"""The Glomex reports and their metrics, by introspection or by the documentation. No effects.

A metric that is not listed is judged by its description in the service's schema, and by its name
where that says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from glomex_cli.metrics import Agg, Better, MetricKind, Unit, guess_kind
from glomex_cli.models import ReportKind, ReportSchema, Schema
from glomex_cli.services.glomex.queries import OPERATIONS
from glomex_cli.services.glomex.rows import field_of
from glomex_cli.services.glomex.shape import row_place, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from glomex_cli.services.graphql.introspection import FieldType, TypeRef, TypeSystem
    from glomex_cli.services.learned import Shape

_USUAL_WEIGHT = "video_views"
_COUNTING = re.compile(r"\b(how (often|many)|numbers? of|counts? of|total)\b", re.IGNORECASE)
_AVERAGE = re.compile(
    r"\b(average|mean|median|percentile|percentage|ratio|rate|share|unique|distinct|per)\b",
    re.IGNORECASE,
)
_UNITS = (
    (Unit.MILLISECONDS, re.compile(r"\bin (milliseconds|ms)\b", re.IGNORECASE)),
    (Unit.SECONDS, re.compile(r"\bin seconds\b", re.IGNORECASE)),
    (Unit.FRACTION, re.compile(r"\b(from|between) 0(\.0)? (to|and) 1(\.0)?\b", re.IGNORECASE)),
    (Unit.PERCENT, re.compile(r"\bin percent\b|\bfrom 0 to 100\b", re.IGNORECASE)),
)
_DOCUMENTED_METRICS = ("video_views", "ad_impressions")
_TEXT_TYPES = {"String", "ID", "Boolean", "Date", "DateTime"}


def _sum(unit: Unit, better: Better = Better.UP) -> MetricKind:
    return MetricKind(unit, adds_up=True, better=better, agg=Agg.SUM)


def _mean(unit: Unit, weight: str) -> MetricKind:
    return MetricKind(unit, adds_up=False, better=Better.UP, weight=weight)


# A rate is weighted by what it is a rate of: its mean is then the rate of the sums.
METRICS: Final[Mapping[str, MetricKind]] = {
    "video_views": _sum(Unit.COUNT),
    "completed_views": _sum(Unit.COUNT),
    "completion_rate": _mean(Unit.FRACTION, "video_views"),
    "watch_time_s": _sum(Unit.SECONDS),
    "avg_watch_time_s": _mean(Unit.SECONDS, "video_views"),
    "ad_requests": _sum(Unit.COUNT, Better.NEITHER),
    "ad_impressions": _sum(Unit.COUNT),
    "fill_rate": _mean(Unit.FRACTION, "ad_requests"),
    "revenue": _sum(Unit.MONEY),
    "ecpm": _mean(Unit.MONEY, "ad_impressions"),
}


def kind_of_metric(name: str, description: str = "") -> MetricKind:
    """Return what a metric is, by the table, else by its description, else by its name.

    A description of a unit counts for every metric.

    >>> kind_of_metric("dwell", "Time per visit, in seconds.")[:2]
    (<Unit.SECONDS: 'seconds'>, False)
    """
    known = METRICS.get(name)
    kind = known or guess_kind(name)
    unit = next((unit for unit, words in _UNITS if words.search(description)), kind.unit)
    if known:
        return kind._replace(unit=unit)
    kind = _described(kind._replace(unit=unit), description.partition(". ")[0])
    is_average = kind.adds_up is False and kind.agg is Agg.MEAN
    return kind._replace(weight=_USUAL_WEIGHT) if is_average else kind


def _described(kind: MetricKind, sentence: str) -> MetricKind:
    """Return the kind after what the first sentence of a description says of adding up."""
    if kind.unit in {Unit.FRACTION, Unit.PERCENT} or _AVERAGE.search(sentence):
        agg = Agg.MEAN if kind.agg is Agg.SUM else kind.agg
        return kind._replace(adds_up=False, agg=agg)
    if kind.adds_up is None and _COUNTING.search(sentence):
        return kind._replace(unit=Unit.COUNT, adds_up=True, agg=Agg.SUM)
    return kind


# What docs.glomex.com names: all that is certain where introspection is refused.
DOCUMENTED = Schema(
    {
        ReportKind.CONTENT_OWNER: ReportSchema(
            dimensions=("video", "channel", "day", "week", "month"),
            metrics=dict.fromkeys(_DOCUMENTED_METRICS, "Int"),
            kinds={name: METRICS[name] for name in _DOCUMENTED_METRICS},
        ),
        ReportKind.PUBLISHER: ReportSchema(
            dimensions=("day",),
            metrics=dict.fromkeys(_DOCUMENTED_METRICS, "Int"),
            kinds={name: METRICS[name] for name in _DOCUMENTED_METRICS},
        ),
    }
)


def schema_of(types: TypeSystem) -> Schema | None:
    """Return the reports that `types` holds; None where it holds neither."""
    reports = {kind: _report(kind, each, types) for kind, each in _operations(types)}
    return Schema(reports) if reports else None


def shapes_of(types: TypeSystem, schema: Schema) -> dict[ReportKind, Shape]:
    """Return how each report is asked for."""
    return {
        kind: shape_of(each, types, schema.reports[kind].dimensions)
        for kind, each in _operations(types)
    }


def _operations(types: TypeSystem) -> list[tuple[ReportKind, FieldType]]:
    fields = types.fields.get(types.query, {})
    return [(kind, fields[name]) for kind, name in OPERATIONS.items() if name in fields]


def _report(kind: ReportKind, operation: FieldType, types: TypeSystem) -> ReportSchema:
    place = row_place(operation, types)
    row: Mapping[str, FieldType] = place.fields if place else {}
    filters = _filters(operation.arguments.get("filters"), types)
    dimensions = _dimensions(operation.arguments.get("dimensions"), row, types, filters)
    scalars = {
        name: each.type for name, each in row.items() if each.type.name not in _objects(types)
    }
    # One of the documents is a number, though it may be sent as text.
    counts = DOCUMENTED.reports[kind].metrics
    measured = {name: ref for name, ref in scalars.items() if name not in dimensions}
    metrics = {n: str(ref) for n, ref in measured.items() if n in counts or _is_number(ref)}
    descriptions = {name: each.description for name, each in row.items() if each.description}
    return ReportSchema(
        dimensions=dimensions,
        metrics=metrics,
        labels={name: str(ref) for name, ref in measured.items() if name not in metrics},
        filters=filters,
        parts={
            name: _scalars(each.type, types) for name, each in row.items() if name not in scalars
        },
        kinds={name: kind_of_metric(name, descriptions.get(name, "")) for name in metrics},
        descriptions=descriptions,
    )


def _dimensions(
    argument: TypeRef | None,
    row: Mapping[str, FieldType],
    types: TypeSystem,
    filters: Iterable[str],
) -> tuple[str, ...]:
    """Return the values of the enum; where they are texts, those that a row shows.

    The documents name fewer for publishers than for content owners: what either report has, or
    a filter names, is a dimension where rows have a field of it that is not a number.
    """
    if values := _values(argument, types):
        return values
    documented = DOCUMENTED.reports[ReportKind.CONTENT_OWNER].dimensions
    others = (name for name in filters if name in row and not _is_number(row[name].type))
    known = dict.fromkeys((*documented, *others))
    return tuple(name for name in known if field_of(name, row))


def _values(argument: TypeRef | None, types: TypeSystem) -> tuple[str, ...]:
    return types.values.get(argument.name, ()) if argument else ()


def _filters(argument: TypeRef | None, types: TypeSystem) -> dict[str, str]:
    if argument is None:
        return {}
    return {
        name: f"enum {each.type}" if each.type.kind == "ENUM" else str(each.type)
        for name, each in types.fields.get(argument.name, {}).items()
    }


def _scalars(reference: TypeRef, types: TypeSystem) -> tuple[str, ...]:
    fields = types.fields.get(reference.name, {})
    return tuple(name for name, each in fields.items() if each.type.name not in _objects(types))


def _objects(types: TypeSystem) -> set[str]:
    return {name for name, fields in types.fields.items() if fields}


def _is_number(reference: TypeRef) -> bool:
    """Return whether a scalar is a number; a custom one of the service is taken for one."""
    return reference.kind == "SCALAR" and reference.name not in _TEXT_TYPES
