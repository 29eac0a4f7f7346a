"""Small reports for tests of what is done with rows."""

from collections.abc import Iterable
from datetime import UTC, date, timedelta

from hypothesis import strategies as st

from glomex_cli.dates.buckets import bucket_label
from glomex_cli.dates.calendar import start_of, whole_days
from glomex_cli.dates.moments import LENGTHS, midnight
from glomex_cli.models import Bucket, Cell, Column, Report, Role, Row, TimeRange

METRICS = ("video_views", "ad_impressions")
VIDEOS = ("v-cb24uwg77hgh", "v-cfa6lye0dkdd-sf", "Ärger im Zoo", "10")
COUNTS: st.SearchStrategy[Cell] = st.one_of(st.none(), st.integers(0, 10**12))
ANY_CELL: st.SearchStrategy[Cell] = st.one_of(
    st.none(), st.integers(), st.floats(), st.text(max_size=5), st.sampled_from(["7", "1e3", ""])
)


def report(dimensions: str, rows: Iterable[Row], *, metrics: Iterable[str] = METRICS) -> Report:
    """Return a report by `dimensions`, a list joined by commas."""
    columns = [Column(name, Role.DIMENSION) for name in dimensions.split(",") if name]
    return Report((*columns, *(Column(name, Role.METRIC) for name in metrics)), list(rows))


@st.composite
def reports(draw: st.DrawFn, period: TimeRange, *, bucket: Bucket = Bucket.DAY) -> Report:
    """Draw a report by video and `bucket` with days missing, in no order."""
    whole = whole_days(period)
    days = st.integers(0, whole.days - 1).map(lambda offset: whole.first + timedelta(days=offset))
    row = st.fixed_dictionaries(
        {
            "video": st.sampled_from(VIDEOS),
            bucket.value: days.map(lambda day: written(day, bucket)),
            **dict.fromkeys(METRICS, COUNTS),
        }
    )
    return report(f"video,{bucket}", draw(st.lists(row, max_size=12)))


def written(day: date, bucket: Bucket) -> str:
    """Return the label of the bucket that holds `day`, or its first minute or hour."""
    if bucket in LENGTHS:
        return bucket_label(midnight(day, UTC), bucket)
    return bucket_label(start_of(day, bucket), bucket)


def total(rows: Iterable[Row], name: str) -> int:
    """Add up a column of integers."""
    return sum(cell for row in rows if isinstance(cell := row.get(name), int))
