"""What is typed at a sign-in reaches the service as it was typed, and is shown nowhere."""

import json

import pytest
from graphql import FieldNode, OperationDefinitionNode, StringValueNode, parse
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.errors import GlomexError
from glomex_cli.interfaces import Challenge, Session
from glomex_cli.models import Secret
from glomex_cli.services.glomex.queries import create_mfa_session, create_session
from support.credentials import credentials_of
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.network import CHALLENGE, CODE, LOGIN, PASSWORD, TOKEN, assert_silent, service

GOOD = http(200, body={"data": {"createSession": {"access_token": TOKEN}}})
ODD = [
    "with space", "  outer spaces  ", 'quo"te', "quo'te", "back\\slash", "\\", '\\"', "new\nline",
    "\r\n", "tab\t", "emoji 😀👩\u200d💻", "ümläut", "日本", "${x}", "#comment", '"""', "{}",
    "\x7f\x1b", "\u2028\u2029", "\ufeff", "x" * 2**20, "\\u0041", "%00", "\ue000\U0010ffff",
]  # fmt: skip


def arguments_of(body: bytes) -> dict[str, str]:
    """Read the arguments as a GraphQL server reads them."""
    (operation,) = parse(json.loads(body)["query"]).definitions
    assert isinstance(operation, OperationDefinitionNode)
    (field,) = operation.selection_set.selections
    assert isinstance(field, FieldNode)
    values = {argument.name.value: argument.value for argument in field.arguments or ()}
    return {n: v.value for n, v in values.items() if isinstance(v, StringValueNode)}


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:20]))
def test_password_arrives_exactly_as_typed(text: str) -> None:
    short = text[:20]
    with FaultServer(whole(GOOD)) as server:
        found = service(server.url).open_session(credentials_of(f"a{short}", short, text))
    assert isinstance(found, Session)
    (request,) = server.requests
    assert arguments_of(request.body) == {"login": f"a{short}", "password": text, "tenantId": short}
    assert "authorization" not in request.headers
    assert request.headers["content-type"] == "application/json"


@given(st.text(), st.text(), st.text())
def test_any_text_is_a_literal(login: str, tenant: str, password: str) -> None:
    document = create_session(credentials_of(login, tenant, password))
    body = json.dumps({"query": document.text}).encode()
    assert arguments_of(body) == {"login": login, "password": password, "tenantId": tenant}
    document = create_mfa_session(Challenge(login, Secret(password)), tenant)
    body = json.dumps({"query": document.text}).encode()
    assert arguments_of(body) == {"email": login, "challenge": password, "mfa_code": tenant}


def test_documents_show_nothing_of_what_they_hold() -> None:
    documents = [
        create_session(credentials_of(LOGIN, "t-canary", PASSWORD)),
        create_mfa_session(Challenge(LOGIN, Secret(CHALLENGE)), CODE),
    ]
    assert "canary" not in repr(documents)
    assert CODE not in repr(documents)


@pytest.mark.parametrize("half", ["canary\ud800", "a\ude00canary"])
def test_half_a_surrogate_pair_is_no_error_that_quotes_the_password(half: str) -> None:
    refused = http(400, body={"errors": [{"message": "bad"}]})
    with FaultServer(whole(refused)) as server, pytest.raises(GlomexError) as caught:
        service(server.url).open_session(credentials_of(LOGIN, "t", half))
    assert_silent(caught.value, "canary")
    with FaultServer(whole(refused)) as server, pytest.raises(GlomexError) as caught:
        service(server.url).answer_challenge(Challenge(LOGIN, Secret(half)), CODE)
    assert_silent(caught.value, "canary")
