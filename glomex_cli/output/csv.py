"""Reports as CSV (RFC 4180: CRLF line ends, quotes where needed) and TSV (no quotes).

A text that a spreadsheet would run as a formula gets a `'` before it; a number is never touched.
Where a spreadsheet's locale splits cells at `;`, as in German, the parts of a text are cells too:
so a text with a separator of any spreadsheet is quoted, and each part of it guarded.
JSON is the exact format; these are for spreadsheets, awk and cut.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from glomex_cli.models import Report
from glomex_cli.output.writer import Block, Notation, Texts, row_blocks
from glomex_cli.terminal.sanitize import disarm, is_harmless

# OWASP, "CSV Injection", with the full-width forms that spreadsheets read alike.
_FORMULA_STARTS: Final = frozenset("=+-@\t\r\n＝＋－＠")
# A formula after what some spreadsheets split at; quotes there are no protection.
_INNER_START: Final = re.compile('(?<=[;|\t\n\r])(?="*[=+\\-@＝＋－＠])')
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


class _Dialect(NamedTuple):
    """What separates fields, what ends a row, how texts are written, and how null is."""

    comma: str
    end: str
    texts: Texts
    null: str = ""


def csv_blocks(report: Report, *, raw: bool) -> Iterator[Block]:
    """Yield a header and a record for each row; `raw` for texts just as the service sent them.

    Without `raw`, formulas are guarded and control characters but TAB and LF become visible
    escapes. Null is an empty field, an empty text is `""`.
    """
    null = '""' if len(report.columns) == 1 else ""
    return _blocks(report, _Dialect(",", "\r\n", _raw_csv if raw else _csv, null))


def tsv_blocks(report: Report, *, raw: bool) -> Iterator[Block]:
    r"""Yield a header and a line for each row, with `\t`, `\n` and `\\` as jq's `@tsv` has them.

    All control characters become visible escapes, `raw` or not; `raw` leaves formulas be.
    """
    return _blocks(report, _Dialect("\t", "\n", _flat if raw else _tsv))


def _blocks(report: Report, dialect: _Dialect) -> Iterator[Block]:
    names = dialect.texts([column.name for column in report.columns])
    yield Block(dialect.comma.join(names) + dialect.end)
    template = dialect.comma.join(["%s"] * len(names))
    notation = Notation(template, dialect.texts, dialect.null)
    for text, rows, _ in row_blocks(report, notation, between=dialect.end):
        yield Block(text + dialect.end, rows)


def _csv(texts: Sequence[str]) -> Sequence[str]:
    if not is_harmless("".join(texts)):
        texts = [disarm(text, keep="\t\n") for text in texts]
    return _quoted(_guarded(texts))


def _raw_csv(texts: Sequence[str]) -> Sequence[str]:
    """Format texts as they are, but for lone surrogates, which UTF-8 cannot hold."""
    return _quoted([_SURROGATE.sub(lambda found: disarm(found[0]), text) for text in texts])


def _tsv(texts: Sequence[str]) -> Sequence[str]:
    return _guarded(_flat(texts))


def _flat(texts: Sequence[str]) -> Sequence[str]:
    joined = "".join(texts)
    if "\\" not in joined and is_harmless(joined):
        return texts
    return [disarm(text.replace("\\", "\\\\")) for text in texts]


def _guarded(texts: Sequence[str]) -> Sequence[str]:
    joined = "\0".join(texts)
    if ";" in joined or "|" in joined or "\t" in joined or "\n" in joined:
        texts = [_INNER_START.sub("'", text) for text in texts]
    if _FORMULA_STARTS.isdisjoint({text[:1] for text in texts}):
        return texts
    return [f"'{text}" if text[:1] in _FORMULA_STARTS else text for text in texts]


def _quoted(texts: Sequence[str]) -> Sequence[str]:
    if all(texts) and not _needs_quotes("".join(texts)):
        return texts
    return [
        '"{}"'.format(text.replace('"', '""')) if _needs_quotes(text) else text for text in texts
    ]


def _needs_quotes(text: str) -> bool:
    if not text or "," in text or '"' in text or "\n" in text or "\r" in text:
        return True
    # Plain searches are three times as fast as one of a pattern.
    return ";" in text or "\t" in text or "|" in text
