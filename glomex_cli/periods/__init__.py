"""Ranges of whole days: what `--from`, `--last`, `--period` and `--compare` mean.

The calendar only: what day it is comes as an argument, rows and services are unknown here.
"""

from glomex_cli.periods.choosing import resolve_period
from glomex_cli.periods.comparison import Comparison, parse_comparison, previous, year_before
from glomex_cli.periods.units import Bucket
from glomex_cli.periods.windows import asked, merge, windows

__all__ = [
    "Bucket",
    "Comparison",
    "asked",
    "merge",
    "parse_comparison",
    "previous",
    "resolve_period",
    "windows",
    "year_before",
]
