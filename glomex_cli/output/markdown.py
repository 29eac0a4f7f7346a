r"""Reports as a GitHub table: each text is rendered as the very characters the service sent.

CommonMark: a backslash before punctuation makes it literal. GitHub's own extensions: `|` separates
cells even within code; `$` is mathematics; bare addresses become links, with the backslashes in
them, so `://` and `www.` are broken up.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from glomex_cli.models import Column, Report, Row
from glomex_cli.output.numbers import NUMERIC_ROLES, cell_text, total_texts
from glomex_cli.output.writer import Block, gathered
from glomex_cli.terminal.sanitize import disarm

# An underscore within a word means nothing, and the names of metrics are full of them.
_PUNCTUATION: Final = re.compile(
    r"[\\`*|~\[<$]|&(?=[#\w])|:(?=//)|(?<=[wW]{3})\.|(?<![^\W_])_|_(?![^\W_])"
)
_SUSPECT: Final = re.compile(r"[\\`*|~\[<$&:._\n]|^ | $")
_OUTER_SPACES: Final = re.compile(r"^ +| +$")


def markdown_blocks(report: Report) -> Iterator[Block]:
    """Yield header, alignment, a line for each row, and the total in bold."""
    columns = report.columns
    alignment = ["---:" if column.role in NUMERIC_ROLES else "---" for column in columns]
    yield Block(_line(_literal(column.name) for column in columns) + _line(alignment))
    for rows in gathered(report.rows):
        yield Block("".join(_row_line(row, columns) for row in rows), len(rows))
    if total := total_texts(report):
        yield Block(_line(f"**{_literal(text)}**" if text else "" for text in total))


def _row_line(row: Row, columns: Iterable[Column]) -> str:
    return _line([_literal(cell_text(row.get(column.name), column)) for column in columns])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _literal(text: str) -> str:
    text = disarm(text.replace("\r\n", "\n"), keep="\n")
    if not _SUSPECT.search(text):
        return text
    text = _PUNCTUATION.sub(r"\\\g<0>", text)
    text = _OUTER_SPACES.sub(lambda found: "&nbsp;" * len(found[0]), text)
    return text.replace("\n", "<br>")
