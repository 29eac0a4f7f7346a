"""Reports as JSON: one array, or one object per line (NDJSON). Exact: it parses to the same values.

Characters that act on a terminal are escaped, which JSON reads back as themselves; all others
stay legible. NaN and infinity become null.
"""

from collections.abc import Iterator, Sequence
from json.encoder import encode_basestring, encode_basestring_ascii

from glomex_cli.models import Report
from glomex_cli.output.blocks import Block, Notation, row_blocks
from glomex_cli.terminal.sanitize import active, is_harmless


def ndjson_blocks(report: Report, *, ascii_only: bool) -> Iterator[Block]:
    """Yield one object per line; `ascii_only` for a stream that cannot hold every character."""
    notation = _notation(report, ascii_only=ascii_only)
    for text, rows, _ in row_blocks(report, notation, between="\n"):
        yield Block(text + "\n", rows)


def json_blocks(report: Report, *, ascii_only: bool) -> Iterator[Block]:
    """Yield one array with an object per line.

    The array is closed only when all rows came, so that a broken one does not parse.
    """
    lead = "["
    notation = _notation(report, ascii_only=ascii_only)
    for text, rows, _ in row_blocks(report, notation, between=",\n  "):
        yield Block(f"{lead}\n  {text}", rows)
        lead = ","
    yield Block("[]\n" if lead == "[" else "\n]\n")


def _notation(report: Report, *, ascii_only: bool) -> Notation:
    texts = _ascii_texts if ascii_only else _texts
    names = texts([column.name for column in report.columns])
    pairs = ", ".join(f"{name.replace('%', '%%')}: %s" for name in names)
    return Notation("{" + pairs + "}", texts, "null")


def _texts(texts: Sequence[str]) -> Sequence[str]:
    encoded = list(map(encode_basestring, texts))
    return encoded if is_harmless("".join(texts)) else list(map(escaped, encoded))


def _ascii_texts(texts: Sequence[str]) -> Sequence[str]:
    return [escaped(encode_basestring_ascii(text)) for text in texts]


def escaped(encoded: str) -> str:
    """Return a line of JSON with what acts on a terminal as escapes, which mean the same."""
    return active().sub(lambda found: f"\\u{ord(found[0]):04x}", encoded)
