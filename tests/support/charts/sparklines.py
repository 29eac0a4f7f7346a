"""Lines for the tests of sparklines: gaps as None, drawn in one call, programs fed by stdin."""

import json
import subprocess
from collections.abc import Sequence
from math import isnan
from typing import Any

from glomex_cli.charts.parse.reader import Reading, read_pieces
from glomex_cli.charts.series import Series
from glomex_cli.charts.sparkline.columns import grid_of, reduce
from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.metrics import Agg

_PIECE = 1 << 16
ROWS = [
    {"day": "2026-03-01", "video": "v-1", "video_views": 10, "fill_rate": "0.5"},
    {"day": "2026-03-02", "video": "v-1", "video_views": None, "fill_rate": "0.7"},
    {"day": "2026-03-03", "video": "v-1", "fill_rate": None, "video_views": 30},
]
MUX_ROWS: list[list[object]] = [
    ["2017-07-25T10:00:00Z", 421.5, 120],
    ["2017-07-25T11:00:00Z", None, None],
    ["2017-07-25T12:00:00Z", "530.25", "99"],
    ["2017-07-25T13:00:00Z", 301, 7],
]
MUX = {"total_row_count": 4, "timeframe": [1592270410, 1592356810], "data": MUX_ROWS}


def read_series(content: bytes, **options: Any) -> Reading:
    """Read everything at once, in pieces as large as those of a pipe."""
    pieces = (content[at : at + _PIECE] for at in range(0, len(content), _PIECE))
    return read_pieces(pieces, **options)


def read(document: object, **options: Any) -> Reading:
    """Read JSON, given as text or as what it stands for."""
    text = document if isinstance(document, str) else json.dumps(document)
    return read_series(text.encode(), **options)


def known(values: Sequence[float | None]) -> list[float | None]:
    """Return the values with every gap as None, so that they can be compared."""
    return [None if value is None or isnan(value) else value for value in values]


def glyphs(values: Sequence[float | None], **options: Any) -> list[str]:
    """Return the lines of a single series, drawn with the options of `SparklineOptions`."""
    return list(draw([Series("", values)], SparklineOptions(**options)).lines)


def drawn(series: Series, width: int, agg: Agg | None = None) -> list[float | None]:
    """Return the values of the columns, before they become glyphs."""
    return known(reduce(series, grid_of(series), width=width, agg=agg).values)


def run(command: list[str], text: bytes) -> bytes:
    """Return what a program makes of its stdin."""
    return subprocess.run(command, input=text, capture_output=True, check=True).stdout
