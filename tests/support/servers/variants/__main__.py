"""Run the matrix and write down what is wrong: cd tests; python -m support.servers.variants.

Words given name variants, in part: only these are run, their verdicts printed, nothing written.
"""

import os
import sys
import tempfile
from collections import defaultdict

from support.cli import Glomex
from support.servers.variants.bench import Bench
from support.servers.variants.judging import verdict
from support.servers.variants.matrix import CASES, WRONG_TODAY, CellName, cells
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
    found: dict[str, list[str]] = defaultdict(list)
    with switchboard() as board:
        for cell in cells():
            if words and not any(word in cell.variant for word in words):
                continue
            if wrong := _wrong(board, cell):
                found[cell.variant].append(cell.command)
                sys.stdout.write(f"{' '.join(cell)}: {wrong}\n")
    lines = [f"{CASES[name].kind} {name} {' '.join(found[name])}\n" for name in found]
    if not words:
        WRONG_TODAY.write_text("".join(sorted(lines, key=lambda line: int(line.split()[0]))))


if __name__ == "__main__":
    _main(sys.argv[1:])
