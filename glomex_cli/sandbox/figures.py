"""What one video brought on one day: a function of the two alone, with nothing stored."""

from functools import cache
from operator import add
from typing import NamedTuple

from glomex_cli.sandbox.catalog import Video
from glomex_cli.sandbox.lots import draw
from glomex_cli.sandbox.metrics import Day

_SERIES_TITLE = "Fernlicht"


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
        """Give a share of each count, rounded down, so that what was smaller stays so.

        >>> Figures(10, 5, 90, 12, 6, 4).part(0.3)
        Figures(views=3, completed=1, watch_s=27, requests=3, impressions=1, cents=1)
        """
        return Figures(*[int(count * share) for count in self])


class _Habits(NamedTuple):
    """What makes a video's figures its own, between 0 and 1."""

    requests: float
    fill: float
    patience: float
    price: float


def figures_on(video: Video, day: Day) -> Figures:
    """Give the figures of a video on a day on or after its publication."""
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
