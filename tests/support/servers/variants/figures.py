"""Whether what a command printed holds the expected figures, whatever form its labels have."""

import json
import re
from collections.abc import Sequence
from typing import Any

from glomex_cli.sandbox.metrics import videos
from glomex_cli.sandbox.variants.variant import FORMS, Variant
from support.cli import Glomex
from support.servers.sandbox_client import NOON
from support.servers.variants.commands import Command
from support.servers.variants.expected import METRICS, Cell, expected, starts_of

_TITLES = {video.ident: video.title for video in videos()} | {
    video.channel.ident: video.channel.title for video in videos()
}
_BRAILLE = range(0x2800, 0x2900)


def rows_expected(variant: Variant, command: Command) -> list[dict[str, Cell]]:
    """Return the rows that a command's report must have."""
    return expected(variant, command.right, command.dimensions, command.first, command.last, NOON)


def wrong_rows(variant: Variant, command: Command, out: str, *, may_lack: bool = False) -> str:
    """Say what is wrong with rows in JSON, or nothing; some `may_lack`, none may be wrong."""
    try:
        printed = [_plain(row, variant, command) for row in json.loads(out or "[]")]
    except (ValueError, KeyError) as error:
        return f"unreadable: {error!r}"
    wanted = rows_expected(variant, command)
    if may_lack:
        strange = [row for row in printed if not any(_fits(row, each) for each in wanted)]
        return f"{len(strange)} rows that are none, such as {strange[0]}" if strange else ""
    if command.dimensions[0] not in FORMS:
        printed, wanted = _sorted(printed), _sorted(wanted)
    return "" if printed == wanted else _difference(printed, wanted)


def wrong_total(variant: Variant, command: Command, out: str) -> str:
    """Say what is wrong with the last line of a table in Markdown, or nothing."""
    cells = [
        re.sub(r"\.0+$", "", cell.strip(" *"))
        for cell in out.strip().splitlines()[-1].strip("|").split("|")
    ]
    rows = rows_expected(variant, command)
    wanted = ["total", *(f"{sum(int(row[n] or 0) for row in rows):,}" for n in METRICS)]
    return "" if cells == wanted else f"the total is {cells}, not {wanted}"


def wrong_sparkline(cli: Glomex, variant: Variant, command: Command, out: str) -> str:
    """Say what is wrong with a sparkline, or nothing: it must be that of the numbers alone."""
    bucket = command.dimensions[0]
    counts = {row[bucket]: row[METRICS[0]] for row in rows_expected(variant, command)}
    labels = [label for _, label in starts_of(bucket, command.first, command.last)]
    drawn = cli("sparkline", "-", stdin=json.dumps([counts.get(label) for label in labels]))
    return "" if out.strip("\n") == drawn.out.strip("\n") else f"{out!r}, not {drawn.out!r}"


def curve_of(out: str) -> list[str]:
    """Return the dots of a plot, line by line, without axes and labels."""
    dots = ("".join(c for c in line if ord(c) in _BRAILLE) for line in out.splitlines())
    return [line for line in dots if line]


def _plain(row: dict[str, Any], variant: Variant, command: Command) -> dict[str, Any]:
    name = command.dimensions[0]
    label = str(row[name])
    if name in FORMS:
        label = _iso(label, variant, command)
    elif (title := row.get(f"{name}_title")) is not None and title != _TITLES.get(label):
        raise ValueError(f"{label} is not called {title}")
    return {name: label, **{metric: row[metric] for metric in METRICS}}


def _iso(label: str, variant: Variant, command: Command) -> str:
    """Return the ISO form of a label that is in that of the service or in ISO itself."""
    bucket = command.dimensions[0]
    form = FORMS[bucket][getattr(variant.values, bucket)]
    starts = starts_of(bucket, command.first, command.last)
    return {str(form(start)): iso for start, iso in starts}.get(label, label)


def _fits(row: dict[str, Any], wanted: dict[str, Cell]) -> bool:
    return all(value is None or value == wanted.get(name) for name, value in row.items())


def _sorted(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(next(iter(row.values()))))


def _difference(printed: Sequence[Any], wanted: Sequence[Any]) -> str:
    if len(printed) != len(wanted):
        return f"{len(printed)} rows, not {len(wanted)}"
    first = next(i for i, row in enumerate(printed) if row != wanted[i])
    return f"{printed[first]}, not {wanted[first]}"
