"""Where the numbers of a picture come from: arguments, stdin or the service.

An option that the chosen one cannot use is refused: silence would draw something else than was
asked for.
"""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.errors import NoRowsError, UsageError
from glomex_cli.terminal.screen import is_fed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from io import BufferedIOBase

    from glomex_cli.charts.parse.reader import Reading
    from glomex_cli.charts.series import Series
    from glomex_cli.cli.chart_options import PictureSource
    from glomex_cli.cli.options import Range
    from glomex_cli.metrics import Agg

_PIECE = 1 << 16


class Selection(NamedTuple):
    """What a person asked to draw: metrics, numbers or `-`, the range, and the other options."""

    words: Sequence[str]
    days: Range
    source: PictureSource


class Origin(Enum):
    """Where numbers come from, in the words of a message."""

    NUMBERS = "numbers given as arguments"
    STDIN = "stdin"
    SERVICE = "the service"


def find_origin(
    selection: Selection,
    stdin: BufferedIOBase,
    *,
    more: Mapping[str, object] | None = None,
    follow: bool = False,
) -> Origin:
    """Return where to take the numbers from; UsageError names an option that does not apply.

    `more` are options of one command that only the service can answer, by name. A metric or an
    option for the service wins over a pipe, which a script may have on stdin without meaning it.
    """
    words, days, source = selection
    for_service = _given(_service_options(days, source) | dict(more or {}))
    for_stdin = _given({"--field": source.field, "--skip-bad": source.skip_bad})
    if source.top is not None and source.by is None:
        raise UsageError("--top needs --by: it counts the lines of a dimension", "--by video")
    origin = _origin(words, stdin, for_service, follow=follow)
    unfit = [] if origin is Origin.STDIN else for_stdin
    unfit += [] if origin is Origin.SERVICE else for_service
    if follow and origin is not Origin.STDIN:
        unfit.insert(0, "--follow")
    if source.watch is not None and source.fail_empty and not unfit:
        raise UsageError("--fail-empty cannot be used with --watch", "leave out --fail-empty")
    if unfit:
        raise UsageError(
            f"{unfit[0]} cannot be used with {origin.value}", f"leave out {', '.join(unfit)}"
        )
    return origin


def _origin(
    words: Sequence[str], stdin: BufferedIOBase, for_service: Sequence[str], *, follow: bool
) -> Origin:
    if list(words) == ["-"]:
        return Origin.STDIN
    if words:
        return Origin.NUMBERS if _are_numbers(words) else Origin.SERVICE
    if follow:
        return Origin.STDIN
    return Origin.SERVICE if for_service or not is_fed(stdin) else Origin.STDIN


def _are_numbers(words: Sequence[str]) -> bool:
    if any("_" in word for word in words):  # as in most names, and in no number
        return False
    from glomex_cli.charts.parse.reader import are_numbers

    return are_numbers(words)


def _service_options(days: Range, source: PictureSource) -> dict[str, object]:
    return {
        "--from": days.first,
        "--to": days.last,
        "--last": days.span,
        "--period": days.named,
        "--as": days.kind,
        "--dimension": source.dimension,
        "--by": source.by,
        "--top": source.top,
        "--ids": source.ids,
        "--watch": source.watch,
    }


def _given(options: Mapping[str, object]) -> list[str]:
    return [name for name, value in options.items() if value is not None and value is not False]


def read_input(
    origin: Origin,
    selection: Selection,
    stdin: BufferedIOBase,
    agg: Agg | None = None,
) -> Reading:
    """Return the series on stdin or in the arguments; UsageError for what is no number."""
    from glomex_cli.charts.parse.reader import read_pieces, read_words

    words, _, source = selection
    if origin is Origin.NUMBERS:
        return read_words(words)
    pieces = iter(partial(stdin.read1, _PIECE), b"")
    return read_pieces(pieces, field=source.field, skip_bad=source.skip_bad, agg=agg)


def refuse_empty(series: Sequence[Series], source: PictureSource) -> None:
    """Raise NoRowsError where `--fail-empty` was given and there is not one number."""
    if source.fail_empty:
        from glomex_cli.charts.series import summarize

        has_numbers = any(summarize(one._replace(partial=frozenset())) for one in series)
        if not has_numbers:
            raise NoRowsError("there are no numbers to draw", "glomex sparkline --help")
