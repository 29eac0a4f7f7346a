"""The Glomex reports as introspection describes them, and as the documentation does. No effects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glomex_cli.models import ReportKind, ReportSchema, Schema
from glomex_cli.services.glomex.metrics import METRICS, kind_of_metric
from glomex_cli.services.glomex.queries import OPERATIONS
from glomex_cli.services.glomex.row_fields import field_of
from glomex_cli.services.glomex.shape import row_place, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from glomex_cli.services.graphql.introspection import FieldType, TypeRef, TypeSystem
    from glomex_cli.services.report_shape import Shape

_DOCUMENTED_METRICS = ("video_views", "ad_impressions")
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

_TEXT_TYPES = {"String", "ID", "Boolean", "Date", "DateTime"}


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
