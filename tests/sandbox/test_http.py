"""The sandbox's HTTP manners: which status and which type an answer or a refusal has."""

import json

import pytest

from support.servers.sandbox_client import BOTH_TYPES, NEW_TYPE, SandboxClient

JSON_HEADERS = {"Content-Type": "application/json"}
GOOD, INVALID = "{ __typename }", "{ nonsense }"


@pytest.fixture(scope="module")
def client() -> SandboxClient:
    return SandboxClient()


@pytest.mark.parametrize(
    ("accept", "query", "status", "content_type"),
    [
        (NEW_TYPE, GOOD, 200, NEW_TYPE),
        (NEW_TYPE, INVALID, 400, NEW_TYPE),
        (NEW_TYPE, "{", 400, NEW_TYPE),
        (BOTH_TYPES, INVALID, 400, NEW_TYPE),
        (f"application/json, {NEW_TYPE}", INVALID, 400, NEW_TYPE),
        (f"application/json, {NEW_TYPE};q=0.5", INVALID, 200, "application/json"),
        ("application/json", GOOD, 200, "application/json"),
        ("application/json", INVALID, 200, "application/json"),
        ("application/json", "{", 200, "application/json"),
        ("application/*", INVALID, 200, "application/json"),
        ("*/*", INVALID, 200, "application/json"),
        (f"{NEW_TYPE};q=nonsense, */*;q=0.1", INVALID, 200, "application/json"),
    ],
)
def test_status_follows_the_type_that_is_accepted(
    client: SandboxClient, accept: str, query: str, status: int, content_type: str
) -> None:
    response = client.post(query, accept=accept)
    assert response.status_code == status
    assert response.headers["Content-Type"] == f"{content_type}; charset=utf-8"
    assert ("data" in response.json()) == (query == GOOD)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        (INVALID, "GRAPHQL_VALIDATION_FAILED"),
        ("{ __typename " * 3000, "GRAPHQL_PARSE_FAILED"),
        ("query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"),
        ("query($wanted: Boolean!) { __typename @include(if: $wanted) }", "BAD_USER_INPUT"),
    ],
)
def test_request_errors_have_a_code_and_no_data(
    client: SandboxClient, query: str, code: str
) -> None:
    response = client.post(query)
    assert response.status_code == 400
    assert response.json().keys() == {"errors"}
    assert response.json()["errors"][0]["extensions"] == {"code": code}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"null",
        b"[]",
        b'[{"query": "{ __typename }"}]',
        b"{}",
        b'{"query": null}',
        b'{"query": 1}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "variables": "{}"}',
        b'{"query": "{ __typename }", "operationName": 1}',
        b'{"query": "{ __typename }", "variables": {"a": NaN}}',
        b'{"query": "\xff"}',
        b"[" * 100_000,
        b"9" * 10_000,
    ],
)
@pytest.mark.parametrize("accept", ["application/json", NEW_TYPE])
def test_body_that_is_no_graphql_request_is_status_400(
    client: SandboxClient, body: bytes, accept: str
) -> None:
    response = client.http.post("/v1", content=body, headers=JSON_HEADERS | {"Accept": accept})
    assert response.status_code == 400
    assert response.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("POST", "/v1", {"Content-Type": "text/plain"}, 415),
        ("POST", "/v1", {"Content-Type": "application/graphql"}, 415),
        ("POST", "/v1", {"Content-Type": "application/json; charset=latin-1"}, 415),
        ("POST", "/v1", {}, 415),
        ("POST", "/v1", JSON_HEADERS | {"Accept": "text/html"}, 406),
        ("GET", "/v1", {}, 405),
        ("GET", "/v1", {"Accept": "application/json"}, 405),
        ("PUT", "/v1", JSON_HEADERS, 405),
        ("DELETE", "/v1", {}, 405),
        ("OPTIONS", "/v1", {"Origin": "https://example.com"}, 405),
        ("POST", "/", JSON_HEADERS, 404),
        ("POST", "/v2", JSON_HEADERS, 404),
        ("GET", "/v1/nothing", {"Accept": "text/html"}, 404),
    ],
)
def test_wrong_requests_are_refused_in_json(
    client: SandboxClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    response = client.http.request(method, path, content=b'{"query": "{a}"}', headers=headers)
    assert response.status_code == status
    assert response.headers["Content-Type"].startswith("application/json")
    assert response.json()["errors"][0]["message"]
    assert response.headers.get("Allow") == ("GET, POST" if status == 405 else None)
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/v1", "/v1/"])
@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=UTF-8"])
def test_json_in_utf8_is_taken(client: SandboxClient, path: str, content_type: str) -> None:
    response = client.http.post(
        path, content=json.dumps({"query": GOOD}), headers={"Content-Type": content_type}
    )
    assert response.json() == {"data": {"__typename": "Query"}}
