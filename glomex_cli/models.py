"""What commands, services and renderers speak of, whichever service answered. No effects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NoReturn, TypeAlias

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = Mapping[str, Cell]


class ReportKind(StrEnum):
    """On whose behalf a report is asked: one GraphQL operation each."""

    CONTENT_OWNER = "content-owner"
    PUBLISHER = "publisher"


class StoreName(StrEnum):
    """What keeps credentials: the values of `--store`."""

    KEYRING = "keyring"
    FILE = "file"
    NONE = "none"


class Role(StrEnum):
    """What a column holds, which decides how a person sees it."""

    DIMENSION = "dimension"
    METRIC = "metric"
    CHANGE = "change"
    PERCENT = "percent"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class Secret:
    """A password, token or seed: shown masked, never pickled, read only by `reveal`.

    >>> Secret("hunter2")
    Secret('***')
    """

    _value: str = field(repr=False)

    def reveal(self) -> str:
        """Give the value itself, for the one place that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('***')"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, `first` and `last` included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """One question to a service: rows of `metrics` by `dimensions` over `period`."""

    kind: ReportKind
    dimensions: tuple[str, ...]
    metrics: tuple[str, ...]
    period: Period
    filters: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Column:
    """A named column of a report; `label` is what a table shows, where the name is too long."""

    name: str
    role: Role
    label: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What the service could not give: its sanitised message and the path of the field."""

    message: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Rows in the order they are shown; each maps every column's name to its value.

    `rows` may be an iterator, read once. `total` is a footer for people only. `problems`
    says what is missing: rows without problems are all there are.
    """

    columns: tuple[Column, ...]
    rows: Iterable[Row]
    total: Row | None = None
    problems: Sequence[Problem] = ()
