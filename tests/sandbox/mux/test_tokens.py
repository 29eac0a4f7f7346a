"""Access tokens: who may ask what."""

from base64 import b64encode

import pytest

from glomex_cli.sandbox.mux.access import MUX_TOKEN_ID, MUX_TOKEN_SECRET, VIDEO_TOKEN_ID
from support.servers.mux_client import MuxClient

VIEWS = "/data/v1/metrics/views/overall"


@pytest.mark.parametrize("path", [VIEWS, "/system/v1/whoami", "/nowhere"])
@pytest.mark.parametrize(
    "auth",
    [
        None,
        (MUX_TOKEN_ID, "wrong"),
        ("nobody", MUX_TOKEN_SECRET),
        (MUX_TOKEN_ID, ""),
        (VIDEO_TOKEN_ID, MUX_TOKEN_SECRET + " "),
    ],
)
def test_wrong_token_is_unauthorized(auth: tuple[str, str] | None, path: str) -> None:
    refused = MuxClient(auth=auth).get(path)
    assert refused.status_code == 401
    assert refused.json() == {
        "error": {"type": "unauthorized", "messages": ["Unauthorized request"]}
    }


@pytest.mark.parametrize("header", ["Basic", "Basic ???", "Basic YQ==", "Bearer abc", "nonsense"])
def test_header_that_is_no_basic_sign_in_is_unauthorized(header: str) -> None:
    client = MuxClient(auth=None)
    assert client.http.get(VIEWS, headers={"Authorization": header}).status_code == 401


def test_right_token_under_another_scheme_is_unauthorized() -> None:
    encoded = b64encode(f"{MUX_TOKEN_ID}:{MUX_TOKEN_SECRET}".encode()).decode()
    client = MuxClient(auth=None)
    statuses = [
        client.http.get(VIEWS, headers={"Authorization": f"{scheme} {encoded}"}).status_code
        for scheme in ("Bearer", "basic")
    ]
    assert statuses == [401, 200]


def test_token_without_the_permission_finds_no_data_but_may_ask_who_it_is() -> None:
    client = MuxClient(auth=(VIDEO_TOKEN_ID, MUX_TOKEN_SECRET))
    refused = client.get(VIEWS)
    assert refused.status_code == 404
    assert refused.json()["error"]["type"] == "not_found"
    permissions = client.ask("/system/v1/whoami")["data"]["permissions"]
    assert "data:read" not in permissions
    assert permissions


def test_whoami_names_organization_environment_and_permissions() -> None:
    data = MuxClient().ask("/system/v1/whoami")["data"]
    assert set(data) == {
        "access_token_name",
        "environment_id",
        "environment_name",
        "environment_type",
        "organization_id",
        "organization_name",
        "permissions",
    }
    assert "data:read" in data["permissions"]


@pytest.mark.parametrize(
    "path",
    ["/", "/v1", "/data/v1", "/data/v1/exports", "/data/v1/metrics/views", "/data/v2/dimensions"],
)
def test_unknown_path_is_not_found(path: str) -> None:
    refused = MuxClient().get(path)
    assert refused.status_code == 404
    assert refused.json()["error"]["type"] == "not_found"


def test_only_get_is_answered() -> None:
    refused = MuxClient().http.post(VIEWS)
    assert refused.status_code == 405
    assert refused.headers["Allow"] == "GET, HEAD"


def test_head_has_the_headers_of_get_and_no_body() -> None:
    head = MuxClient().http.head(VIEWS)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"].startswith("application/json")
    assert head.headers["X-Request-Id"]
