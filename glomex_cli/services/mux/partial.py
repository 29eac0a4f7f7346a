"""Which buckets hold figures that are not final: cut by the range, running, or still growing."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from glomex_cli.dates.buckets import bucket_label
from glomex_cli.dates.calendar import move
from glomex_cli.models import Bucket
from glomex_cli.services.mux.rows import label_of
from glomex_cli.services.mux.timeframes import STEPS_S, Timeframe, calendar_parts, midnight

# Counted when a view starts, but only once it has ended: it may stay open an hour after playback.
_ENGAGEMENT = {"views", "unique_viewers", "playing_time"}
_OPEN = timedelta(hours=1)


def partial_labels(
    within: Timeframe, bucket: Bucket | None, metrics: Collection[str], now: datetime
) -> list[str]:
    """Return the labels, as in the rows, of the buckets in the range that are not final."""
    grows = _ENGAGEMENT.intersection(metrics)
    final = (now - _OPEN if grows else now).timestamp()
    if bucket is None:
        return []
    if bucket in STEPS_S:
        step = STEPS_S[bucket]
        first = max(within.first, int(final) // step * step)
        return [label_of(start, bucket) for start in range(first, within.end, step)]
    return list(_cut(within, bucket, final))


def _cut(within: Timeframe, bucket: Bucket, final: float) -> Iterator[str]:
    for start, part in calendar_parts(within, bucket):
        end = midnight(move(start, bucket, 1))
        if part != Timeframe(midnight(start), end) or end > final:
            yield bucket_label(start, bucket)
