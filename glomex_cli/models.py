"""The values that commands, services and renderers hand each other, whichever service answers.

No effects. Values are named tuples: making such a class takes a fifth of the time of a
dataclass, and a command line makes them each time it starts.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, NamedTuple, NoReturn, TypeAlias

from glomex_cli.metrics import CellType, MetricKind

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = Mapping[str, Cell]
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
# Every name in a report has to match it (GraphQL specification, section 2.1.9).
GRAPHQL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# A measurement may follow a metric, as in video_startup_time:95th.
METRIC_NAME = re.compile(rf"{GRAPHQL_NAME.pattern}(?::[A-Za-z0-9]+)?")
# What a profile may be called: the same names are keys of a credential store.
PROFILE_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
BAD_PROFILE_NAME = (
    "this profile name is invalid",
    "use 1 to 64 letters, digits, dots, dashes or underscores",
)
NO_NAMES: Mapping[str, str] = MappingProxyType({})
NO_PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
NO_KINDS: Mapping[str, MetricKind] = MappingProxyType({})
_MOST_SECRETS = 32
DEFAULT_DAYS = 14  # the range of a report that names none


class ReportKind(StrEnum):
    """Whose report it is: Glomex has one for each party, Mux Data one for all."""

    CONTENT_OWNER = "content-owner"
    PUBLISHER = "publisher"
    DATA = "data"


class StoreName(StrEnum):
    """The credential stores: the values of `--store`."""

    KEYRING = "keyring"
    FILE = "file"
    NONE = "none"


class Role(StrEnum):
    """What a column holds, which decides how it is shown."""

    DIMENSION = "dimension"
    LABEL = "label"  # text beside an id, such as a title: shown, never computed with
    METRIC = "metric"
    CHANGE = "change"
    PERCENT = "percent"
    TREND = "trend"


class Secret:
    """A password, token or seed: shown masked, never pickled, read only by `reveal`.

    The latest values are known to the class, so that they can be masked in what others write.

    >>> Secret("hunter2")
    Secret('***')
    """

    __slots__ = ("_value",)
    _recent: ClassVar[dict[str, None]] = {}

    def __init__(self, value: str) -> None:
        self._value = value
        recent = Secret._recent
        recent.pop(value, None)
        recent[value] = None
        while len(recent) > _MOST_SECRETS:
            recent.pop(next(iter(recent)), None)

    @classmethod
    def recent(cls) -> tuple[str, ...]:
        """Return the values made last, the newest last: some dozens, however long this runs."""
        return tuple(cls._recent)

    def reveal(self) -> str:
        """Return the value itself, for the one place that needs it."""
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.reveal() == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Secret('***')"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")


class Period(NamedTuple):
    """Whole days, `first` and `last` included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """The number of days it covers."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class Span(NamedTuple):
    """Moments from `start` up to, but without, `end`; both know their time zone.

    Beside `Period`, for services whose data are finer than days.
    """

    start: datetime
    end: datetime

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M} to {self.end:%Y-%m-%d %H:%M %Z}"


TimeRange: TypeAlias = Period | Span


class Filter(NamedTuple):
    """A condition on what is counted: a name, an operator such as `=` or `!=`, and a value."""

    name: str
    op: str
    value: str


class Top(NamedTuple):
    """The first `size` rows by the only metric of a report, whose other rows are not shown."""

    size: int
    descending: bool = True


class ReportRequest(NamedTuple):
    """One question to a service: rows of `metrics` by `dimensions` over `period`.

    Of a report with `top`, a service may leave out the rows that follow the first.
    """

    kind: ReportKind
    dimensions: tuple[str, ...]
    metrics: tuple[str, ...]
    period: TimeRange
    filters: tuple[Filter, ...] = ()
    top: Top | None = None


class Column(NamedTuple):
    """A column of a report; a table shows `label` where `name` is too long.

    `kind` is what a metric is; a change has the kind of the metric that changed.
    """

    name: str
    role: Role
    label: str = ""
    kind: MetricKind | None = None
    type: CellType = CellType.TEXT


class Problem(NamedTuple):
    """What the service left out: its sanitized message; `path` is dotted: `report.rows.3.day`."""

    message: str
    path: str = ""


class Report(NamedTuple):
    """Rows in the order they are shown; each maps every column's name to its value.

    `rows` may be an iterator, read once. `total` is a footer for people only. `problems`
    says what is missing: rows without problems are all there are. `partial` holds the values of
    the time bucket, as in the rows, whose figures are not final: the range cuts that bucket, or
    it has not ended. `range` is the time the service really answered for, None where as asked.
    """

    columns: tuple[Column, ...]
    rows: Iterable[Row]
    total: Row | None = None
    problems: Sequence[Problem] = ()
    partial: Collection[str] = ()
    range: TimeRange | None = None


class ReportSchema(NamedTuple):
    """One kind of report. Mappings give the type of each name, as the service calls it.

    `labels` are fields of a row that are not numbers, such as titles. `parts` lists, for a
    dimension that is an object in a row, its scalar fields. `kinds` says what each metric is,
    `descriptions` what the service says of a field, as it came.
    """

    dimensions: tuple[str, ...]
    metrics: Mapping[str, str]
    labels: Mapping[str, str] = NO_NAMES
    filters: Mapping[str, str] = NO_NAMES
    parts: Mapping[str, tuple[str, ...]] = NO_PARTS
    kinds: Mapping[str, MetricKind] = NO_KINDS
    descriptions: Mapping[str, str] = NO_NAMES


class Schema(NamedTuple):
    """The reports of one endpoint. A kind that is missing cannot be asked for."""

    reports: Mapping[ReportKind, ReportSchema]


class Bucket(StrEnum):
    """The time buckets that a report can be divided by, the shortest first."""

    MINUTE = "minute"
    TEN_MINUTES = "ten_minutes"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class PeriodWord(StrEnum):
    """The calendar words that `--period` takes; `mtd` and `ytd` are month and year to date."""

    THIS_WEEK = "this-week"
    LAST_WEEK = "last-week"
    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    THIS_YEAR = "this-year"
    LAST_YEAR = "last-year"
    MTD = "mtd"
    YTD = "ytd"
