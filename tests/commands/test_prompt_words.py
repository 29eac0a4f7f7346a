"""What is asked at sign-in is in our words, whatever the service says of the challenge."""

import json
from collections.abc import Callable, Iterator
from typing import Any, cast
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest

from glomex_cli.sandbox.app import SandboxOptions, create_app
from glomex_cli.sandbox.server import serve
from support.cli import Glomex
from support.servers.service import LOGIN, PASSWORD, TENANT, current_code

HOSTILE = "\x1b]0;canary\x07\r\u202ecanary\x9b31m"


class Talkative:
    """Adds hostile words to every object of an answer, as fields and as errors' messages."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterator[bytes]:
        """Answer one request, uncompressed."""
        plain = {**environ, "HTTP_ACCEPT_ENCODING": "identity"}
        heads: list[tuple[str, list[tuple[str, str]]]] = []

        def begin(status: str, headers: list[tuple[str, str]], *_: object) -> object:
            heads.append((status, [each for each in headers if each[0] != "Content-Length"]))
            return None

        answer = b"".join(self._app(plain, begin))  # type: ignore[arg-type]
        body = json.dumps(_spoilt(json.loads(answer))).encode()
        status, headers = heads[0]
        start(status, [*headers, ("Content-Length", str(len(body)))])
        yield body


def _spoilt(value: Any) -> Any:
    """Return JSON with hostile words in each of its objects."""
    match value:
        case list():
            return [_spoilt(each) for each in cast("Any", value)]
        case dict():
            kept = {name: _spoilt(each) for name, each in cast("Any", value).items()}
            return {**kept, "message": HOSTILE, "prompt": HOSTILE}
        case _:
            return value


@pytest.mark.fault("F21")
def test_a_challenge_that_brings_its_own_words_changes_no_prompt(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(Talkative(create_app(SandboxOptions()))) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        answers: list[str | Callable[[], str]] = [LOGIN, TENANT, PASSWORD, "000000", current_code]
        done = cli("login", answers=answers, terminal=True)
    assert done.code == 0, done.err
    assert [label for label, _ in cli.asked] == [
        "Email", "Tenant", "Password", "MFA code", "MFA code",
    ]  # fmt: skip
    assert "canary" not in done.out + done.err
    assert not set("\x1b\x07\x9b\u202e") & set(done.out + done.err)
