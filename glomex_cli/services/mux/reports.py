"""The reports of Mux Data: from a request to rows, whichever path has to be asked for it.

The first rows of a breakdown in the order of its metric are found without all of its pages.
"""

import math
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import count, pairwise
from typing import NamedTuple

from glomex_cli.concurrency import as_done
from glomex_cli.dates.buckets import bucket_in
from glomex_cli.errors import UsageError
from glomex_cli.models import (
    Bucket,
    Cell,
    Column,
    Problem,
    Report,
    ReportKind,
    ReportRequest,
    Role,
    Row,
    Secret,
    Top,
)
from glomex_cli.services.mux.client import MuxClient, PathQuestion
from glomex_cli.services.mux.explain import explained
from glomex_cli.services.mux.fetch import (
    TOP,
    Body,
    FigureKey,
    FigureTable,
    Scope,
    SendAll,
    breakdown,
    growing_labels,
    series,
    series_for_top,
    wholes,
)
from glomex_cli.services.mux.metrics import ALIASES, Asked, kind_of_mux, parse_metric
from glomex_cli.services.mux.requests import (
    PAGE,
    MuxSource,
    RankedPage,
    filter_parameters,
    ranked_question,
    sources_of,
)
from glomex_cli.services.mux.rows import Figure, breakdown_figures, row_count
from glomex_cli.services.mux.timeframes import Timeframe, answered, timeframe_of
from glomex_cli.services.normalize import numeric

_AT_ONCE = 4
_KEPT = timedelta(days=100)  # by the plan that most have


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


class _Plan(NamedTuple):
    """A request, read: its metrics and where each comes from, its dimensions, its range."""

    metrics: Sequence[Asked]
    sources: dict[str, MuxSource]
    dimension: str | None
    bucket: Bucket | None
    within: Timeframe


class MuxReports:
    """Fetches reports; what it shares with the service is the client and the clock."""

    def __init__(self, client: MuxClient, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now
        self._told: set[str] = set()

    def report(self, request: ReportRequest, token: Secret) -> Report:
        """Fetch a report; its rows are a list, and all have arrived when this returns."""
        plan = _plan(request)
        self._tell_of(plan)
        ranges: list[Timeframe] = []

        def ask(questions: Sequence[PathQuestion]) -> list[Body]:
            with explained(self._client, token, request):
                bodies = self._ask(questions, token)
            ranges.extend(filter(None, (answered(body.get("timeframe")) for body in bodies)))
            return bodies

        figures, problems = _figures(plan, request, ask)
        report = _report(plan, request, figures, problems)
        used = _union(ranges) or plan.within
        counted = [each.ident for each in plan.metrics if not each.is_views]
        growing = growing_labels(plan.within, plan.bucket, counted, self._now())
        self._tell_of_range(plan, used, figures)
        return report._replace(partial=growing, range=used.span)

    def document(self, request: ReportRequest, token: Secret | None) -> str:
        """Return the paths that `report` would ask for first, one a line."""
        del token  # all that is sent is in the path
        asked: list[PathQuestion] = []

        def note(questions: Sequence[PathQuestion]) -> list[Body]:
            asked.extend(questions)
            return [_nothing(question) for question in questions]

        _figures(_plan(request), request, note)
        return "\n".join(question.target for question in asked)

    def _ask(self, questions: Sequence[PathQuestion], token: Secret) -> list[Body]:
        """Return the answers in the order of the questions; at most four are under way."""
        if len(questions) == 1:
            return [self._client.get(questions[0], token)]
        calls = [partial(self._client.get, question, token) for question in questions]
        bodies: dict[int, Body] = {}
        for index, outcome in as_done(calls, at_once=_AT_ONCE):
            if isinstance(outcome, Exception):
                raise outcome
            bodies[index] = outcome
        return [bodies[index] for index in range(len(questions))]

    def _tell_of(self, plan: _Plan) -> None:
        """Note an alias, and what is left out, once each."""
        for each in plan.metrics:
            name = each.name.partition(":")[0]
            if name in ALIASES:
                self._tell(f"{name} is called {each.ident} by Mux Data")
        if plan.dimension and plan.bucket:
            self._tell(f"the {TOP} {plan.dimension} values with the most views, by {plan.bucket}")

    def _tell_of_range(self, plan: _Plan, used: Timeframe, figures: FigureTable) -> None:
        """Note a range that is not as asked, and why one so long ago may be empty."""
        if used != plan.within:
            self._tell(f"Mux Data sent data for {used.span}")
        values = (each.value for found in figures.values() for each in found.values())
        is_old = plan.within.first < (self._now() - _KEPT).timestamp()
        if is_old and all(value in {None, 0} for value in values):
            self._tell("hint: no data that old; most Mux plans keep 100 days")

    def _tell(self, note: str) -> None:
        if note not in self._told:
            self._told.add(note)
            self._client.tell(note)


def _nothing(question: PathQuestion) -> Body:
    """Return what stands for an answer where nothing is sent."""
    return {"data": {} if question.path.endswith("/overall") else []}


def _plan(request: ReportRequest) -> _Plan:
    if request.kind is not ReportKind.DATA:
        raise UsageError(f"Mux Data has no {request.kind} report", "leave --as out")
    metrics = [parse_metric(name) for name in request.metrics]
    bucket = bucket_in(request.dimensions)
    others = [name for name in request.dimensions if name != bucket]
    within = timeframe_of(request.period, bucket)
    return _Plan(metrics, sources_of(metrics), others[0] if others else None, bucket, within)


def _figures(
    plan: _Plan, request: ReportRequest, ask: SendAll
) -> tuple[FigureTable, list[Problem]]:
    sources = list(dict.fromkeys(plan.sources.values()))
    scope = Scope(ask, sources, plan.within, filter_parameters(request.filters))
    if plan.dimension and plan.bucket:
        return series_for_top(scope, plan.dimension, plan.bucket), []
    if plan.dimension and request.top and len(plan.metrics) == 1:
        by_views = plan.metrics[0].is_views
        if found := ranking(scope, plan.dimension, request.top, by_views=by_views):
            return found, []
    if plan.dimension:
        return breakdown(scope, plan.dimension)
    return (series(scope, plan.bucket) if plan.bucket else wholes(scope)), []


def _report(
    plan: _Plan, request: ReportRequest, figures: FigureTable, problems: list[Problem]
) -> Report:
    dimensions = [Column(name, Role.DIMENSION) for name in request.dimensions]
    metrics = [Column(each.name, Role.METRIC, kind=kind_of_mux(each.name)) for each in plan.metrics]
    keys = dict.fromkeys(key for found in figures.values() for key in found)
    rows: list[Row] = [
        dict(zip(request.dimensions, key, strict=True))
        | {each.name: _cell(each, key, plan, figures) for each in plan.metrics}
        for key in keys
    ]
    return Report((*dimensions, *metrics), rows, problems=problems)


def _cell(asked: Asked, key: tuple[Cell, ...], plan: _Plan, figures: FigureTable) -> Cell:
    figure = figures[plan.sources[asked.name]].get(key)
    if figure is None:
        return None
    return figure.views if asked.is_views else figure.value


def _union(ranges: Sequence[Timeframe]) -> Timeframe | None:
    if not ranges:
        return None
    return Timeframe(min(each.first for each in ranges), max(each.end for each in ranges))
