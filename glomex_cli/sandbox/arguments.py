"""The arguments of a report, checked: every one that makes no sense is refused here."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from glomex_cli.sandbox.errors import Refusal, RefusedError
from glomex_cli.sandbox.request import is_list, is_object
from glomex_cli.sandbox.sessions import Right

_BUCKETS = ("day", "week", "month")
_PRIMARY = {
    Right.CONTENT_OWNER: ("video", "channel"),
    Right.PUBLISHER: ("video", "channel", "integration"),
}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHOWN_CHARS = 40


@dataclass(frozen=True, slots=True)
class Question:
    """One report: rows by `primary` and time `bucket`, both days included.

    `filters` maps a primary dimension to the ids that count; one that is absent counts all.
    """

    right: Right
    primary: str | None
    bucket: str | None
    first: date
    last: date
    filters: Mapping[str, Collection[str]] = field(default_factory=dict[str, Collection[str]])


def read_question(
    right: Right, arguments: Mapping[str, object], *, exclusive_to: bool = False
) -> Question:
    """Check the arguments of a report field, or raise RefusedError saying what is wrong."""
    dimensions = _names(arguments.get("dimensions"))
    primary, bucket = _sort_out(dimensions, known=_PRIMARY[right])
    first = _date(arguments, "from")
    last = _date(arguments, "to")
    if first > last:
        raise _bad(f"from ({first}) must not be after to ({last}).")
    if exclusive_to:
        # No day precedes the first of the calendar, which has no data either.
        last -= timedelta(days=last > date.min)
    filters = _filters(arguments.get("filters"), known=_PRIMARY[right])
    return Question(right, primary, bucket, first, last, filters)


def _sort_out(names: list[str], *, known: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Return the primary dimension and the time bucket, which may come in any order."""
    for name in names:
        if name not in known + _BUCKETS:
            raise _bad(f"dimensions: {_shown(name)} is not one of {', '.join(known + _BUCKETS)}.")
    if not names:
        raise _bad("dimensions: choose at least one.")
    primary = _only([name for name in names if name in known], kind="primary dimension")
    return primary, _only([name for name in names if name in _BUCKETS], kind="time bucket")


def _only(names: list[str], *, kind: str) -> str | None:
    if len(names) > 1:
        raise _bad(f"dimensions: choose at most one {kind}, not {' and '.join(names)}.")
    return names[0] if names else None


def _date(arguments: Mapping[str, object], name: str) -> date:
    value = arguments.get(name)
    try:
        # The pattern comes first: Python reads more ISO forms than the service documents.
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _bad(f"{name}: {_shown(value)} is not a date such as 2025-06-01.")


def _filters(value: object, *, known: tuple[str, ...]) -> dict[str, Collection[str]]:
    if value is None:
        return {}
    if not is_object(value):
        raise _bad(f"filters: {_shown(value)} is not an object.")
    given = {name: ids for name, ids in value.items() if ids is not None}
    return dict(_filter(name, ids, known=known) for name, ids in given.items())


def _filter(name: str, ids: object, *, known: tuple[str, ...]) -> tuple[str, Collection[str]]:
    if name not in known:
        raise _bad(f"filters: {_shown(name)} is not one of {', '.join(known)}.")
    return name, frozenset(_names(ids))


def _names(value: object) -> list[str]:
    """Read a list of names; as in GraphQL, one name alone counts as a list of one."""
    if value is None:
        return []
    return [str(item) for item in (value if is_list(value) else [value])]


def _shown(value: object) -> str:
    text = str(value)
    return f'"{text[:_SHOWN_CHARS]}…"' if len(text) > _SHOWN_CHARS else f'"{text}"'


def _bad(message: str) -> RefusedError:
    return RefusedError(Refusal.BAD_USER_INPUT, message)
