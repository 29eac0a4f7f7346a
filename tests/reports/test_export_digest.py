"""The digest of a month: the same for the same rows in any order, another for any other rows."""

import os
import subprocess
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from glomex_cli.metrics import CellType
from glomex_cli.models import Column, Report, Role, Row
from glomex_cli.output.typed_cells import ROWS_PER_BLOCK, typed_blocks
from glomex_cli.reports.export.month import RowDigest, month_file

COLUMNS = (
    Column("video", Role.DIMENSION),
    Column("day", Role.DIMENSION, type=CellType.DATE),
    Column("views", Role.METRIC, type=CellType.INTEGER),
    Column("revenue", Role.METRIC, type=CellType.NUMBER),
)
ROWS = st.fixed_dictionaries(
    {
        "video": st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
        "day": st.integers(1, 30).map("2025-06-{:02}".format),
        "views": st.none() | st.integers(0, 2**60),
        "revenue": st.none() | st.floats(allow_nan=False, allow_infinity=False),
    }
)


def digest(rows: list[Row], *, cut: int = 0) -> str:
    """Return the digest of the rows, read in two parts."""
    made = RowDigest(COLUMNS)
    for part in (rows[:cut], rows[cut:]):
        for block in typed_blocks(COLUMNS, part):
            made.add(block)
    return made.hexdigest()


def key(row: Row) -> str:
    return repr(sorted(row.items()))


@given(st.data())
def test_the_order_of_rows_and_where_blocks_end_do_not_matter(data: st.DataObject) -> None:
    rows: list[Row] = data.draw(st.lists(ROWS, max_size=12))
    others = data.draw(st.permutations(rows))
    assert digest(others, cut=data.draw(st.integers(0, 12))) == digest(rows)


@given(st.lists(ROWS, max_size=6), st.lists(ROWS, max_size=6))
def test_other_rows_have_another_digest(rows: list[Row], others: list[Row]) -> None:
    assume(sorted(map(key, rows)) != sorted(map(key, others)))
    assert digest(rows) != digest(others)


@pytest.mark.parametrize("name", ["views", "revenue"])
def test_null_and_each_small_number_have_digests_of_their_own(name: str) -> None:
    row: Row = {"video": "v-1", "day": "2025-06-01", "views": 1, "revenue": 1.0}
    figures = [None, *range(-1, 1_000), *(2**bits for bits in range(10, 61))]
    assert len({digest([{**row, name: figure}]) for figure in figures}) == len(figures)


@given(st.lists(ROWS, min_size=2, max_size=6), st.sampled_from([column.name for column in COLUMNS]))
def test_two_rows_that_swap_a_cell_have_another_digest(rows: list[Row], name: str) -> None:
    first, second, *rest = rows
    assume(first[name] != second[name])
    assume({**first, name: None} != {**second, name: None})
    swapped = [{**first, name: second[name]}, {**second, name: first[name]}, *rest]
    assert digest(swapped) != digest(rows)


@pytest.mark.parametrize("name", ["views", "revenue"])
def test_any_two_rows_of_many_that_swap_a_figure_are_seen(name: str) -> None:
    """A sum of Python's hashes misses a quarter of these."""
    rows: list[Row] = [
        {"video": f"v-{at:06}", "day": "2025-06-01", "views": at, "revenue": at / 4}
        for at in range(ROWS_PER_BLOCK)
    ]
    known = {digest(rows)}
    for at in range(0, ROWS_PER_BLOCK - 1, 16):
        one, two = rows[at], rows[at + 1]
        pair = [{**one, name: two[name]}, {**two, name: one[name]}]
        known.add(digest([*rows[:at], *pair, *rows[at + 2 :]]))
    assert len(known) == 1 + len(range(0, ROWS_PER_BLOCK - 1, 16))


_PROGRAM = """
from reports.test_export_digest import COLUMNS, digest
print(digest([{"video": "Ärger", "day": "2025-06-01", "views": 2**40, "revenue": 0.1},
              {"video": None, "day": "2025-06-02", "views": None, "revenue": None}]))
"""


def test_each_process_makes_the_same_digest() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


def test_a_long_month_in_another_order_is_the_same_month() -> None:
    rows: list[Row] = [
        {"video": f"v-{at}", "day": f"2025-06-{at % 30 + 1:02}", "views": at, "revenue": 0.5}
        for at in range(12_000)
    ]
    one, other = (month_file(Report(COLUMNS, each)) for each in (rows, rows[::-1]))
    assert (one.digest, one.rows, one.days) == (other.digest, other.rows, other.days)
    assert one.data != other.data
    assert one.days == tuple(range(1, 31))
