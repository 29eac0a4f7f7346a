"""Whatever is sent to the sandbox, well-formed JSON comes back, and never a fault of its own."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from glomex_cli.sandbox.sessions import SANDBOX_LOGIN
from support.servers.sandbox_client import BOTH_TYPES, SandboxClient

WORDS = (
    '{ } ( ) [ ] : ! $ @ ... | # " """ \\u , \ud800 é -1 1e999 null true on query mutation '
    "subscription fragment __schema __type __typename contentOwnerAnalyticsReport createSession "
    'rows dimensions from to day video $from String login "2026-11-20" @include(if:'
)
DOCUMENTS = st.lists(st.sampled_from(WORDS.split()), max_size=40).map(" ".join) | st.text(
    max_size=60
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=12,
)
REQUESTS = ANY_JSON | st.fixed_dictionaries(
    {"query": DOCUMENTS | ANY_JSON},
    optional={"variables": ANY_JSON, "operationName": ANY_JSON, "extensions": ANY_JSON},
)
REPORT = """query($dimensions: [PublisherDimension!]!, $filters: PublisherFilters, $from: String!,
  $to: String!) { publisherAnalyticsReport(dimensions: $dimensions, filters: $filters,
  from: $from, to: $to) { rows { video day video_views fill_rate revenue } } }"""
DATES = st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(str) | st.text(max_size=12) | ANY_JSON
VARIABLES = st.fixed_dictionaries(
    {"from": DATES, "to": DATES},
    optional={
        "dimensions": ANY_JSON | st.lists(st.sampled_from(["day", "week", "month", "channel"])),
        "filters": ANY_JSON | st.dictionaries(st.sampled_from(["video", "channel"]), ANY_JSON),
    },
)
OFTEN = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def client() -> SandboxClient:
    return SandboxClient()


def answer_to(client: SandboxClient, body: bytes, token: str = "") -> Any:
    """Send any bytes as JSON and give the answer, which must be a GraphQL response."""
    headers = {"Content-Type": "application/json", "Accept": BOTH_TYPES}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    response = client.http.post("/v1", content=body, headers=headers)
    assert response.status_code in {200, 400}, response.text
    content = json.loads(response.content.decode("utf-8"), parse_constant=pytest.fail)
    assert {"data", "errors"} & content.keys()
    assert "INTERNAL_SERVER_ERROR" not in response.text
    for error in content.get("errors", ()):
        assert error["message"]
        assert error["extensions"]["code"]
    return content


@given(REQUESTS)
@example({"query": "{ a(b: " + "[" * 3000 + ") }"})
@example({"query": "{ a " * 150 + "}" * 150})
@example({"query": "{ __typename @include(if: $x) }", "variables": {"x": []}})
@example({"query": '{ __type(name: "' + "x" * 100_000 + '") { name } }'})
@example({"query": "query($a: String = 99999999999999999999) { __typename }"})
@example({"query": "{ a(b: " + "9" * 5000 + ") }"})
@example({"query": "subscription { a }"})
@example({"query": "fragment A on Query { ...A } { ...A }"})
@OFTEN
def test_any_json_gets_a_graphql_response(client: SandboxClient, content: object) -> None:
    answer_to(client, json.dumps(content).encode())


@pytest.mark.parametrize("depth", [10, 60, 120, 180, 240, 400, 900])
def test_any_depth_gets_a_graphql_response(client: SandboxClient, depth: int) -> None:
    query = "{ __schema { types " + "{ ofType " * depth + "{ name }" + "}" * depth + " } }"
    assert answer_to(client, json.dumps({"query": query}).encode())


@given(st.binary(max_size=200))
@OFTEN
def test_any_bytes_get_a_graphql_response(client: SandboxClient, body: bytes) -> None:
    assert answer_to(client, body)


@given(VARIABLES)
@example({"from": "0001-01-01", "to": "9999-12-31", "dimensions": "day", "filters": {"video": "x"}})
@settings(OFTEN, max_examples=40)
def test_any_arguments_get_rows_or_a_refusal(
    client: SandboxClient, variables: dict[str, object]
) -> None:
    body = json.dumps({"query": REPORT, "variables": variables}).encode()
    answer_to(client, body, client.token())


@given(st.text(max_size=60))
@settings(OFTEN, max_examples=60)
def test_any_text_as_challenge_or_code_is_refused(client: SandboxClient, text: str) -> None:
    query = (
        "mutation($code: String!, $challenge: String!) { createMFASession(mfa_code: $code, "
        f'email: "{SANDBOX_LOGIN}", challenge: $challenge) {{ access_token }} }}'
    )
    for challenge in (text, client.challenge()):
        body = {"query": query, "variables": {"code": text, "challenge": challenge}}
        content = answer_to(client, json.dumps(body).encode())
        assert content["data"] == {"createMFASession": None}


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60))
@example("a." * 40)
@OFTEN
def test_any_token_is_refused(client: SandboxClient, text: str) -> None:
    query = (
        '{ contentOwnerAnalyticsReport(dimensions: [day], from: "2026-11-20", to: "2026-11-20") '
        "{ rows { day } } }"
    )
    content = answer_to(client, json.dumps({"query": query}).encode(), text or "x")
    assert content["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
