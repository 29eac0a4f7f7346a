"""The videos and channels of the sandbox, and what a video brings on a day.

That is a function of the two alone, with nothing stored: chance is drawn from a hash of what it
is drawn for. The calendar, in UTC, says which days have data, how busy they are, and which
bucket they fall into.
"""

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from hashlib import blake2b
from importlib import resources
from operator import add
from typing import NamedTuple

# Where the demo's videos are embedded, and the share of their views each place brings.
# The rest is watched on other pages, which a publisher's report does not include.
INTEGRATIONS = {
    "4s29x1jj6fagy1ct": 0.27,
    "si3ziliu0sehfs4n": 0.18,
    "v4tlgez43yluc7ew": 0.12,
    "5x8w656iatj5gxch": 0.05,
}
_MONTHS_IN_QUARTER = 3
_DAYS_IN_YEAR = 365.25
_SECONDS_IN_DAY = 86_400
_SEASON_DAY = 5
_SATURDAY = 5
_OUTAGE_MONTHS = frozenset({2, 5, 8, 11})
_OUTAGE_DAYS = frozenset({10, 11})
_WEEKDAYS = (0.93, 0.88, 0.9, 0.95, 1.04, 1.21, 1.28)  # Monday first
_SERIES_TITLE = "Fernlicht"


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel: `c-` and 12 letters or digits, and a title for people."""

    ident: str
    title: str


@dataclass(frozen=True, slots=True)
class Video:
    """A video: `v-` and 12 letters or digits; it exists from the day it was published.

    `daily_views` is what an average day brings once the first weeks are over.
    """

    ident: str
    channel: Channel
    title: str
    published: date
    daily_views: int
    seconds: int


@cache
def videos() -> tuple[Video, ...]:
    """Return every video, future ones too, channel by channel in the order of publication."""
    channels = {row["id"]: Channel(row["id"], row["title"]) for row in _rows("channels.csv")}
    return tuple(
        Video(
            ident=row["id"],
            channel=channels[row["channel"]],
            title=row["title"],
            published=date.fromisoformat(row["published"]),
            daily_views=int(row["daily_views"]),
            seconds=int(row["seconds"]),
        )
        for row in _rows("videos.csv")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("glomex_cli.sandbox").joinpath(name).read_text("utf-8")
    return csv.DictReader(text.splitlines())


def draw(occasion: bytes) -> list[float]:
    """Draw four numbers from 0 to 1; the same occasion always draws the same.

    >>> draw(b"monday") == draw(b"monday") != draw(b"tuesday")
    True
    """
    return [byte / 255 for byte in blake2b(occasion, digest_size=4).digest()]


@dataclass(frozen=True, slots=True)
class Day:
    """A day with data.

    `traffic` says how busy it is (1 is an average day of a grown-up service), `new_season` how
    much more a series is watched, `ad_demand` how well advertising sells (1 is average), and
    `gone` which part of the day is over: 1, or less today.
    """

    date: date
    traffic: float = 1.0
    new_season: float = 1.0
    ad_demand: float = 1.0
    gone: float = 1.0

    def bucket(self, name: str) -> str:
        """Name the `day`, ISO `week` or `month` it falls in.

        >>> Day(date(2024, 12, 30)).bucket("week")
        '2025-W01'
        """
        if name == "week":
            year, week, _ = self.date.isocalendar()
            return f"{year:04}-W{week:02}"
        iso = self.date.isoformat()
        return iso[:7] if name == "month" else iso


def days_with_data(first: date, last: date, *, now: datetime) -> Iterator[Day]:
    """Yield the days from `first` to `last` in order, without outages and the future."""
    now = now.astimezone(UTC)
    today = now.date()
    for ordinal in range(first.toordinal(), min(last, today).toordinal() + 1):
        day = date.fromordinal(ordinal)
        if not is_outage(day):
            gone = _part_gone(now) if day == today else 1.0
            yield Day(day, _traffic(day), _new_season(day), _ad_demand(day), gone)


def is_outage(day: date) -> bool:
    """Return whether the day has no data: the 10th and 11th of a quarter's second month."""
    return day.month in _OUTAGE_MONTHS and day.day in _OUTAGE_DAYS


def _traffic(day: date) -> float:
    """Follow growth (an S-curve, level before 1990 and after 2050), winter, weekday and chance."""
    years = day.toordinal() / _DAYS_IN_YEAR
    growth = 0.2 + 0.8 / (1 + math.exp((2022 - years) / 3))
    winter = 1 + 0.1 * math.cos(2 * math.pi * years)
    what_else_is_on = 0.94 + 0.12 * draw(day.isoformat().encode())[0]
    return growth * winter * _WEEKDAYS[day.weekday()] * what_else_is_on


def _ad_demand(day: date) -> float:
    """Peak at the end of November, fall until the end of May, and drop at weekends."""
    year_round = 1 + 0.1 * math.cos(2 * math.pi * (day.toordinal() / _DAYS_IN_YEAR - 0.9))
    return year_round * (0.97 if day.weekday() >= _SATURDAY else 1)


def _new_season(day: date) -> float:
    """Start a season on the 5th of every quarter's last month: three times the views, then less.

    Ten days later the extra is down to a quarter; after six weeks little of it is left.
    """
    months = day.year * 12 + day.month - 1 - (day.day < _SEASON_DAY)
    months -= (months + 1) % _MONTHS_IN_QUARTER
    start = date(months // 12, months % 12 + 1, _SEASON_DAY)
    return 1 + 2 / (1 + (day - start).days / 10) ** 2


def _part_gone(now: datetime) -> float:
    return (now.hour * 3600 + now.minute * 60 + now.second) / _SECONDS_IN_DAY


class Figures(NamedTuple):
    """Counts, which may be summed; revenue is in cents. Rates are made of sums, never summed."""

    views: int
    completed: int
    watch_s: int
    requests: int
    impressions: int
    cents: int

    def plus(self, other: "Figures") -> "Figures":
        """Add count by count."""
        return Figures(*map(add, self, other))

    def part(self, share: float) -> "Figures":
        """Return a share of each count, rounded down, so that what was smaller stays so.

        >>> Figures(10, 5, 90, 12, 6, 4).part(0.3)
        Figures(views=3, completed=1, watch_s=27, requests=3, impressions=1, cents=1)
        """
        return Figures(*[int(count * share) for count in self])


class _Habits(NamedTuple):
    """Traits of a video that shape its figures, each between 0 and 1."""

    requests: float
    fill: float
    patience: float
    price: float


def figures_on(video: Video, day: Day) -> Figures:
    """Return the figures of a video on a day on or after its publication."""
    habits = _habits(video.ident)
    chance = draw(b"%s %d" % (video.ident.encode(), day.date.toordinal()))
    views = int(_expected_views(video, day) * (0.88 + 0.24 * chance[0]))
    requests = int(views * (1.05 + 0.5 * habits.requests + 0.05 * chance[1]))
    patience = 0.3 + 0.4 * habits.patience + 0.06 * chance[2]
    fill = day.ad_demand * (0.38 + 0.36 * habits.fill + 0.12 * chance[3])
    impressions = int(requests * fill)
    whole_day = Figures(
        views=views,
        completed=int(views * patience * 0.8),
        watch_s=int(views * video.seconds * patience),
        requests=requests,
        impressions=impressions,
        cents=int(impressions * (0.5 + 0.8 * habits.price + 0.1 * chance[3])),
    )
    return whole_day if day.gone == 1 else whole_day.part(day.gone)


def _expected_views(video: Video, day: Day) -> float:
    """Start at five times the usual, which wears off; new seasons lift the series."""
    age = (day.date - video.published).days
    premiere = 1 + 4 / (1 + age / 4)
    season = day.new_season if video.title.startswith(_SERIES_TITLE) else 1
    return video.daily_views * day.traffic * premiere * season


@cache
def _habits(ident: str) -> _Habits:
    return _Habits(*draw(ident.encode()))
