"""The first rows of a breakdown, from a service that sorts, and from one that does not."""

from collections.abc import Sequence

import pytest

from glomex_cli.models import Json, Top
from glomex_cli.services.mux.client import PathQuestion
from glomex_cli.services.mux.fetch import Body, FigureTable, Scope
from glomex_cli.services.mux.reports import ranking
from glomex_cli.services.mux.requests import MuxSource
from glomex_cli.services.mux.timeframes import Timeframe

VIEWS = MuxSource("views")


class Pages:
    """The pages of rows with these values; behind the last page comes the last row once more."""

    def __init__(self, values: Sequence[Json], *, counts: bool) -> None:
        self.asked: list[dict[str, str]] = []
        self._rows: list[Json] = [
            {"field": f"name {index}", "value": value, "views": 1}
            for index, value in enumerate(values)
        ]
        self._counts = counts

    def answer(self, questions: Sequence[PathQuestion]) -> list[Body]:
        """Return the page asked for."""
        (question,) = questions
        self.asked.append(dict(question.parameters))
        size, page = (int(self.asked[-1][name]) for name in ("limit", "page"))
        rows = self._rows[(page - 1) * size : page * size] or self._rows[-1:]
        return [{"data": rows, "total_row_count": len(self._rows) if self._counts else None}]


def first(pages: Pages, size: int) -> FigureTable | None:
    scope = Scope(pages.answer, [VIEWS], Timeframe(0, 3600), ())
    return ranking(scope, "country", Top(size), by_views=False)


@pytest.mark.parametrize("values", [[3, None, 1], [1, 2, 3], [None, 3, 2]])
def test_a_service_that_sorts_otherwise_is_not_believed(values: list[Json]) -> None:
    assert first(Pages(values, counts=True), 2) is None


@pytest.mark.parametrize("counts", [True, False])
def test_all_that_tie_with_the_last_row_come(*, counts: bool) -> None:
    pages = Pages([9, 7, 7, 7, 7, 7, 5, 4, 3, 2], counts=counts)
    found = first(pages, 2)
    assert found is not None
    values = [figure.value for figure in found[VIEWS].values()]
    assert values[:6] == [9, 7, 7, 7, 7, 7]
    assert [each["page"] for each in pages.asked] == ["1", "2", "3"]
    assert {each["order_direction"] for each in pages.asked} == {"desc"}


@pytest.mark.parametrize("counts", [True, False])
def test_rows_that_tie_to_the_end_are_an_end(*, counts: bool) -> None:
    found = first(Pages([7, 7, 7, 7], counts=counts), 1)
    assert found is not None
    assert len(found[VIEWS]) == 4
