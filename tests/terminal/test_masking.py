"""Secrets are found in what others write by their value, in every disguise, and nowhere else."""

import base64
import gc
import json
import re
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from glomex_cli.models import Secret
from glomex_cli.terminal.sanitize import mask_secrets
from support.cli import Glomex
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer

SECRET = 'Opaque/Tökén "1234" & more+='
TOKEN = "OPAQUE-TOKEN-1234567890"
JWT = "eyJhbGciOiJIUzI1NiJ9.SECRETPART.sig"

DISGUISES: list[Callable[[str], str]] = [
    str,
    str.lower,
    lambda text: json.dumps(text)[1:-1],
    lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    lambda text: quote(text, safe=""),
    quote_plus,
    *(
        lambda text, before=before: base64.b64encode(b"u:p"[:before] + text.encode()).decode()
        for before in range(3)
    ),
    lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    lambda text: text.replace("k", "\u212a").upper(),
]


@pytest.mark.attack("R9")
@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_secret_is_masked_in_every_disguise(disguise: Callable[[str], str]) -> None:
    held = Secret(SECRET)
    text = mask_secrets(f"refused: {disguise(held.reveal())}, sorry")
    assert "***" in text
    core = base64.b64encode(SECRET.encode()).decode()[4:-4]
    assert SECRET[4:12].lower() not in text.lower()
    assert core not in text
    assert text.startswith("refused: ")
    assert text.endswith(", sorry")


@pytest.mark.attack("R9")
def test_every_character_that_counts_as_a_letter_of_ascii_is_seen_through() -> None:
    held = Secret("ask-for-it")
    above_ascii = "".join(map(chr, range(128, 0x11_0000)))
    for char in re.findall("[aks]|i", above_ascii, re.IGNORECASE):
        like = next(letter for letter in "aski" if re.match(char, letter, re.IGNORECASE))
        assert mask_secrets(held.reveal().replace(like, char)) == "***"


def test_text_without_a_secret_stays_as_it_is() -> None:
    held = [Secret(SECRET), Secret("x"), Secret("")]
    assert mask_secrets("an x-ray of nothing") == "an x-ray of nothing"
    del held


def test_what_is_known_is_bounded_however_long_a_program_runs() -> None:
    for number in range(1000):
        Secret(f"token number {number}")
    gc.collect()
    assert len(Secret.recent()) <= 64
    assert mask_secrets("token number 999") == "***"


def refused(text: str) -> bytes:
    """Return an answer whose one error has that message."""
    return http(200, body={"data": None, "errors": [{"message": text}]})


@pytest.mark.attack("R9")
@pytest.mark.parametrize(
    ("token", "answer"),
    [
        (TOKEN, refused(f"invalid token {TOKEN}")),
        (TOKEN, refused("x" * 190 + TOKEN)),
        (
            JWT,
            http(
                200,
                body={
                    "data": {"contentOwnerAnalyticsReport": {"rows": []}},
                    "errors": [{"message": "x", "path": [JWT]}],
                },
            ),
        ),
        (JWT, http(302, f"Location: https://{JWT}/v1")),
        (JWT, http(200, f"X-Request-Id: {JWT}", body={"data": {"__typename": "Query"}})),
        (TOKEN, http(200, f"X-Request-Id: {TOKEN}", body={"data": {"__typename": "Query"}})),
    ],
    ids=["message", "cut", "path", "redirect", "request id", "opaque request id"],
)
def test_a_service_that_quotes_the_token_reveals_nothing(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, token: str, answer: bytes
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", token)
    with FaultServer(whole(answer)) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        done = cli("report", "-v", "--timeout", "5")
    assert "***" in done.err or "the session has expired" in done.err  # in words of our own
    parts = ("SECRETPART", "OPAQUE", "1234567890")
    assert not [part for part in parts if part.lower() in done.err.lower()], done.err


@pytest.mark.attack("R9")
def test_a_service_that_quotes_the_password_reveals_nothing(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = "hunter2-PW"
    values = {"LOGIN": "a@b", "TENANT": "t", "PASSWORD": password}
    for name, value in values.items():
        monkeypatch.setenv(f"GLOMEX_{name}", value)
    answer = http(500, body={"errors": [{"message": f"login a@b with password {password}"}]})
    with FaultServer(whole(answer)) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        done = cli("report", "--no-input", "-v")
    assert done.code != 0
    assert password not in done.err


def test_error_lines_carry_no_escapes_of_what_was_typed(cli: Glomex) -> None:
    done = cli("report", "-d", "\x1b[2Jday\u202e")
    assert done.code == 2
    assert done.err.replace("\n", "").isprintable()
