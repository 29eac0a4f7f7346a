"""Names a person typed against those the account has. No effects."""

from collections.abc import Collection, Iterator

from glomex_cli.errors import UsageError
from glomex_cli.models import ReportRequest
from glomex_cli.schema import ReportSchema, Schema
from glomex_cli.suggestions import closest, quoted


def fits(request: ReportRequest, schema: Schema) -> bool:
    """Say whether the schema has every name of `request`."""
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
    yield from _misspelt("metric", "-m ", request.metrics, _measurable(known))
    yield from _misspelt("filter", "--filter ", request.filters, known.filters)


def _measurable(known: ReportSchema) -> list[str]:
    return [*known.metrics, *known.labels]


def _misspelt(
    what: str, option: str, typed: Collection[str], known: Collection[str]
) -> Iterator[UsageError]:
    for name in typed:
        if name not in known:
            like = closest(name, list(known))
            hint = f"did you mean {option}{like}?" if like else "see them all: glomex schema"
            yield UsageError(f"there is no {what} {quoted(name)}", hint)
