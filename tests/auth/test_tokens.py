"""A token that a header cannot hold is refused by us, before a library quotes it in an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.auth.session import bearer_token
from glomex_cli.errors import ExitCode, SignInError
from glomex_cli.models import Secret
from support.cli import Glomex
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.network import DAILY, assert_silent, service, sign_in

BAD = ["\n", "\r\n", "\0", " ", "\t", "\x1b[31m", '"', ",", ":", "ü", "\x7f", "\x85", "\udcff"]


@pytest.mark.parametrize("token", ["a", "0.1_2~3+4/5-6", "e30.e30.", "abc==", "A" * 10_000])
def test_token_of_the_grammar_is_taken_as_it_is(token: str) -> None:
    assert bearer_token(token, source="here").reveal() == token


@pytest.mark.fault("F10")
@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("form", ["{}canary", "canary{}canary", "canary{}"])
def test_any_other_character_is_refused_unquoted(form: str, bad: str) -> None:
    with pytest.raises(SignInError) as caught:
        bearer_token(form.format(bad), source="GLOMEX_TOKEN")
    assert "GLOMEX_TOKEN" in caught.value.message
    assert caught.value.hint == "glomex login"
    assert_silent(caught.value, "canary")


@pytest.mark.parametrize("text", ["", "=", "canary=canary"])
def test_padding_stands_at_the_end_of_something(text: str) -> None:
    with pytest.raises(SignInError):
        bearer_token(text, source="here")


@given(st.text())
def test_what_is_taken_is_a_header_value(text: str) -> None:
    try:
        found = bearer_token(text, source="here")
    except SignInError:
        return
    assert found.reveal() == text
    assert text.isascii()
    assert text.isprintable()
    assert " " not in text


@pytest.mark.fault("F10")
@pytest.mark.parametrize("bad", BAD)
def test_bad_token_of_the_service_is_never_used(bad: str) -> None:
    fields = {"__typename": "Session", "access_token": f"canary{bad}canary"}
    with FaultServer(whole(http(200, body={"data": {"createSession": fields}}))) as server:
        with pytest.raises(SignInError) as caught:
            sign_in(service(server.url))
        assert_silent(caught.value, "canary")
    assert len(server.requests) == 1


@pytest.mark.fault("F10")
@pytest.mark.parametrize("bad", [bad for bad in BAD if bad != "\0"])
def test_bad_token_of_the_environment_is_never_sent(
    bad: str, cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", f"canary{bad}canary")
    with FaultServer(whole(http(200))) as server:
        outcome = cli("report", "--endpoint", server.url)
    assert outcome.code == ExitCode.SIGN_IN
    assert outcome.err == (
        "error: the token from GLOMEX_TOKEN is not a bearer token\n"
        "hint: GLOMEX_TOKEN takes precedence over every sign-in: "
        "unset GLOMEX_TOKEN, or set a new one\n"
    )
    assert server.connections == 0


def test_token_is_sent_as_bearer_and_nowhere_else() -> None:
    with FaultServer(whole(http(401))) as server, pytest.raises(SignInError):
        service(server.url).report(DAILY, Secret("canary-token"))
    (request,) = server.requests
    assert request.headers["authorization"] == "Bearer canary-token"
    assert b"canary-token" not in request.body
    assert "canary-token" not in request.target
