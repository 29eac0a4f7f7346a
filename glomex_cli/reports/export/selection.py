"""What an export holds from now on: what its manifest says, or what was typed, if they agree."""

from datetime import date
from typing import NamedTuple, TypeVar

from glomex_cli.errors import UsageError
from glomex_cli.models import Filter, ReportKind
from glomex_cli.reports.export.manifest import Manifest, Source

_T = TypeVar("_T")
DEFAULT_LOOK_BACK_DAYS = 14


class ExportChoice(NamedTuple):
    """What was typed; None is what was not, and is taken from the manifest or else from `Usual`."""

    kind: ReportKind | None = None
    dimensions: tuple[str, ...] | None = None
    metrics: tuple[str, ...] | None = None
    filters: tuple[Filter, ...] | None = None
    first: date | None = None
    look_back_days: int | None = None


def choose(
    held: Manifest | None, wanted: ExportChoice, usual: Source, *, rebuild: bool
) -> Manifest:
    """Return the manifest to go on with; `usual` says what a new export holds by default.

    Raises UsageError for a new export without its first day, and where the place holds another
    report: its origin and kind never change, the rest only with `rebuild`.
    """
    if held is None or not held.months:
        return _new(wanted, usual, held)
    return _continued(held, wanted, usual, rebuild=rebuild)


def check_same(held: Manifest, source: Source) -> None:
    """Raise UsageError where another command has made this place another report's."""
    if held.source != source:
        raise _other("another command has just changed what it holds", "run this command again")


def _new(wanted: ExportChoice, usual: Source, claimed: Manifest | None) -> Manifest:
    """Return a manifest without months; one that was `claimed` and got none may still change."""
    first = wanted.first or (claimed.first if claimed else None)
    if first is None:
        raise UsageError(
            "the first export has to know its first day", "type it like --from 2024-01-01"
        )
    base = claimed.source._replace(origin=usual.origin) if claimed else usual
    days = _known(
        wanted.look_back_days, claimed.look_back_days if claimed else DEFAULT_LOOK_BACK_DAYS
    )
    return Manifest(_source(base, wanted), (), first, days, {})


def _continued(held: Manifest, wanted: ExportChoice, usual: Source, *, rebuild: bool) -> Manifest:
    source = _source(held.source, wanted)
    if usual.origin != source.origin:
        raise _other(f"it is from {source.origin}", "name another place for this endpoint")
    if source.kind != held.source.kind:
        raise _other(f"it is the {held.source.kind} one", "name another place for this one")
    if source != held.source and not rebuild:
        raise _other(_words(held.source), "leave out -d, -m and --filter, or add --rebuild")
    chosen = held._replace(
        source=source,
        first=_first(held, wanted),
        look_back_days=_known(wanted.look_back_days, held.look_back_days),
    )
    return _unsettled(chosen, held.source) if rebuild else chosen


def _source(base: Source, wanted: ExportChoice) -> Source:
    return base._replace(
        kind=_known(wanted.kind, base.kind),
        dimensions=_known(wanted.dimensions, base.dimensions),
        metrics=_known(wanted.metrics, base.metrics),
        filters=_known(wanted.filters, base.filters),
    )


def _unsettled(manifest: Manifest, before: Source) -> Manifest:
    """Return it with all months to be asked for again; other rows have no days to compare."""
    is_alike = manifest.source._replace(metrics=before.metrics) == before
    months = {
        start: month._replace(settled=False, days=month.days if is_alike else ())
        for start, month in manifest.months.items()
    }
    return manifest._replace(columns=(), months=months)


def _first(held: Manifest, wanted: ExportChoice) -> date:
    if wanted.first is None:
        return held.first
    if wanted.first > held.first:
        raise _other(f"it begins on {held.first}", "leave out --from: no month is taken away")
    return wanted.first


def _words(source: Source) -> str:
    filters = "".join(f" --filter {name}{op}{value}" for name, op, value in source.filters)
    return f"-d {','.join(source.dimensions)} -m {','.join(source.metrics)}{filters}"


def _other(which: str, way_out: str) -> UsageError:
    return UsageError(f"the destination holds another report: {which}", way_out)


def _known(value: _T | None, other: _T) -> _T:
    return other if value is None else value
