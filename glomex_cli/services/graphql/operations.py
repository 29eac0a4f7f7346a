"""The operations of a GraphQL document, found without parsing the rest.

A service runs one of them, which has to be named where there are several (GraphQL over HTTP,
section 5.1, `operationName`).
"""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r'"""(?:\\"""|[^"]|"(?!""))*"""'  # a block string
    r'|"(?:\\.|[^"\\\n])*"'
    r"|\#[^\n\r]*"
    r"|@[ \t]*[A-Za-z_][A-Za-z0-9_]*"  # a directive
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<open>[{(\[])|(?P<close>[})\]])"
)
_KINDS = {"query", "mutation", "subscription"}


def operations_of(document: str) -> list[str]:
    """Return the name of each operation, empty for one without; fragments are none.

    >>> operations_of("query A { a } fragment F on T { b } query B($x: Int) { c }")
    ['A', 'B']
    >>> operations_of("{ a }")
    ['']
    """
    heads = list(_heads(document))
    return [_name(head) for head in heads if not head or head[0] in _KINDS]


def _name(head: list[str]) -> str:
    return head[1] if len(head) > 1 else ""


def _heads(document: str) -> Iterator[list[str]]:
    """Yield the words before the body of each definition: kind and name, none for a bare body."""
    depth, words = 0, list[str]()
    for token in _TOKEN.finditer(document):
        if token["word"] and depth == 0:
            words.append(token["word"])
        elif token["open"]:
            depth += 1
        elif token["close"]:
            depth = max(0, depth - 1)
            if depth == 0 and token["close"] == "}":
                yield words
                words = []
    if depth:  # a body without an end: the service says what is wrong with it
        yield words
