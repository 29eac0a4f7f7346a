"""What was asked of the input, handed from one reader to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glomex_cli.charts.parse.numbers import Tally


class Picking:
    """Which field is wanted, if not any, and what has to be said about the values."""

    def __init__(self, wanted: str | None, tally: Tally) -> None:
        self.wanted = wanted
        self.tally = tally
        self.notes: list[str] = []
