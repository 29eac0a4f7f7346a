"""The arguments of a report as a variant reads them, brought into the form of the sandbox."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from glomex_cli.sandbox.accounts import Right
from glomex_cli.sandbox.errors import Refusal, RefusedError
from glomex_cli.sandbox.request import is_object
from glomex_cli.sandbox.variants.variant import Range

_STARTS = ("from", "start", "startDate", "date_from", "gte")
_ENDS = ("to", "end", "endDate", "date_to", "lte")
_MILLIS_FROM = 100_000_000_000
_ONE_DAY = timedelta(days=1)


def sandbox_arguments(
    arguments: Mapping[str, object], *, right: Right, rules: Range, now: datetime
) -> dict[str, object]:
    """Return the arguments with both days as text and included.

    Raises RefusedError where the range breaks the rules or no day is left of it.
    """
    first = _moment(_found(arguments, _STARTS)).date()
    last = _last_day(_moment(_found(arguments, _ENDS)), right=right, rules=rules)
    _check(first, last, _moment(_found(arguments, _ENDS)).date(), rules, now)
    kept = {name: arguments[name] for name in ("dimensions", "filters") if name in arguments}
    return {**kept, "from": first.isoformat(), "to": last.isoformat()}


def _last_day(to: datetime, *, right: Right, rules: Range) -> date:
    """Return the last day that counts: exclusively read, that of the moment before `to`."""
    return (to - timedelta(microseconds=1)).date() if right in rules.exclusive else to.date()


def _check(first: date, last: date, to: date, rules: Range, now: datetime) -> None:
    today = now.astimezone(UTC).date()
    newest = {"any": date.max, "today": today, "yesterday": today - _ONE_DAY}[rules.newest]
    if to > newest:
        raise _bad(f"to: {to} is too late, data ends with {newest}.")
    if rules.longest and (last - first).days + 1 > rules.longest:
        limit = f" of {rules.longest} days" if rules.says_longest else ""
        raise _bad(f"The date range exceeds the maximum{limit}.")


def _found(arguments: Mapping[str, object], names: tuple[str, ...]) -> object:
    for name in names:
        if name in arguments:
            return arguments[name]
    for value in arguments.values():
        if is_object(value):
            for name in names:
                if name in value:
                    return value[name]
    raise _bad(f"{names[0]} is missing.")


def _moment(value: object) -> datetime:
    """Read a day, a moment with its zone, or seconds or milliseconds since 1970."""
    try:
        if isinstance(value, int):
            return datetime.fromtimestamp(value / 1000 if value > _MILLIS_FROM else value, UTC)
        text = str(value)
        if "T" in text:
            return datetime.fromisoformat(text).astimezone(UTC)
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except (ValueError, OverflowError):
        raise _bad(f"{str(value)[:40]!r} is not a date.") from None


def _bad(message: str) -> RefusedError:
    return RefusedError(Refusal.BAD_USER_INPUT, message)
