"""The page a browser gets: the schema as documentation, and a form that runs a query.

It is made of the schema alone. Nothing of a request is ever written into it.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib import resources
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    is_introspection_type,
    is_specified_scalar_type,
)

_CODE, _AS_CODE = re.compile("`([^`]+)`"), r"<code>\1</code>"


def page_of(schema: GraphQLSchema) -> str:
    """Return the whole page, which loads nothing from elsewhere."""
    template = resources.files("glomex_cli.sandbox").joinpath("page.html").read_text("utf-8")
    documented = "\n".join(_type(each) for each in schema.type_map.values() if _is_ours(each))
    introduction = _paragraphs(schema.description)
    return template.replace("<!-- introduction -->", introduction).replace(
        "<!-- documentation -->", documented
    )


def content_policy(page: str) -> str:
    """Return the page's Content-Security-Policy: own script and style, queries to itself."""
    scripts = " ".join(_hashes(page, "script"))
    styles = " ".join(_hashes(page, "style"))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _hashes(page: str, tag: str) -> Iterator[str]:
    for text in re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        yield f"'sha256-{digest}'"


def _is_ours(each: GraphQLNamedType) -> bool:
    return not is_introspection_type(each) and not is_specified_scalar_type(each)


def _type(each: GraphQLNamedType) -> str:
    entries = "".join(_entries(each))
    return (
        f'<section id="{escape(each.name)}"><h3>{escape(each.name)}</h3>'
        f"{_paragraphs(each.description)}<dl>{entries}</dl></section>"
    )


def _entries(each: GraphQLNamedType) -> Iterable[str]:
    match each:
        case GraphQLObjectType() | GraphQLInterfaceType():
            return (part for item in each.fields.items() for part in _field(*item))
        case GraphQLInputObjectType():
            return _typed_entries(each.fields)
        case GraphQLEnumType():
            return (_entry(name, value.description) for name, value in each.values.items())
        case GraphQLUnionType():
            return (_entry(str(one), one.description) for one in each.types)
        case _:
            return ()


def _field(name: str, field: GraphQLField) -> Iterator[str]:
    yield from _typed_entries({name: field})
    arguments = "".join(_typed_entries(field.args))
    if arguments:
        yield f"<dd><dl>{arguments}</dl></dd>"


def _typed_entries(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, field in fields.items():
        yield _entry(f"{name}: {field.type}", field.description)


def _entry(term: str, description: str | None) -> str:
    return f"<dt><code>{escape(term)}</code></dt><dd>{_paragraphs(description)}</dd>"


def _paragraphs(text: str | None) -> str:
    """Turn a description into HTML: blank lines part paragraphs, backquotes mark code."""
    blocks = escape(text or "").split("\n\n")
    return "".join(f"<p>{_CODE.sub(_AS_CODE, block)}</p>" for block in blocks if block)
