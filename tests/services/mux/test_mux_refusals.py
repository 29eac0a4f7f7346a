"""Every way in which Mux says no, or nothing, and the exit code each ends with."""

import pytest

from glomex_cli.errors import ExitCode, GlomexError
from glomex_cli.models import Json, Secret
from glomex_cli.sandbox.mux.scope import MuxOptions
from glomex_cli.services.mux.client import failure_of_refusal, message_of, without
from glomex_cli.services.mux.requests import parse_questions
from support.servers.mux_service import TOKEN, own_mux

HOSTILE = "no \x1b[31msuch\x00 metric\n" + "x" * 900


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"type": "invalid_parameters", "messages": [HOSTILE]}},
        {"error": HOSTILE},
        {"errors": [HOSTILE]},
    ],
)
def test_three_shapes_have_one_message_made_safe(body: Json) -> None:
    message = message_of(body)
    assert "such" in message
    assert message.isprintable()
    assert len(message) <= 201


@pytest.mark.parametrize(
    "body", [None, [], "text", {}, {"error": None}, {"error": {"messages": []}}, {"errors": [1]}]
)
def test_a_body_of_another_shape_has_no_message(body: Json) -> None:
    assert message_of(body) == ""


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, ExitCode.SERVICE),
        (401, ExitCode.SIGN_IN),
        (404, ExitCode.SERVICE),
        (418, ExitCode.SERVICE),
        (429, ExitCode.RATE_LIMITED),
        (500, ExitCode.SERVICE),
    ],
)
def test_a_status_has_its_exit_code(status: int, code: ExitCode) -> None:
    assert failure_of_refusal(status, {}, host="h", asked="views/overall").exit_code is code


def test_a_secret_that_is_quoted_is_blotted_out() -> None:
    error = without("id:canary-secret", GlomexError("bad id:canary-secret and canary-secret"))
    assert error.message == "bad *** and ***"


def failure(options: MuxOptions, token: Secret = TOKEN) -> GlomexError:
    with pytest.raises(GlomexError) as caught:
        own_mux(options).service.query("/data/v1/metrics/views/overall", {}, token)
    return caught.value


def test_a_page_of_html_with_status_200_is_no_answer() -> None:
    found = failure(MuxOptions(html=True))
    assert found.exit_code is ExitCode.SERVICE
    assert "not Mux Data" in found.message


def test_an_empty_answer_is_a_cut_one() -> None:
    assert failure(MuxOptions(empty=True)).exit_code is ExitCode.NETWORK


def test_a_wrong_secret_is_refused_without_being_told() -> None:
    found = failure(MuxOptions(), Secret("mux-sandbox:canary-token"))
    assert found.exit_code is ExitCode.SIGN_IN
    assert "canary" not in found.message + found.hint


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/data", "//evil.example/data", "data/v1", "/data/../system",
        "/data/%2e%2e/x", "/data\\evil", "/data v1", "/data#x", "/@evil\n", "/ü", "",
    ],
)  # fmt: skip
def test_only_a_path_of_the_same_origin_is_asked(path: str) -> None:
    mux = own_mux()
    with pytest.raises(GlomexError) as caught:
        mux.service.query(path if path != "/@evil\n" else "/a\nhttp://b", {}, TOKEN)
    assert caught.value.exit_code is ExitCode.USAGE
    assert not mux.app.heard


def test_variables_become_parameters_and_lists_are_repeated() -> None:
    (question,) = parse_questions(
        "/data/v1/metrics/views/overall?filters[]=country:DE",
        {"timeframe[]": ["7:days"], "measurement": "count", "limit": 5},
    )
    assert question.target == (
        "/data/v1/metrics/views/overall?filters[]=country:DE"
        "&timeframe%5B%5D=7%3Adays&measurement=count&limit=5"
    )
