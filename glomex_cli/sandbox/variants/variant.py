"""What one variant of the service differs in. Everything else is as the sandbox has it.

Days, weeks and months are written in the forms that services use.
"""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, TypeAlias

from glomex_cli.sandbox.sessions import Right
from glomex_cli.sandbox.variants.error_styles import ErrorShape, Event

Introspection: TypeAlias = Literal["on", "refused", "forbidden", "null", "partial"]
Encoding: TypeAlias = Literal["", "gzip", "deflate", "raw-deflate", "br", "zstd"]
FaultKind: TypeAlias = Literal["internal", "bad-gateway", "partial", "rate-limited", "empty"]
Form: TypeAlias = Callable[[date], str | int]
_WEEK_END = timedelta(days=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """How values of a row are written; names of forms are those of `labels`.

    Every count is multiplied by `scale`, for figures beyond the range of a float.
    """

    day: str = "iso"
    week: str = "iso"
    month: str = "iso"
    numbers: Literal["int", "float", "text"] = "int"
    scale: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """How `from` and `to` are read.

    `exclusive` holds the reports that read `to` as the day after the last. `newest` refuses a
    later `to`. More than `longest` days are refused; 0 is no limit, and `says_longest` puts the
    limit into the message.
    """

    exclusive: frozenset[Right] = frozenset()
    newest: Literal["any", "today", "yesterday"] = "any"
    longest: int = 0
    says_longest: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which rows come: `gaps` is how days without data are told, `size` cuts an answer.

    `size` is the length of a page, of which `most` is the highest that may be asked for; where
    the schema has no arguments for pages, the rest is lost without a word.
    """

    gaps: Literal["missing", "zero", "null"] = "missing"
    size: int = 0
    most: int = 100
    flaw: Literal["", "null-rows", "outside", "twice", "extra", "unnamed", "other-report"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """How `createSession` behaves beyond its type, which is a slot of the schema.

    `wrong` is the answer to a wrong password. `is_down` fails each sign-in before it runs.
    """

    wrong: Literal["error", "null-token", "null", "status-401", "html-401", "status-403"] = "error"
    wants_operation_name: bool = False
    wants_variables: bool = False
    challenge_in_error: bool = False
    is_down: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """What HTTP does to an answer. `page` replaces answers by a login page or a redirect."""

    encoding: Encoding = ""
    content_type: str = ""
    charset: str = "utf-8"
    has_bom: bool = False
    has_length: bool = True
    page: Literal["", "login-page", "redirect"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A failure of the `at`-th request, counted from 1 and only those that hold `only`.

    With `at` 0 each of them fails.
    """

    kind: FaultKind
    at: int = 1
    only: str = "AnalyticsReport("


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One service. `slots` replaces pieces of the schema (`schema_text`), by name.

    `errors` is a name in `error_styles`; `shapes` replaces single shapes of that style.
    """

    name: str
    sentence: str = ""
    slots: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Values = Values()
    range: Range = Range()
    rows: Rows = Rows()
    errors: str = "apollo"
    shapes: Mapping[Event, ErrorShape] = field(default_factory=dict[Event, ErrorShape])
    sign_in: SignIn = SignIn()
    introspection: Introspection = "on"
    transport: Transport = Transport()
    faults: tuple[Fault, ...] = ()


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


def _berlin(day: date) -> str:
    """Return midnight of Berlin in UTC, which is late on the day before.

    Worked out here, because Windows has no table of zones. The clocks change at 01:00 UTC, so
    the midnight of a Sunday of change is still in the old time.
    """
    is_summer = _last_sunday(day.year, 3) < day <= _last_sunday(day.year, 10)
    midnight = datetime.combine(day, time(), UTC) - timedelta(hours=2 if is_summer else 1)
    return f"{midnight:%Y-%m-%dT%H:%M:%SZ}"


def _last_sunday(year: int, month: int) -> date:
    end = _month_end(date(year, month, 1))
    return end - timedelta(days=(end.weekday() + 1) % 7)


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


def _in_week(pattern: str) -> Form:
    return lambda day: pattern.format(*_week(day))


def _in_month(pattern: str) -> Form:
    return lambda day: pattern.format(day.year, day.month)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


_ANY: dict[str, Form] = {
    "first-day": date.isoformat,
    "timestamp": lambda day: f"{day}T00:00:00Z",
    "timestamp-millis": lambda day: f"{day}T00:00:00.000+00:00",
    "timestamp-space": lambda day: f"{day} 00:00:00",
    "berlin": _berlin,
    "epoch": _midnight,
    "epoch-millis": lambda day: _midnight(day) * 1000,
    "epoch-text": lambda day: str(_midnight(day)),
    "german": lambda day: f"{day:%d.%m.%Y}",
    "compact": lambda day: f"{day:%Y%m%d}",
}


DAYS: Mapping[str, Form] = {**_ANY, "iso": date.isoformat}


WEEKS: Mapping[str, Form] = {
    **_ANY,
    "iso": _in_week("{0:04}-W{1:02}"),
    "compact-iso": _in_week("{0:04}W{1:02}"),
    "week-date": _in_week("{0:04}-W{1:02}-1"),
    "short": _in_week("{0:04}-W{1}"),
    "lower": _in_week("{0:04}-w{1:02}"),
    "number": lambda day: _week(day)[0] * 100 + _week(day)[1],
    "digits": _in_week("{0:04}{1:02}"),
    "dash": _in_week("{0:04}-{1:02}"),
    "slash": _in_week("{0:04}/{1:02}"),
    "week-first": _in_week("{1:02}-{0:04}"),
    "week-first-slash": _in_week("{1:02}/{0:04}"),
    "w-first": _in_week("W{1:02}-{0:04}"),
    "german-week": _in_week("KW {1:02}/{0:04}"),
    "bare": lambda day: _week(day)[1],
    "bare-text": _in_week("{1}"),
    "bare-w": _in_week("W{1:02}"),
    "last-day": lambda day: (day + _WEEK_END).isoformat(),
    "span": lambda day: f"{day}/{day + _WEEK_END}",
    "span-dash": lambda day: f"{day} - {day + _WEEK_END}",
}


MONTHS: Mapping[str, Form] = {
    **_ANY,
    "iso": _in_month("{0:04}-{1:02}"),
    "number": lambda day: day.year * 100 + day.month,
    "digits": _in_month("{0:04}{1:02}"),
    "slash": _in_month("{0:04}/{1:02}"),
    "month-first": _in_month("{1:02}/{0:04}"),
    "month-first-dash": _in_month("{1:02}-{0:04}"),
    "month-first-dot": _in_month("{1:02}.{0:04}"),
    "short": _in_month("{0:04}-{1}"),
    "name": lambda day: f"{calendar.month_name[day.month]} {day.year}",
    "abbreviation": lambda day: f"{calendar.month_abbr[day.month]} {day.year}",
    "bare": lambda day: day.month,
    "last-day": lambda day: _month_end(day).isoformat(),
    "span": lambda day: f"{day}/{_month_end(day)}",
}


FORMS: Mapping[str, Mapping[str, Form]] = {"day": DAYS, "week": WEEKS, "month": MONTHS}
