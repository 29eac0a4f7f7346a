"""One day as a person types it: `YYYY-MM-DD`, `today` or `yesterday`."""

import re
from datetime import date

from glomex_cli.dates.calendar import ONE_DAY, end_of_month
from glomex_cli.errors import UsageError
from glomex_cli.models import Period
from glomex_cli.suggestions import closest, quoted

# Older days are mistyped: online video is younger, and each year costs requests.
EARLIEST = date(2000, 1, 1)

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def parse_day(text: str, *, option: str, today: date) -> date:
    """Give the day that `text` names; `option` is where it was typed, for the message.

    A day that does not exist, lies in the future or before 2000 is a UsageError: nothing
    is moved silently to where it would fit.
    """
    words = {"today": today, "yesterday": today - ONE_DAY}
    day = words.get(text.lower()) or _parse_date(text, option=option, today=today)
    if day > today:
        hint = f"type {option} today, or a day before {today}"
        raise UsageError(f"{option} {day} lies in the future", hint)
    if day < EARLIEST:
        raise UsageError(f"{option} {day} is too long ago", f"type {option} {EARLIEST} or later")
    return day


def order(first: date, last: date, *, hint: str) -> Period:
    """Give the period from `first` to `last`, or a UsageError when it ends before it begins."""
    if last < first:
        raise UsageError(f"the range ends before it begins: {first} to {last}", hint)
    return Period(first, last)


def _parse_date(text: str, *, option: str, today: date) -> date:
    form_hint = f"type the day as YYYY-MM-DD: {option} {today - ONE_DAY}"
    match = _DATE.fullmatch(text)
    if match is None:
        word = closest(text, ["today", "yesterday"])
        hint = f"did you mean {option} {word}?" if word else form_hint
        raise UsageError(f"{option} {quoted(text)} is no day", hint)
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        last = _end_of_month(year, month)
        hint = f"that month ends on {last}: {option} {last}" if last else form_hint
        raise UsageError(f"{option} {text} is a day that does not exist", hint) from None


def _end_of_month(year: int, month: int) -> date | None:
    try:
        return end_of_month(date(year, month, 1))
    except ValueError:
        return None
