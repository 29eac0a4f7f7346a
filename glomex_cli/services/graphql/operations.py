"""The operations of a GraphQL document, found without parsing the rest.

A service runs one of them, which has to be named where there are several (GraphQL over HTTP,
section 5.1, `operationName`).
"""

import re
from collections.abc import Iterator

from glomex_cli.errors import UsageError
from glomex_cli.suggestions import quoted

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


def chosen_operation(document: str, named: str | None) -> str | None:
    """Return the operation to name; UsageError where the document holds none, or not that one."""
    found = operations_of(document)
    listed = ", ".join(name or "one without a name" for name in found)
    if not found:
        raise UsageError("the document holds no operation to run", "glomex query '{ __typename }'")
    if named is None and len(found) > 1:
        choice = next((name for name in found if name), "NAME")
        raise UsageError(
            f"the document holds several operations: {listed}", f"choose: --operation {choice}"
        )
    if named is not None and named not in found:
        raise UsageError(f"the document has no operation {quoted(named)}", f"it holds: {listed}")
    return named


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
