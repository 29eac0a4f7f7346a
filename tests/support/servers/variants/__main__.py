"""Run the matrix and print what is wrong: cd tests; python -m support.servers.variants.

Words given name variants, in part: only these are run.
"""

import os
import sys
import tempfile

from support.cli import Glomex
from support.servers.variants.bench import Bench
from support.servers.variants.judging import verdict
from support.servers.variants.matrix import CASES, CellName, cells
from support.servers.variants.switchboard import Switchboard, switchboard


def _wrong(board: Switchboard, cell: CellName) -> str:
    """Return what is wrong with a cell, run in a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        for name in [each for each in os.environ if each.startswith("GLOMEX_")]:
            del os.environ[name]
        os.environ.update(HOME=home, XDG_CACHE_HOME=f"{home}/cache", GLOMEX_STORE="file")
        os.environ["GLOMEX_CONFIG_DIR"] = f"{home}/config"
        try:
            return verdict(Bench(Glomex(), board), CASES[cell.variant], cell.command)
        except AssertionError as error:
            return f"refused by the harness: {error}"


def _main(words: list[str]) -> None:
    with switchboard() as board:
        for cell in cells():
            if words and not any(word in cell.variant for word in words):
                continue
            if wrong := _wrong(board, cell):
                sys.stdout.write(f"{' '.join(cell)}: {wrong}\n")


if __name__ == "__main__":
    _main(sys.argv[1:])
