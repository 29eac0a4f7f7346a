"""The variants by themselves, asked by hand: their schemas, pages, ranges, words and faults."""

from typing import Any

import pytest
from graphql import get_introspection_query

from glomex_cli.sandbox.request import Request
from glomex_cli.sandbox.sessions import ROBOT_LOGIN, SANDBOX_PASSWORD, SANDBOX_TENANT, Right
from glomex_cli.sandbox.variants.app import create_variant_app
from glomex_cli.sandbox.variants.arguments import OFFERED
from glomex_cli.sandbox.variants.variant import FORMS
from support.servers.sandbox_client import NOON
from support.servers.variants.bench import token
from support.servers.variants.commands import COMMANDS
from support.servers.variants.expected import METRICS, expected, starts_of
from support.servers.variants.figures import rows_expected
from support.servers.variants.matrix import CASES

_NAMES = " ".join(METRICS)
_FIRST, _LAST = COMMANDS["day"].first, COMMANDS["day"].last
_DAY_ARGUMENTS = f'dimensions: [day], from: "{_FIRST}", to: "{_LAST}"'


def _ask(
    name: str,
    query: str,
    operation: str | None = None,
    variables: dict[str, object] | None = None,
) -> Any:
    app = create_variant_app(CASES[name].variant, lambda: NOON)
    request = Request(query, operation, variables)
    return app.executor.answer(request, authorization=f"Bearer {token()}").body


def _rows(name: str, arguments: str, selection: str) -> Any:
    body = _ask(name, f"{{ contentOwnerAnalyticsReport({arguments}) {{ {selection} }} }}")
    assert "errors" not in body, body
    return body["data"]["contentOwnerAnalyticsReport"]


def _wanted(name: str = "dates") -> list[dict[str, Any]]:
    return [dict(row) for row in rows_expected(CASES[name].variant, COMMANDS["day"])]


@pytest.mark.parametrize("name", CASES)
def test_a_variant_has_a_schema_that_tells_itself(name: str) -> None:
    if CASES[name].variant.introspection == "on":
        answer = _ask(name, get_introspection_query(), "IntrospectionQuery")
        assert answer["data"]["__schema"]["types"]


@pytest.mark.parametrize("name", OFFERED)
def test_an_offered_variant_says_in_a_sentence_what_it_is(name: str) -> None:
    sentence = OFFERED[name].sentence
    assert sentence.endswith(".")
    assert len(sentence) < 80


def test_there_are_enough_variants_of_every_kind() -> None:
    assert len(CASES) > 200
    assert {case.kind for case in CASES.values()} == set(range(1, 15))


@pytest.mark.parametrize(
    ("name", "dimensions", "first", "last"),
    [
        ("dates", "[day]", f'"{_FIRST}"', f'"{_LAST}"'),
        ("dimensions-strings", '["day"]', f'"{_FIRST}"', f'"{_LAST}"'),
        ("dimensions-one-enum", "day", f'"{_FIRST}"', f'"{_LAST}"'),
        ("dimensions-one-string", '"day"', f'"{_FIRST}"', f'"{_LAST}"'),
        ("datetimes", "[day]", f'"{_FIRST}T00:00:00Z"', f'"{_LAST}T00:00:00Z"'),
        ("datetimes-exclusive", "[day]", f'"{_FIRST}T00:00:00Z"', f'"{_LAST}T23:59:59Z"'),
        ("epoch-seconds", "[day]", "1794182400", "1795305600"),
        ("epoch-millis", "[day]", "1794182400000", "1795305600000"),
        ("epoch-seconds-exclusive", "[day]", "1794182400", "1795392000"),
    ],
)
def test_arguments_of_every_type_ask_for_the_same_rows(
    name: str, dimensions: str, first: str, last: str
) -> None:
    arguments = f"dimensions: {dimensions}, from: {first}, to: {last}"
    assert _rows(name, arguments, f"rows {{ day {_NAMES} }}")["rows"] == _wanted()


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("dates", f'dimensions: ["day"], from: "{_FIRST}", to: "{_LAST}"'),
        ("dates", f'dimensions: [day], from: "{_FIRST}T00:00:00Z", to: "{_LAST}"'),
        ("datetimes", _DAY_ARGUMENTS),
        ("epoch-millis", _DAY_ARGUMENTS),
        ("dimensions-strings", _DAY_ARGUMENTS),
        ("dimensions-one-enum", _DAY_ARGUMENTS),
        ("owner-filters-required", _DAY_ARGUMENTS),
        ("pages-first-required", _DAY_ARGUMENTS),
    ],
)
def test_arguments_of_another_type_are_refused(name: str, arguments: str) -> None:
    query = f"{{ contentOwnerAnalyticsReport({arguments}) {{ rows {{ day }} }} }}"
    assert "data" not in _ask(name, query)


def test_a_range_may_be_an_object() -> None:
    arguments = f'dimensions: [day], range: {{ start: "{_FIRST}", end: "{_LAST}" }}'
    found = _rows("range-start-end", arguments, f"rows {{ day {_NAMES} }}")
    assert found["rows"] == _wanted()


@pytest.mark.parametrize(
    ("name", "second", "beside"),
    [
        ("pages-cursor", "first: 10, after: {cursor}", "page_info { end_cursor }"),
        ("pages-cursor-camel", "first: 10, after: {cursor}", "pageInfo { endCursor }"),
        ("pages-offset", "limit: 10, offset: 10", "total"),
        ("pages-offset-count", "limit: 10, skip: 10", "total_count"),
        ("pages-numbered", "page: 2, per_page: 10", "total_pages"),
        ("pages-next-cursor", "cursor: {cursor}", "next_cursor"),
    ],
)
def test_pages_join_into_the_whole(name: str, second: str, beside: str) -> None:
    selection = f"rows {{ day {_NAMES} }} {beside}"
    first = _rows(name, _DAY_ARGUMENTS, selection)
    cursor = next((v for v in _values(first) if isinstance(v, str)), "")
    more = second.format(cursor=f'"{cursor}"')
    last = _rows(name, f"{_DAY_ARGUMENTS}, {more}", selection)
    assert [*first["rows"], *last["rows"]] == _wanted()
    assert len(last["rows"]) == 2


def _values(page: dict[str, Any]) -> list[Any]:
    """Return what stands beside the rows: one value, or one in an object."""
    beside: Any = next(value for name, value in page.items() if name != "rows")
    return list(beside.values()) if hasattr(beside, "values") else [beside]


def test_the_report_of_each_side_reads_to_in_its_own_way() -> None:
    variant = CASES["to-exclusive-publisher"].variant
    app = create_variant_app(variant, lambda: NOON)
    query = " ".join(
        f"{kind}AnalyticsReport({_DAY_ARGUMENTS}) {{ rows {{ day {_NAMES} }} }}"
        for kind in ("contentOwner", "publisher")
    )
    body = app.executor.answer(Request(f"{{ {query} }}"), authorization=f"Bearer {token()}").body
    publisher = expected(variant, Right.PUBLISHER, ["day"], _FIRST, _LAST, NOON)
    assert body["data"]["contentOwnerAnalyticsReport"]["rows"] == _wanted()
    assert body["data"]["publisherAnalyticsReport"]["rows"] == publisher[:-1]


@pytest.mark.parametrize("bucket", FORMS)
def test_each_form_of_a_bucket_tells_its_buckets_apart(bucket: str) -> None:
    starts = starts_of(bucket, COMMANDS["month"].first, COMMANDS["month"].last)
    for name, form in FORMS[bucket].items():
        assert len({form(start) for start, _ in starts}) == len(starts), name


def test_a_sign_in_that_wants_variables_takes_them() -> None:
    text = (
        "mutation Enter($login: String!, $password: String!, $tenant: String!) "
        "{ createSession(login: $login, password: $password, tenantId: $tenant) "
        "{ ... on Session { access_token } } }"
    )
    given: dict[str, object] = {
        "login": ROBOT_LOGIN,
        "password": SANDBOX_PASSWORD,
        "tenant": SANDBOX_TENANT,
    }
    answer = _ask("sign-in-variables", text, "Enter", given)
    assert answer["data"]["createSession"]["access_token"]


def test_a_session_that_was_ended_is_refused_in_the_words_of_the_variant() -> None:
    app = create_variant_app(CASES["session-words-expired"].variant, lambda: NOON)
    credentials = f'login: "{ROBOT_LOGIN}", password: "{SANDBOX_PASSWORD}"'
    text = f'mutation {{ createSession({credentials}, tenantId: "{SANDBOX_TENANT}")'
    request = Request(f"{text} {{ ... on Session {{ access_token }} }} }}")
    body = app.executor.answer(request, authorization=None).body
    given = body["data"]["createSession"]["access_token"]
    query = Request(f"{{ contentOwnerAnalyticsReport({_DAY_ARGUMENTS}) {{ rows {{ day }} }} }}")
    assert "errors" not in app.executor.answer(query, authorization=f"Bearer {given}").body
    app.end_sessions()
    refused = app.executor.answer(query, authorization=f"Bearer {given}").body
    assert refused["errors"][0]["message"] == "Token has expired"
    assert "extensions" not in refused["errors"][0]
