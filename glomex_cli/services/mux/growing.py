"""Buckets that have ended, but whose figures still grow: those of views not yet complete."""

from collections.abc import Collection
from datetime import datetime, timedelta

from glomex_cli.models import Bucket
from glomex_cli.services.mux.rows import label_of
from glomex_cli.services.mux.timeframes import STEPS_S, Timeframe

# Counted when a view starts, but only once it is complete: it may stay open for an hour after
# the playback has stopped. All other metrics count a view when it ends.
_ENGAGEMENT = frozenset({"views", "unique_viewers", "playing_time"})
_OPEN = timedelta(hours=1)


def growing_labels(
    within: Timeframe, bucket: Bucket | None, metrics: Collection[str], now: datetime
) -> list[str]:
    """Return the labels, as in the rows, of the buckets whose views may still be open.

    None where no metric counts views at their start, or for days and longer, of which only the
    running one grows by more than a trace.
    """
    step = STEPS_S.get(bucket) if bucket else None
    if not (bucket and step) or bucket is Bucket.DAY or not _ENGAGEMENT.intersection(metrics):
        return []
    first = max(within.first, int((now - _OPEN).timestamp()) // step * step)
    return [label_of(start, bucket) for start in range(first, within.end, step)]
