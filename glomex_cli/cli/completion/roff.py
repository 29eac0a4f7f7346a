"""Text as roff, the language of man pages. No effects."""

from collections.abc import Iterable, Iterator

# Characters that roff reads as its own, or shows as typographic ones.
_ESCAPES = str.maketrans(
    {"\\": "\\e", "-": "\\-", "'": "\\(aq", "~": "\\(ti", "^": "\\(ha", "`": "\\(ga"}
)


def literal(text: str) -> str:
    r"""Give a line that shows as it is: a minus stays one, and a dot at the start too.

    >>> print(literal(".[] --sort"))
    \&.[] \-\-sort
    """
    escaped = text.translate(_ESCAPES)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


def bold(text: str) -> str:
    """Give a text that is typed as it stands."""
    return f"\\fB{literal(text)}\\fR"


def section(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Give a section with its heading."""
    yield f".SH {name}"
    yield from lines


def paragraphs(text: str) -> Iterator[str]:
    """Give text whose paragraphs are parted by empty lines."""
    for each in text.strip().split("\n\n"):
        yield ".PP"
        yield from map(literal, each.split("\n"))


def tagged(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Give a list of terms, written in roff already, each with what explains it."""
    for term, text in entries:
        yield from (".TP", term, literal(text))
