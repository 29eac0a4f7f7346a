"""The types of a report's columns, from the account's schema or else the documented one."""

from glomex_cli.metrics import CellType
from glomex_cli.models import Bucket, ReportSchema

# GraphQL's own integer, and what services call one that exceeds its 32 bits.
_INTEGERS = frozenset(
    {"Int", "Long", "BigInt", "BigInteger", "Int64", "UnsignedInt", "NonNegativeInt", "PositiveInt"}
)
# The documented metrics, for where the account's schema is not known.
_COUNTS = frozenset({"video_views", "ad_impressions"})
_DATES = frozenset({Bucket.DAY, Bucket.WEEK, Bucket.MONTH})


def dimension_type(name: str) -> CellType:
    """Return the type of a dimension: dates for days and longer, text for ids and titles.

    >>> dimension_type("week"), dimension_type("video_title")
    (<CellType.DATE: 'date'>, <CellType.TEXT: 'text'>)
    """
    return CellType.DATE if name in _DATES else CellType.TEXT


def metric_type(name: str, known: ReportSchema) -> CellType:
    """Return the type of a metric: integer for a count, else number, which holds any count too.

    >>> metric_type("video_views", ReportSchema((), {})), metric_type("x", ReportSchema((), {}))
    (<CellType.INTEGER: 'integer'>, <CellType.NUMBER: 'number'>)
    """
    declared = known.metrics.get(name)
    if declared is None:
        return CellType.INTEGER if name in _COUNTS else CellType.NUMBER
    return CellType.INTEGER if declared.rstrip("!") in _INTEGERS else CellType.NUMBER
