"""The range of a report: `--from` and `--to`, `--last`, `--period`, or the default.

A relative range of days ends yesterday, the last complete day: today's numbers still grow. By week
or month it ends with the last complete one. A range of hours or minutes ends now.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from glomex_cli.dates.calendar import ONE_DAY, start_of
from glomex_cli.dates.durations import (
    Duration,
    days_before,
    days_needed,
    moments_before,
    parse_duration,
    too_far,
    usual_bucket,
)
from glomex_cli.dates.moments import (
    EARLIEST,
    LENGTHS,
    day_of_moment,
    is_moment,
    length_of,
    moments_between,
    parse_day,
    span_of,
)
from glomex_cli.errors import UsageError
from glomex_cli.models import DEFAULT_DAYS, Bucket, Period, PeriodWord, Span, TimeRange
from glomex_cli.suggestions import closest, quoted

_BY_MINUTE, _BY_TEN_MINUTES = timedelta(minutes=90), timedelta(hours=6)


class ServiceCalendar(NamedTuple):
    """The time of a service: `now` in its zone, and the buckets its reports are divided by."""

    now: datetime
    buckets: tuple[Bucket, ...] = (Bucket.DAY, Bucket.WEEK, Bucket.MONTH)
    title: str = "the service"

    def check(self, bucket: Bucket | None) -> None:
        """Raise UsageError for a bucket that the service's reports are not divided by."""
        if bucket is not None and bucket not in self.buckets:
            hint = f"type -d {' or '.join(self.buckets)}"
            raise UsageError(f"-d {bucket}: {self._reason}", hint)

    def check_moments(self, typed: str, instead: str) -> None:
        """Raise UsageError, with what to type instead, where the service has whole days only."""
        if not LENGTHS.keys() & set(self.buckets):
            raise UsageError(f"{typed}: {self._reason}", f"type {instead}")

    @property
    def _reason(self) -> str:
        if LENGTHS.keys() & set(self.buckets):
            return f"not supported by {self.title}"
        return f"{self.title} data are daily"


class TypedRange(NamedTuple):
    """A range as the options have it: `--from`, `--to`, `--last` and `--period`."""

    first: str | None = None
    last: str | None = None
    span: str | None = None
    named: str | None = None

    @property
    def has_moments(self) -> bool:
        """Whether one of its ends is typed as a moment."""
        return any(is_moment(text) for text in (self.first, self.last) if text is not None)


def order(first: date, last: date, *, hint: str) -> Period:
    """Return the period from `first` to `last`; UsageError where it ends before it begins."""
    if last < first:
        raise UsageError(f"the range ends before it begins: {first} to {last}", hint)
    return Period(first, last)


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


def default_bucket(typed: TypedRange, calendar: ServiceCalendar) -> Bucket:
    """Return the bucket to divide a range by where none is asked for, by how it is typed.

    Minutes and hours are divided finely, all else by day. UsageError for what cannot be.
    """
    if typed.span is not None:
        duration = parse_duration(typed.span)
        if duration.is_fine:
            _last(typed.span, calendar, None)  # which days may refuse
        return usual_bucket(duration)
    if not typed.has_moments:
        return Bucket.DAY
    span = resolve_range(typed, calendar)
    length = length_of(span_of(span, calendar.now.tzinfo))
    if length <= _BY_TEN_MINUTES:
        return Bucket.MINUTE if length <= _BY_MINUTE else Bucket.TEN_MINUTES
    return Bucket.HOUR


def resolve_range(
    typed: TypedRange, calendar: ServiceCalendar, bucket: Bucket | None = None
) -> TimeRange:
    """Return the time asked for by `--from`/`--to`, `--last` or `--period`.

    With none of them: the last 14 complete days; by week or month, those complete ones that
    hold 14 days. `--from` alone runs to yesterday, or is today alone when it says today; `--to`
    alone ends 14 days. Whole days have both ends included, moments do not include their end; no
    moment is after now. What cannot be is a UsageError that says what to type.
    """
    today = calendar.now.date()
    if today < EARLIEST:
        raise UsageError(f"this machine's clock says {today}", "set the clock to today's date")
    _refuse_mixture(**typed._asdict())
    calendar.check(bucket)
    found = _range(typed, calendar, bucket)
    if bucket in LENGTHS:
        return span_of(found, calendar.now.tzinfo, until=calendar.now)
    return found


def _range(typed: TypedRange, calendar: ServiceCalendar, bucket: Bucket | None) -> TimeRange:
    today = calendar.now.date()
    if typed.span is not None:
        return _last(typed.span, calendar, bucket)
    if typed.named is not None:
        return parse_word(typed.named, today=today)
    if typed.has_moments:
        return _moments(typed, calendar)
    if typed.first is None and typed.last is None and bucket in {Bucket.WEEK, Bucket.MONTH}:
        default = days_before(Duration(DEFAULT_DAYS, "d"), today, bucket)
        return default or _between(None, None, today=today)
    return _between(typed.first, typed.last, today=today)


def _last(text: str, calendar: ServiceCalendar, bucket: Bucket | None) -> TimeRange:
    duration = parse_duration(text)
    if not duration.is_fine:
        found: TimeRange | None = days_before(duration, calendar.now.date(), bucket)
    else:
        calendar.check_moments(f"--last {text}", f"--last {days_needed(duration)}d")
        found = moments_before(duration, calendar.now, bucket)
    if found is None:
        raise too_far(text)
    return found


def _moments(typed: TypedRange, calendar: ServiceCalendar) -> Span:
    ends = (("--from", typed.first), ("--to", typed.last))
    option, text = next((o, t) for o, t in ends if t is not None and is_moment(t))
    calendar.check_moments(f"{option} {quoted(text)}", f"{option} {day_of_moment(text)}")
    return moments_between(typed.first, typed.last, now=calendar.now)


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
    return order(start, end, hint=f"swap them: --from {end} --to {start}")
