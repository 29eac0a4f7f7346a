"""What the metrics of the Glomex service are: its documented ones, and those of the sandbox.

A metric that is not listed is judged by its description in the service's schema, and by its name
where that says nothing. No effects.
"""

import re
from collections.abc import Mapping
from typing import Final

from glomex_cli.metrics import Agg, Better, MetricKind, Unit, guess_kind


def _sum(unit: Unit, better: Better = Better.UP) -> MetricKind:
    return MetricKind(unit, adds_up=True, better=better, agg=Agg.SUM)


def _mean(unit: Unit, weight: str) -> MetricKind:
    return MetricKind(unit, adds_up=False, better=Better.UP, weight=weight)


_USUAL_WEIGHT = "video_views"
# A rate is weighted by what it is a rate of: its mean is then the rate of the sums.
METRICS: Final[Mapping[str, MetricKind]] = {
    "video_views": _sum(Unit.COUNT),
    "completed_views": _sum(Unit.COUNT),
    "completion_rate": _mean(Unit.FRACTION, "video_views"),
    "watch_time_s": _sum(Unit.SECONDS),
    "avg_watch_time_s": _mean(Unit.SECONDS, "video_views"),
    "ad_requests": _sum(Unit.COUNT, Better.NEITHER),
    "ad_impressions": _sum(Unit.COUNT),
    "fill_rate": _mean(Unit.FRACTION, "ad_requests"),
    "revenue": _sum(Unit.MONEY),
    "ecpm": _mean(Unit.MONEY, "ad_impressions"),
}

_COUNTING = re.compile(r"\b(how (often|many)|numbers? of|counts? of|total)\b", re.IGNORECASE)
_AVERAGE = re.compile(
    r"\b(average|mean|median|percentile|percentage|ratio|rate|share|unique|distinct|per)\b",
    re.IGNORECASE,
)
_UNITS = (
    (Unit.MILLISECONDS, re.compile(r"\bin (milliseconds|ms)\b", re.IGNORECASE)),
    (Unit.SECONDS, re.compile(r"\bin seconds\b", re.IGNORECASE)),
    (Unit.FRACTION, re.compile(r"\b(from|between) 0(\.0)? (to|and) 1(\.0)?\b", re.IGNORECASE)),
    (Unit.PERCENT, re.compile(r"\bin percent\b|\bfrom 0 to 100\b", re.IGNORECASE)),
)


def kind_of_metric(name: str, description: str = "") -> MetricKind:
    """Return what a metric is, by the table, else by its description, else by its name.

    A description of a unit counts for every metric.

    >>> kind_of_metric("dwell", "Time per visit, in seconds.")[:2]
    (<Unit.SECONDS: 'seconds'>, False)
    """
    known = METRICS.get(name)
    kind = known or guess_kind(name)
    unit = next((unit for unit, words in _UNITS if words.search(description)), kind.unit)
    if known:
        return kind._replace(unit=unit)
    kind = _described(kind._replace(unit=unit), description.partition(". ")[0])
    is_average = kind.adds_up is False and kind.agg is Agg.MEAN
    return kind._replace(weight=_USUAL_WEIGHT) if is_average else kind


def _described(kind: MetricKind, sentence: str) -> MetricKind:
    """Return the kind after what the first sentence of a description says of adding up."""
    if kind.unit in {Unit.FRACTION, Unit.PERCENT} or _AVERAGE.search(sentence):
        agg = Agg.MEAN if kind.agg is Agg.SUM else kind.agg
        return kind._replace(adds_up=False, agg=agg)
    if kind.adds_up is None and _COUNTING.search(sentence):
        return kind._replace(unit=Unit.COUNT, adds_up=True, agg=Agg.SUM)
    return kind
