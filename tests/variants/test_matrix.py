"""Each command under each variant: exact figures, or a documented refusal."""

from collections.abc import Iterator

import pytest

from support.cli import Glomex
from support.servers.variants.bench import Bench
from support.servers.variants.judging import verdict
from support.servers.variants.matrix import CASES, CellName, cells
from support.servers.variants.switchboard import Switchboard, switchboard
from support.zones import local_time


@pytest.fixture(scope="module")
def board() -> Iterator[Switchboard]:
    with switchboard() as opened, local_time("UTC"):  # elsewhere NOON may be of another day
        yield opened


@pytest.mark.parametrize("cell", list(cells()), ids="-".join)
def test_a_command_is_exact_or_says_that_it_is_not(
    cli: Glomex, board: Switchboard, cell: CellName
) -> None:
    wrong = verdict(Bench(cli, board), CASES[cell.variant], cell.command)
    if wrong:
        pytest.fail(wrong, pytrace=False)  # a trace for hundreds of known cells takes a minute
