"""The Glomex reports as introspection describes them, and as the documentation does. No effects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glomex_cli.models import ReportKind, ReportSchema, Schema
from glomex_cli.services.glomex.metrics import METRICS, kind_of_metric
from glomex_cli.services.glomex.queries import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glomex_cli.services.graphql.introspection import FieldType, TypeRef, TypeSystem

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
    fields = types.fields.get(types.query, {})
    reports = {
        kind: _report(fields[operation], types)
        for kind, operation in OPERATIONS.items()
        if operation in fields
    }
    return Schema(reports) if reports else None


def _report(operation: FieldType, types: TypeSystem) -> ReportSchema:
    dimensions = _values(operation.arguments.get("dimensions"), types)
    row = _row(operation.type, types)
    scalars = {
        name: each.type for name, each in row.items() if each.type.name not in _objects(types)
    }
    measured = {name: ref for name, ref in scalars.items() if name not in dimensions}
    metrics = {name: str(ref) for name, ref in measured.items() if _is_number(ref)}
    descriptions = {name: each.description for name, each in row.items() if each.description}
    return ReportSchema(
        dimensions=dimensions,
        metrics=metrics,
        labels={name: str(ref) for name, ref in measured.items() if not _is_number(ref)},
        filters=_filters(operation.arguments.get("filters"), types),
        parts={
            name: _scalars(each.type, types) for name, each in row.items() if name not in scalars
        },
        kinds={name: kind_of_metric(name, descriptions.get(name, "")) for name in metrics},
        descriptions=descriptions,
    )


def _row(answer: TypeRef, types: TypeSystem) -> Mapping[str, FieldType]:
    """Return the fields of a row: below `rows`, or directly where the answer is the list."""
    fields = types.fields.get(answer.name, {})
    return types.fields.get(fields["rows"].type.name, {}) if "rows" in fields else fields


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
