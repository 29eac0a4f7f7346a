"""Relative ranges as a person types them: `--last 6m`, `--period last-week`.

Days are complete by default: a range ends yesterday, since today's numbers still grow.
"""

import re
from datetime import date, timedelta

from glomex_cli.dates.calendar import ONE_DAY, move_months, start_of
from glomex_cli.dates.days import EARLIEST
from glomex_cli.errors import UsageError
from glomex_cli.models import Period
from glomex_cli.names import Bucket, Word
from glomex_cli.suggestions import closest, quoted

_SPAN = re.compile(r"([0-9]+)([dwmy])")
_SHORTEST_DAYS = {"d": 1, "w": 7, "m": 28, "y": 365}
_MONTHS = {"m": 1, "y": 12}
_SPAN_HINT = "type a number and d, w, m or y: --last 14d"


def parse_span(text: str, *, today: date) -> Period:
    """Give the days that `--last` names, ending yesterday.

    `7d` and `4w` count days. `6m` and `1y` begin the day after the same day six months or
    a year before yesterday; where that month is too short, after its last day.

    >>> str(parse_span("1m", today=date(2025, 4, 1)))
    '2025-03-01 to 2025-03-31'
    """
    match = _SPAN.fullmatch(text.lower())
    if match is None:
        raise UsageError(f"--last {quoted(text)} is no span of time", _SPAN_HINT)
    digits, unit = match.group(1).lstrip("0"), match.group(2)
    if not digits:
        raise UsageError(f"--last {quoted(text)} covers no day", f"type --last 1{unit}")
    yesterday = today - ONE_DAY
    first = _first_day(digits, unit, yesterday=yesterday)
    if first is None or first < EARLIEST:
        hint = f"type --from {EARLIEST} for all there can be, or fewer days: --last 1y"
        raise UsageError(f"--last {quoted(text)} reaches too far back", hint)
    return Period(first, yesterday)


def _first_day(digits: str, unit: str, *, yesterday: date) -> date | None:
    """Give the day a span begins, or None where its number alone shows it is too far back."""
    most = (yesterday - EARLIEST).days // _SHORTEST_DAYS[unit] + 1
    if len(digits) > len(str(most)) or int(digits) > most:
        return None
    count = int(digits)
    if unit in _MONTHS:
        return move_months(yesterday, -count * _MONTHS[unit]) + ONE_DAY
    return yesterday - timedelta(days=count * _SHORTEST_DAYS[unit] - 1)


def parse_word(text: str, *, today: date) -> Period:
    """Give the days that `--period` names.

    `last-…` is the whole unit before this one. `this-…`, `mtd` and `ytd` run to yesterday;
    on the first day of the unit, which has no complete day yet, they are today alone.
    """
    try:
        word = Word(text.lower())
    except ValueError:
        like = closest(text, list(Word))
        hint = f"did you mean --period {like}?" if like else f"type one of: {', '.join(Word)}"
        raise UsageError(f"--period {quoted(text)} is not known", hint) from None
    start = _start_of_unit(word, today)
    if word.startswith("last-"):
        last = start - ONE_DAY
        return Period(_start_of_unit(word, last), last)
    return Period(start, max(start, today - ONE_DAY))


def _start_of_unit(word: Word, day: date) -> date:
    if word in {Word.THIS_WEEK, Word.LAST_WEEK}:
        return start_of(day, Bucket.WEEK)
    if word in {Word.THIS_MONTH, Word.LAST_MONTH, Word.MTD}:
        return start_of(day, Bucket.MONTH)
    return day.replace(month=1, day=1)
