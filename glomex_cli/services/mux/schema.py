"""What can be asked of Mux Data: the metrics of its documents, the dimensions of the account."""

from collections.abc import Iterable

from glomex_cli.models import Bucket, Json, ReportKind, ReportSchema, Schema
from glomex_cli.services.mux.metrics import MUX_METRICS, kind_of_mux

MUX_BUCKETS = (
    Bucket.MINUTE,
    Bucket.TEN_MINUTES,
    Bucket.HOUR,
    Bucket.DAY,
    Bucket.WEEK,
    Bucket.MONTH,
)
# Those that the documents call basic, for accounts whose list cannot be fetched.
_BASIC = (
    "asset_id", "browser", "cdn", "continent_code", "country", "live_stream_id",
    "operating_system", "player_name", "player_software", "source_type", "stream_type", "video_id",
    "video_series", "video_title", "viewer_device_category", "viewer_device_name",
)  # fmt: skip


def mux_schema(dimensions: Iterable[str]) -> Schema:
    """Return the schema with these dimensions; each of them can be filtered by."""
    names = tuple(dict.fromkeys(dimensions))
    return Schema(
        {
            ReportKind.DATA: ReportSchema(
                dimensions=(*names, *MUX_BUCKETS),
                metrics={
                    name: f"{each.unit}, {each.default}" for name, each in MUX_METRICS.items()
                },
                filters=dict.fromkeys(names, "text"),
                kinds={name: kind_of_mux(name) for name in MUX_METRICS},
            )
        }
    )


MUX_DOCUMENTED = mux_schema(_BASIC)


def listed_dimensions(body: dict[str, Json]) -> list[str]:
    """Return the names in an answer that lists the dimensions by groups, basic and advanced."""
    groups = body.get("data")
    if not isinstance(groups, dict):
        return []
    return [
        name
        for group in groups.values()
        if isinstance(group, list)
        for name in group
        if isinstance(name, str)
    ]
