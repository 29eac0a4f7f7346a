"""The range of days of a report: `--from` and `--to`, `--last`, `--period`, or the default.

A relative range ends yesterday, the last complete day: today's numbers still grow.
"""

import re
from datetime import date, timedelta

from glomex_cli.dates.calendar import ONE_DAY, end_of_month, move_months, start_of
from glomex_cli.errors import UsageError
from glomex_cli.models import DEFAULT_DAYS, Bucket, Period, PeriodWord
from glomex_cli.suggestions import closest, quoted

# Older days are mistyped: online video is younger, and each year costs requests.
EARLIEST = date(2000, 1, 1)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SPAN = re.compile(r"([0-9]+)([dwmy])")
_SHORTEST_DAYS = {"d": 1, "w": 7, "m": 28, "y": 365}
_MONTHS = {"m": 1, "y": 12}
_SPAN_HINT = "type a number and d, w, m or y: --last 14d"


def parse_day(text: str, *, option: str, today: date) -> date:
    """Parse `YYYY-MM-DD`, `today` or `yesterday`; `option` is where it was typed, for messages.

    A day that does not exist, is in the future or before 2000 is a UsageError: nothing is moved
    silently to where it would fit.
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
    """Return the period from `first` to `last`; UsageError where it ends before it begins."""
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


def parse_span(text: str, *, today: date) -> Period:
    """Parse the days that `--last` names, ending yesterday; UsageError for anything else.

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
    """Return the day a span begins, or None where its number alone shows it is too far back."""
    most = (yesterday - EARLIEST).days // _SHORTEST_DAYS[unit] + 1
    if len(digits) > len(str(most)) or int(digits) > most:
        return None
    count = int(digits)
    if unit in _MONTHS:
        return move_months(yesterday, -count * _MONTHS[unit]) + ONE_DAY
    return yesterday - timedelta(days=count * _SHORTEST_DAYS[unit] - 1)


def parse_word(text: str, *, today: date) -> Period:
    """Parse the days that `--period` names; UsageError for anything else.

    `last-…` is the whole unit before this one. `this-…`, `mtd` and `ytd` run to yesterday;
    on the first day of the unit, which has no complete day yet, they are today alone.
    """
    try:
        word = PeriodWord(text.lower())
    except ValueError:
        like = closest(text, list(PeriodWord))
        hint = f"did you mean --period {like}?" if like else f"type one of: {', '.join(PeriodWord)}"
        raise UsageError(f"--period {quoted(text)} is not known", hint) from None
    start = _start_of_unit(word, today)
    if word.startswith("last-"):
        last = start - ONE_DAY
        return Period(_start_of_unit(word, last), last)
    return Period(start, max(start, today - ONE_DAY))


def _start_of_unit(word: PeriodWord, day: date) -> date:
    if word in {PeriodWord.THIS_WEEK, PeriodWord.LAST_WEEK}:
        return start_of(day, Bucket.WEEK)
    if word in {PeriodWord.THIS_MONTH, PeriodWord.LAST_MONTH, PeriodWord.MTD}:
        return start_of(day, Bucket.MONTH)
    return day.replace(month=1, day=1)


def resolve_period(
    *, first: str | None, last: str | None, span: str | None, named: str | None, today: date
) -> Period:
    """Return the days asked for by `--from`/`--to`, `--last` or `--period`, both ends included.

    With none of them: the last 14 complete days, ending yesterday. `--from` alone runs to
    yesterday, or is today alone when it says today; `--to` alone ends 14 days. No day of
    the answer is after `today`. What cannot be is a UsageError that says what to type.
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
