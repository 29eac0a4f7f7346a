"""Which days a report covers: one of three ways to say it, or the default."""

from datetime import date, timedelta

from glomex_cli.dates.calendar import ONE_DAY
from glomex_cli.dates.days import EARLIEST, order, parse_day
from glomex_cli.dates.ranges import parse_span, parse_word
from glomex_cli.errors import UsageError
from glomex_cli.models import Period
from glomex_cli.names import DEFAULT_DAYS


def resolve_period(
    *, first: str | None, last: str | None, span: str | None, named: str | None, today: date
) -> Period:
    """Give the days asked for by `--from`/`--to`, `--last` or `--period`, both ends included.

    With none of them: the last 14 complete days, ending yesterday. `--from` alone runs to
    yesterday, or is today alone when it says today; `--to` alone ends 14 days. No day of
    the answer lies after `today`. Whatever cannot be is a UsageError that says what to type.
    """
    if today < EARLIEST:
        raise UsageError(f"this machine's clock says {today}", "set the clock to today's date")
    _refuse_mixture(first=first, last=last, span=span, named=named)
    if span is not None:
        return parse_span(span, today=today)
    if named is not None:
        return parse_word(named, today=today)
    return _between(first, last, today=today)


def _refuse_mixture(**typed: str | None) -> None:
    """Refuse `--from`/`--to`, `--last` and `--period` beside each other."""
    options = {"first": "--from", "last": "--to", "span": "--last", "named": "--period"}
    given = [options[name] for name, text in typed.items() if text is not None]
    if len(given) > 1 and given != ["--from", "--to"]:
        hint = "keep one: --from … --to …, --last 14d or --period last-week"
        raise UsageError(f"{' and '.join(given)} cannot be combined", hint)


def _between(first: str | None, last: str | None, *, today: date) -> Period:
    yesterday = today - ONE_DAY
    if first is None:
        end = yesterday if last is None else parse_day(last, option="--to", today=today)
        return Period(end - timedelta(days=DEFAULT_DAYS - 1), end)
    start = parse_day(first, option="--from", today=today)
    if last is None:
        return Period(start, max(start, yesterday))
    end = parse_day(last, option="--to", today=today)
    return order(start, end, hint=f"the other way round: --from {end} --to {start}")
