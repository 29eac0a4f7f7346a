"""A schema fetched by introspection, and the operations of a document. Knows none by name.

A service runs one operation of a document, which has to be named where there are several
(GraphQL over HTTP, section 5.1, `operationName`). Operations are found without parsing the rest.

Source: GraphQL specification, section 4.2.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from glomex_cli.errors import UsageError
from glomex_cli.models import GRAPHQL_NAME, Json, Secret
from glomex_cli.services.graphql.client import Document, GraphQLClient
from glomex_cli.services.graphql.response import Answer
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
# Six levels reach through `[[T!]!]!`.
_LONGEST_DESCRIPTION = 500
_TYPE = "kind name" + " ofType { kind name" * 6 + " }" * 6
INTROSPECTION = Document(
    "__schema",
    f"""query Introspection {{
  __schema {{
    queryType {{ name }}
    mutationType {{ name }}
    types {{
      kind
      name
      fields(includeDeprecated: true) {{
        name
        description
        args {{ name defaultValue type {{ {_TYPE} }} }}
        type {{ {_TYPE} }}
      }}
      inputFields {{ name description defaultValue type {{ {_TYPE} }} }}
      enumValues(includeDeprecated: true) {{ name }}
    }}
  }}
}}""",
    may_repeat=True,
)
# An answer that is no schema, such as a million rows, is not read further than this.
_LARGEST_SCHEMA = 4 * 1024 * 1024


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
        raise UsageError("the document contains no operation", "glomex query '{ __typename }'")
    if named is None and len(found) > 1:
        choice = next((name for name in found if name), "NAME")
        raise UsageError(
            f"the document contains several operations: {listed}", f"choose: --operation {choice}"
        )
    if named is not None and named not in found:
        raise UsageError(f"the document has no operation {quoted(named)}", f"it contains: {listed}")
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


class TypeRef(NamedTuple):
    """The named type of a field or argument, without its lists and non-null marks."""

    name: str
    kind: str
    is_list: bool = False
    is_required: bool = False

    def __str__(self) -> str:
        text = f"[{self.name}]" if self.is_list else self.name
        return f"{text}!" if self.is_required else text


class FieldType(NamedTuple):
    """A field with its arguments; `description` is what the service says of it, as it came."""

    type: TypeRef
    arguments: Mapping[str, TypeRef]
    description: str = ""


class TypeSystem(NamedTuple):
    """The types of a schema by name: fields of objects and inputs, values of enums."""

    query: str
    fields: Mapping[str, Mapping[str, FieldType]]
    values: Mapping[str, tuple[str, ...]]
    mutation: str = ""


class TypesAnswer(NamedTuple):
    """What a look at the schema brought; without `types` it was refused, or was not whole."""

    answer: Answer
    types: TypeSystem | None


def ask_types(client: GraphQLClient, token: Secret | None) -> TypesAnswer:
    """Ask for the schema. Only a whole answer without an error counts.

    Raises the errors of HTTP; those of GraphQL are in the answer.
    """
    answer = client.execute(INTROSPECTION, token, limit=_LARGEST_SCHEMA, only="__schema")
    is_whole = answer.data is not None and not answer.errors
    return TypesAnswer(answer, parse_types(answer.data or {}) if is_whole else None)


def parse_types(data: Mapping[str, Json]) -> TypeSystem | None:
    """Parse the data of an introspection; None where it is not what the specification says."""
    try:
        return _parse(data)
    except (KeyError, TypeError, AttributeError):
        return None


def _parse(data: Any) -> TypeSystem:
    schema = data["__schema"]
    types = {_type_name(each): each for each in schema["types"]}
    return TypeSystem(
        query=_type_name(schema["queryType"]),
        fields={name: _fields(each) for name, each in types.items()},
        values={
            name: tuple(map(_type_name, each.get("enumValues") or ()))
            for name, each in types.items()
        },
        mutation=_type_name(schema["mutationType"]) if schema.get("mutationType") else "",
    )


def _fields(described: Any) -> dict[str, FieldType]:
    entries = described.get("fields") or described.get("inputFields") or ()
    return {_type_name(entry): _field(entry) for entry in entries}


def _field(entry: Any) -> FieldType:
    arguments = {_type_name(each): _optional(each) for each in entry.get("args") or ()}
    return FieldType(_optional(entry), arguments, _description(entry.get("description")))


def _optional(entry: Any) -> TypeRef:
    """Return the type of an argument or field; one with a default need not be given."""
    reference = _type(entry["type"])
    has_default = entry.get("defaultValue") is not None
    return reference._replace(is_required=False) if has_default else reference


def _description(text: object) -> str:
    """Return a description on one line, no longer than a paragraph; empty where there is none."""
    if not isinstance(text, str):
        return ""
    # Half a surrogate pair cannot be written into the cache.
    return " ".join(text[:_LONGEST_DESCRIPTION].split()).encode("utf-8", "replace").decode()


def _type(described: Any) -> TypeRef:
    is_required = described["kind"] == "NON_NULL"
    is_list = False
    while described["kind"] in {"NON_NULL", "LIST"}:
        is_list = is_list or described["kind"] == "LIST"
        described = described["ofType"]
    kind = str(described["kind"])
    return TypeRef(_type_name(described), kind, is_list=is_list, is_required=is_required)


def _type_name(described: Any) -> str:
    """Return a name; TypeError for one that GraphQL cannot spell, which must not be shown."""
    name = described["name"]
    if not GRAPHQL_NAME.fullmatch(name):
        raise TypeError
    return str(name)
