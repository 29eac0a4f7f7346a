"""The first rows of a breakdown in the order of its metric, without the pages that follow."""

import math
from collections.abc import Sequence
from itertools import count, pairwise

from glomex_cli.models import Top
from glomex_cli.services.mux.fetch import FigureKey, FigureTable, Scope
from glomex_cli.services.mux.requests import PAGE, RankedPage, ranked_question
from glomex_cli.services.mux.rows import Figure, breakdown_figures, row_count
from glomex_cli.services.normalize import numeric


def ranking(scope: Scope, dimension: str, top: Top, *, by_views: bool) -> FigureTable | None:
    """Return the first rows of the only source, with all that tie with the last of them.

    They are in the order of names, as those of all pages. None where the service did not sort
    them by numbers: then only all pages show which rows are first.
    """
    (source,) = scope.sources
    first = RankedPage("views" if by_views else "value", top.descending, min(PAGE, top.size + 1))
    found: dict[FigureKey, Figure] = {}
    for page in count(1):
        part = first._replace(page=page)
        (body,) = scope.ask(
            [ranked_question(source, scope.within, dimension, scope.filters, part=part)]
        )
        before = len(found)
        for name, figure in breakdown_figures(body):
            found.setdefault((name,), figure)
        values = [_number(figure, by_views=by_views) for figure in found.values()]
        if not _is_sorted(values, descending=top.descending):
            return None
        is_last = len(found) == before or len(found) >= (row_count(body) or math.inf)
        if is_last or _is_enough(values, top.size):
            break
    return {source: dict(sorted(found.items(), key=_by_name))}


def _by_name(entry: tuple[FigureKey, Figure]) -> tuple[bool, str]:
    (name,), _ = entry
    return name is not None, str(name)


def _number(figure: Figure, *, by_views: bool) -> float | None:
    return numeric(figure.views if by_views else figure.value)


def _is_sorted(values: Sequence[float | None], *, descending: bool) -> bool:
    numbers = [value for value in values if value is not None]
    pairs = pairwise(numbers[::-1] if descending else numbers)
    return len(numbers) == len(values) and all(first <= second for first, second in pairs)


def _is_enough(values: Sequence[float | None], wanted: int) -> bool:
    """Return whether the rows wanted are there, and one that does not tie with the last."""
    return len(values) > wanted and values[-1] != values[wanted - 1]
