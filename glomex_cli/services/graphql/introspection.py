"""A schema, fetched by introspection and parsed into plain types. Knows no operation by name.

Source: GraphQL specification, section 4.2.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from glomex_cli.models import GRAPHQL_NAME, Json, Secret
from glomex_cli.services.graphql.client import Document, GraphQLClient
from glomex_cli.services.graphql.response import Answer

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
    types = {_name(each): each for each in schema["types"]}
    return TypeSystem(
        query=_name(schema["queryType"]),
        fields={name: _fields(each) for name, each in types.items()},
        values={
            name: tuple(map(_name, each.get("enumValues") or ())) for name, each in types.items()
        },
        mutation=_name(schema["mutationType"]) if schema.get("mutationType") else "",
    )


def _fields(described: Any) -> dict[str, FieldType]:
    entries = described.get("fields") or described.get("inputFields") or ()
    return {_name(entry): _field(entry) for entry in entries}


def _field(entry: Any) -> FieldType:
    arguments = {_name(each): _optional(each) for each in entry.get("args") or ()}
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
    return TypeRef(_name(described), kind, is_list=is_list, is_required=is_required)


def _name(described: Any) -> str:
    """Return a name; TypeError for one that GraphQL cannot spell, which must not be shown."""
    name = described["name"]
    if not GRAPHQL_NAME.fullmatch(name):
        raise TypeError
    return str(name)
