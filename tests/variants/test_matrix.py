"""Each command under each variant: exact figures, or a documented refusal, or known as wrong.

What is known as wrong stands in `wrong_today.txt`; a cell that becomes right must leave it.
"""

from collections.abc import Iterator

import pytest

from support.cli import Glomex
from support.servers.variants.bench import Bench
from support.servers.variants.judging import verdict
from support.servers.variants.matrix import CASES, CellName, cells, wrong_today
from support.servers.variants.switchboard import Switchboard, switchboard

_WRONG = wrong_today()


@pytest.fixture(scope="module")
def board() -> Iterator[Switchboard]:
    with switchboard() as opened:
        yield opened


def _parameters() -> Iterator[object]:
    for cell in cells():
        kind = f"kind {CASES[cell.variant].kind}"
        known = pytest.mark.xfail(strict=True, reason=kind, raises=pytest.fail.Exception)
        yield pytest.param(cell, id="-".join(cell), marks=[known] if cell in _WRONG else [])


@pytest.mark.parametrize("cell", list(_parameters()))
def test_a_command_is_exact_or_says_that_it_is_not(
    cli: Glomex, board: Switchboard, cell: CellName
) -> None:
    wrong = verdict(Bench(cli, board), CASES[cell.variant], cell.command)
    if wrong:
        pytest.fail(wrong, pytrace=False)  # a trace for hundreds of known cells takes a minute


def test_what_is_known_as_wrong_is_part_of_the_matrix() -> None:
    assert set(cells()) >= _WRONG
