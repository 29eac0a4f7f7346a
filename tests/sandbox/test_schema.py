"""The sandbox's schema: what it says of itself, and other schemas served by the same resolvers."""

from collections.abc import Iterator
from importlib import resources
from typing import Any

import jwt
import pytest
from graphql import GraphQLObjectType, build_schema, get_introspection_query

from glomex_cli.sandbox.app import SandboxOptions
from glomex_cli.sandbox.reports import Row
from glomex_cli.sandbox.sessions import ROBOT_LOGIN, SANDBOX_LOGIN
from support.servers.sandbox_client import SandboxClient, refusal_of, rows_of

OWN_SCHEMA = resources.files("glomex_cli.sandbox").joinpath("schema.graphql").read_text("utf-8")
# What the documentation leaves open, all decided in another way.
OTHER_SCHEMA = """
scalar Date
scalar Big
scalar Anything
enum Dim { day week month video channel device }
type Session { access_token: String!, refresh_token: String }
type Entry { day: Date, video: ID, video_views: Big, ad_impressions: Float, clicks: Int }
type Report { rows: [Entry], total: Int }
type Query {
  contentOwnerAnalyticsReport(dimensions: [Dim], from: Date!, to: Date!, zone: String): Report!
  publisherAnalyticsReport(dimensions: Anything, filters: Anything, from: Date, to: Date): Report
  status: String
}
type Mutation {
  createSession(login: ID!, password: ID!, tenantId: ID!): Session!
}
"""
PLAIN_SIGN_IN = (
    'mutation {{ createSession(login: "{}", password: "sandbox-only", tenantId: "t-sandbox") '
    "{{ access_token }} }}"
)


@pytest.fixture(scope="module")
def other() -> SandboxClient:
    return SandboxClient(SandboxOptions(schema_text=OTHER_SCHEMA))


def described(node: Any) -> Iterator[tuple[str, str | None]]:
    """Yield name and description of a type and of all that it holds, as introspection has them."""
    yield node["name"], node["description"]
    for part in ("fields", "args", "inputFields", "enumValues"):
        for each in node.get(part) or ():
            for name, description in described(each):
                yield f"{node['name']}.{name}", description


def test_schema_describes_everything_it_names_without_a_token() -> None:
    schema = SandboxClient().ask(get_introspection_query())["data"]["__schema"]
    types = [each for each in schema["types"] if not each["name"].startswith("__")]
    names = dict(pair for each in types for pair in described(each))
    assert "Mutation.createMFASession.mfa_code" in names
    roots = {"Query", "Mutation"}
    assert [name for name, text in names.items() if not text and name not in roots] == []


@pytest.mark.parametrize("name", ["ContentOwnerRow", "PublisherRow"])
def test_every_column_of_the_schema_is_one_that_rows_have(name: str) -> None:
    kind = build_schema(OWN_SCHEMA).type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    assert [column for column in kind.fields if not hasattr(Row, column)] == []


@pytest.mark.parametrize(
    "query", ["{ __schema { types { name } } }", '{ __type(name: "Query") { name } }']
)
def test_introspection_is_refused_when_the_sandbox_is_told_so(query: str) -> None:
    answer = SandboxClient(SandboxOptions(introspection=False)).ask(query)
    assert "data" not in answer
    assert answer["errors"][0]["message"].startswith("GraphQL introspection has been disabled")
    assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "errors" not in SandboxClient().ask(query)


def test_typename_is_allowed_without_introspection() -> None:
    client = SandboxClient(SandboxOptions(introspection=False))
    assert client.ask("{ __typename }") == {"data": {"__typename": "Query"}}


def test_plain_session_is_given_to_a_login_without_mfa(other: SandboxClient) -> None:
    answer = other.ask(PLAIN_SIGN_IN.format(ROBOT_LOGIN))
    token = answer["data"]["createSession"]["access_token"]
    assert jwt.decode(token, options={"verify_signature": False})["sub"] == ROBOT_LOGIN


def test_plain_session_is_refused_to_a_login_with_mfa(other: SandboxClient) -> None:
    answer = other.ask(PLAIN_SIGN_IN.format(SANDBOX_LOGIN))
    assert answer["errors"][0]["extensions"]["code"] == "MFA_REQUIRED"


def test_union_does_not_fit_a_plain_schema_nor_plain_a_union(other: SandboxClient) -> None:
    for answer in (other.sign_in(), SandboxClient().ask(PLAIN_SIGN_IN.format(ROBOT_LOGIN))):
        assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_custom_scalars_take_literals_and_variables_of_their_own_type(
    other: SandboxClient,
) -> None:
    token = SandboxClient().token()
    ask = (
        "{{ contentOwnerAnalyticsReport(dimensions: [day], from: {0}, to: {0}) "
        "{{ rows {{ day }} }} }}"
    )
    rows = rows_of(other.ask(ask.format('"2026-11-20"'), token=token))
    assert rows == [{"day": "2026-11-20"}]
    wrong = other.ask("query($day: String!) " + ask.format("$day"), token=token)
    assert "$day" in wrong["errors"][0]["message"]
    assert "data" not in wrong


def test_what_the_resolvers_do_not_know_is_null(other: SandboxClient) -> None:
    query = (
        '{ contentOwnerAnalyticsReport(dimensions: [video], from: "2026-11-20", to: "2026-11-20") '
        "{ total rows { video video_views ad_impressions clicks } } status }"
    )
    data = other.ask(query, token=SandboxClient().token())["data"]
    report = data["contentOwnerAnalyticsReport"]
    assert (data["status"], report["total"]) == (None, None)
    assert {row["clicks"] for row in report["rows"]} == {None}
    assert all(row["video_views"] > 0 for row in report["rows"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("dimensions: [device]", '"device" is not one of'),
        ("dimensions: {a: 1}", "is not one of"),
        ("dimensions: 7", '"7" is not one of'),
        ("dimensions: null", "choose at least one"),
        ("", "choose at least one"),
        ('dimensions: "day"', 'from: "None" is not a date'),
        ('dimensions: "day", from: 20260101', "is not a date"),
        ('dimensions: "day", from: "2026-01-01", to: ["2026-01-01"]', "is not a date"),
    ],
)
def test_arguments_of_free_types_are_checked(
    other: SandboxClient, arguments: str, words: str
) -> None:
    field = f"publisherAnalyticsReport({arguments})" if arguments else "publisherAnalyticsReport"
    answer = other.ask(f"{{ {field} {{ rows {{ day }} }} }}", token=SandboxClient().token())
    code, message = refusal_of(answer)
    assert code == "BAD_USER_INPUT"
    assert words in message


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ("{country: 1}", 'filters: "country" is not one of'),
        ('"video"', 'filters: "video" is not an object'),
        ("[]", "is not an object"),
    ],
)
def test_filters_of_a_free_type_are_checked(other: SandboxClient, filters: str, words: str) -> None:
    field = (
        'publisherAnalyticsReport(dimensions: ["day"], from: "2026-11-20", to: "2026-11-20", '
        f"filters: {filters})"
    )
    answer = other.ask(f"{{ {field} {{ rows {{ day }} }} }}", token=SandboxClient().token())
    assert words in refusal_of(answer)[1]


def test_filter_may_be_a_list_where_the_schema_lets_it(other: SandboxClient) -> None:
    field = (
        'publisherAnalyticsReport(dimensions: "video", from: "2026-11-20", to: "2026-11-20", '
        'filters: {video: ["v-ma8j34rqo9nj", "v-1qglt4xey6bq"], channel: null})'
    )
    answer = other.ask(f"{{ {field} {{ rows {{ video }} }} }}", token=SandboxClient().token())
    assert len(rows_of(answer)) == 2


def test_schema_without_mutations_is_served() -> None:
    client = SandboxClient(SandboxOptions(schema_text="type Query { contentOwner: String }"))
    assert client.ask("{ contentOwner }") == {"data": {"contentOwner": None}}


def test_schema_that_is_no_schema_is_refused_when_the_app_is_made() -> None:
    with pytest.raises(Exception, match="Syntax Error"):
        SandboxClient(SandboxOptions(schema_text="nonsense"))
