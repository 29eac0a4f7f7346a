"""The names of buckets and ranges of days: what `--dimension` and `--period` take. Light."""

from enum import StrEnum

DEFAULT_DAYS = 14  # the range of a report that names none


class Bucket(StrEnum):
    """The time buckets that a report can be divided by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Word(StrEnum):
    """The calendar words that `--period` takes; `mtd` and `ytd` are month and year to date."""

    THIS_WEEK = "this-week"
    LAST_WEEK = "last-week"
    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    THIS_YEAR = "this-year"
    LAST_YEAR = "last-year"
    MTD = "mtd"
    YTD = "ytd"
