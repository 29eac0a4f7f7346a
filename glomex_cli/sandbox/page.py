"""The page for browsers: the schema as documentation, a form that runs a query, and a sign-in.

It is made of the schema alone. Nothing of a request is ever written into it.
"""

import base64
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import escape
from http import HTTPStatus
from importlib import resources
from typing import Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_input_object_type,
    is_introspection_type,
    is_leaf_type,
    is_required_argument,
    is_specified_scalar_type,
    parse,
    print_ast,
)

from glomex_cli.sandbox import sessions
from glomex_cli.sandbox.response import Reply

_TITLE = "glomex sandbox"
_CODE, _AS_CODE = re.compile("`([^`]+)`"), r"<code>\1</code>"
_NAME = re.compile("[A-Za-z_]+")
_ACCOUNTS = (
    (sessions.ROBOT_LOGIN, "no MFA"),
    (sessions.SANDBOX_LOGIN, "with MFA"),
    (sessions.OWNER_LOGIN, "content owner only"),
)
# What an example passes as the argument of this name. The script replaces the two days.
_SAMPLES = {
    "from": "{two weeks ago}",
    "to": "{yesterday}",
    "login": sessions.ROBOT_LOGIN,
    "password": sessions.SANDBOX_PASSWORD,
    "tenantId": sessions.SANDBOX_TENANT,
    "email": sessions.SANDBOX_LOGIN,
    "mfa_code": "123456",
    "challenge": "…",
}
_SCALARS = {"Int": "1", "Float": "1.0", "Boolean": "true"}
_DIMENSIONS = frozenset({"day", "week", "month", "video", "channel", "integration"})
_METRICS = frozenset({"video_views", "completed_views", "ad_impressions", "fill_rate", "revenue"})
_DEEPEST = 5


def page_of(schema: GraphQLSchema, *, variant: str = "", sentence: str = "") -> str:
    """Return the whole page, which loads nothing from elsewhere; it names the variant served."""
    ours = [each for each in schema.type_map.values() if _is_ours(each)]
    names = dict.fromkeys(each.name for each in ours)  # in the order of the schema
    links = " ".join(_linked(name, names) for name in names)
    about = _paragraphs(sentence) + _paragraphs(schema.description)
    types = "\n".join(_type(each, names) for each in ours)
    return assembled(
        "page",
        title=escape(f"{_TITLE}: {variant}" if variant else _TITLE),
        documentation=f'{about}<nav aria-label="Types">{links}</nav>{types}',
        data=as_data(_data(schema)),
    )


def assembled(name: str, **parts: str) -> str:
    """Return the page `name`.html with its style and script, and with each part at its mark."""
    folder = resources.files("glomex_cli.sandbox")
    texts = {kind: folder.joinpath(f"{name}.{kind}").read_text("utf-8") for kind in ("html", "js")}
    style = folder.joinpath("page.css").read_text("utf-8")
    parts |= {"style": f"<style>{style}</style>", "script": f"<script>{texts['js']}</script>"}
    return re.sub("<!-- ([a-z]+) -->", lambda mark: parts[mark[1]], texts["html"])


def as_data(value: object) -> str:
    """Return JSON that may be the text of a script element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def page_reply(page: str) -> Reply:
    """Reply with a page, under a policy that lets it run its own script and ask its own server."""
    policy = ("Content-Security-Policy", _content_policy(page))
    return Reply(HTTPStatus.OK, "text/html", page.encode(), (policy,))


def _content_policy(page: str) -> str:
    scripts = " ".join(_hashes(page, "script"))
    styles = " ".join(_hashes(page, "style"))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _hashes(page: str, tag: str) -> Iterator[str]:
    for text in re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        yield f"'sha256-{digest}'"


def _is_ours(each: GraphQLNamedType) -> bool:
    return not is_introspection_type(each) and not is_specified_scalar_type(each)


def _type(each: GraphQLNamedType, names: Collection[str]) -> str:
    entries = "".join(_entries(each, names))
    return (
        f'<section class="type" id="{escape(each.name)}"><h3>{escape(each.name)}</h3>'
        f"{_paragraphs(each.description)}<dl>{entries}</dl></section>"
    )


def _entries(each: GraphQLNamedType, names: Collection[str]) -> Iterable[str]:
    match each:
        case GraphQLObjectType() | GraphQLInterfaceType():
            return (part for name, one in each.fields.items() for part in _field(name, one, names))
        case GraphQLInputObjectType():
            return _typed_entries(each.fields, names)
        case GraphQLEnumType():
            return (_entry(escape(name), value.description) for name, value in each.values.items())
        case GraphQLUnionType():
            return (_entry(_linked(str(one), names), one.description) for one in each.types)
        case _:
            return ()


def _field(name: str, field: Any, names: Collection[str]) -> Iterator[str]:
    yield from _typed_entries({name: field}, names)
    arguments = "".join(_typed_entries(field.args, names))
    if arguments:
        yield f"<dd><dl>{arguments}</dl></dd>"


def _typed_entries(fields: Mapping[str, Any], names: Collection[str]) -> Iterator[str]:
    for name, field in fields.items():
        yield _entry(f"{escape(name)}: {_linked(str(field.type), names)}", field.description)


def _entry(term: str, description: str | None) -> str:
    return f"<dt><code>{term}</code></dt><dd>{_paragraphs(description)}</dd>"


def _linked(text: str, names: Collection[str]) -> str:
    """Write a type, such as `[Row!]!`, with links to those types that the page documents."""
    return _NAME.sub(
        lambda name: f'<a href="#{name[0]}">{name[0]}</a>' if name[0] in names else name[0],
        escape(text),
    )


def _paragraphs(text: str | None) -> str:
    """Turn a description into HTML: blank lines part paragraphs, backquotes mark code."""
    blocks = escape(text or "").split("\n\n")
    return "".join(f"<p>{_CODE.sub(_AS_CODE, block)}</p>" for block in blocks if block)


def _data(schema: GraphQLSchema) -> Mapping[str, object]:
    """Return what the script needs: examples by name, the sign-in and the sessions."""
    steps = {**schema.mutation_type.fields} if schema.mutation_type else {}
    return {
        "examples": dict(_examples(schema)),
        "signIn": {name: _with_variables(name, field) for name, field in steps.items()},
        "accounts": _ACCOUNTS,
        "password": sessions.SANDBOX_PASSWORD,
        "tenant": sessions.SANDBOX_TENANT,
        "seed": sessions.SANDBOX_TOTP_SEED,
    }


def _examples(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """Yield a name and a document for each root field, and for each of two dimensions."""
    roots = {"query": schema.query_type, "mutation": schema.mutation_type}
    for operation, root in roots.items():
        for name, field in root.fields.items() if root else ():
            has_dimensions = any(each.startswith("dimension") for each in field.args)
            for dimension in ("day", "video") if has_dimensions else ("",):
                call = f"{name}{_arguments(field, dimension)}{_selection(field.type, dimension)}"
                label = f"By {dimension}: {name}" if dimension else name
                yield label, print_ast(parse(f"{operation} {{ {call} }}"))


def _arguments(field: Any, dimension: str) -> str:
    passed = _passed(field.args, dimension)
    return f"({passed})" if passed else ""


def _passed(arguments: Mapping[str, Any], dimension: str) -> str:
    # What makes an argument required makes the field of an input object required, too.
    return ", ".join(
        f"{name}: {_value(name, each.type, dimension)}"
        for name, each in arguments.items()
        if is_required_argument(each) or (dimension and name.startswith("dimension"))
    )


def _value(name: str, type_: Any, dimension: str) -> str:
    named = _named(type_)
    if isinstance(type_, GraphQLList) or isinstance(getattr(type_, "of_type", None), GraphQLList):
        return f"[{_value(name, named, dimension)}]"
    if is_input_object_type(named):
        return f"{{{_passed(named.fields, dimension)}}}"
    text = dimension if name.startswith("dimension") else _SAMPLES.get(name, "")
    if isinstance(named, GraphQLEnumType):
        return text if text in named.values else next(iter(named.values))
    return _SCALARS.get(named.name) or json.dumps(text, ensure_ascii=False)


def _named(type_: Any) -> Any:
    return cast("Any", get_named_type(type_))


def _selection(type_: Any, dimension: str, depth: int = 1) -> str:
    """Return what to select of a type, as a selection set; nothing of a scalar."""
    named = _named(type_)
    fields: Mapping[str, Any] = getattr(named, "fields", {})
    types: Iterable[Any] = getattr(named, "types", ())
    if is_leaf_type(named) or depth > _DEEPEST:
        return ""
    if types:
        parts = [f"... on {one.name} {_selection(one, dimension, depth)}" for one in types]
    else:
        shown = {name: each for name, each in fields.items() if not _arguments(each, "")}
        has_metrics = not _METRICS.isdisjoint(shown)
        parts = [
            f"{name} {_selection(each.type, dimension, depth + 1)}"
            for name, each in shown.items()
            if _is_shown(name, dimension, has_metrics=has_metrics)
        ]
    return f" {{ {' '.join(parts) or '__typename'} }}"


def _is_shown(name: str, dimension: str, *, has_metrics: bool) -> bool:
    """Return whether an example selects a field: of a row, only labels that will be filled."""
    label = name.removesuffix("_title")
    if label in _DIMENSIONS and has_metrics:
        return label == dimension
    return name in _METRICS or not has_metrics


def _with_variables(name: str, field: Any) -> str:
    """Return the operation of a step of the sign-in, each argument a variable of its name."""
    declared = ", ".join(f"${each}: {argument.type}" for each, argument in field.args.items())
    passed = ", ".join(f"{each}: ${each}" for each in field.args)
    call = f"{name}({passed})" if passed else name
    declared = f"({declared})" if declared else ""
    return f"mutation {name}{declared} {{ {call}{_selection(field.type, '')} }}"
