"""Reports as CSV (RFC 4180: CRLF line ends, quotes where needed) and TSV (no quotes).

A text that a spreadsheet would run as a formula gets a leading `'`; a number is never touched.
JSON is the exact format; these are for spreadsheets, awk and cut.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from glomex_cli.models import Report
from glomex_cli.render.blocks import Block, Notation, row_blocks
from glomex_cli.sanitise import disarm

# OWASP, "CSV Injection", with the full-width forms that spreadsheets read alike.
_FORMULA_STARTS: Final = frozenset("=+-@\t\r\n＝＋－＠")
_NEEDS_QUOTES: Final = re.compile(r'^$|[",\r\n]')
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


class _Dialect(NamedTuple):
    """What parts the fields, what ends a row, and how one text is written.

    `special` are the printable characters that `field` changes.
    """

    comma: str
    end: str
    special: str
    field: Callable[[str], str]


def csv_blocks(report: Report, *, raw: bool = False) -> Iterator[Block]:
    """Give a header and a record for each row; `raw` for texts just as the service said them.

    Without `raw`, formulas are guarded and control characters but TAB and LF become visible
    escapes. Null is an empty field, an empty text is `""`.
    """
    field = _raw_csv_field if raw else _csv_field
    null = '""' if len(report.columns) == 1 else ""
    return _blocks(report, _Dialect(",", "\r\n", '",', field), null)


def tsv_blocks(report: Report, *, raw: bool = False) -> Iterator[Block]:
    r"""Give a header and a line for each row, with `\t`, `\n` and `\\` as jq's `@tsv` has them.

    All control characters become visible escapes, `raw` or not; `raw` leaves formulas be.
    """
    field = _flat if raw else _tsv_field
    return _blocks(report, _Dialect("\t", "\n", "\\", field), "")


def _blocks(report: Report, dialect: _Dialect, null: str) -> Iterator[Block]:
    def texts(cells: Sequence[str]) -> Sequence[str]:
        are_plain = _are_plain(cells, special=dialect.special)
        return cells if are_plain else list(map(dialect.field, cells))

    names = texts([column.name for column in report.columns])
    yield Block(dialect.comma.join(names) + dialect.end)
    notation = Notation(dialect.comma.join(["%s"] * len(names)), texts, null)
    for text, rows, _ in row_blocks(report, notation, between=dialect.end):
        yield Block(text + dialect.end, rows)


def _are_plain(texts: Sequence[str], *, special: str) -> bool:
    """Say at once for many texts that each is written as it is."""
    joined = "".join(texts)
    return (
        joined.isprintable()
        and not any(char in joined for char in special)
        and all(texts)
        and _FORMULA_STARTS.isdisjoint({text[0] for text in texts})
    )


def _csv_field(text: str) -> str:
    return _quoted(_defused(disarm(text, keep="\t\n")))


def _raw_csv_field(text: str) -> str:
    return _quoted(_SURROGATE.sub(lambda found: disarm(found[0]), text))


def _tsv_field(text: str) -> str:
    return _defused(_flat(text))


def _flat(text: str) -> str:
    return disarm(text.replace("\\", "\\\\"))


def _defused(text: str) -> str:
    return f"'{text}" if text[:1] in _FORMULA_STARTS else text


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""')) if _NEEDS_QUOTES.search(text) else text
