"""A WSGI application with an ear at the door: what it was asked and what it answered."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, whose JSON is as the service likes it: Any."""

    query: str
    authorization: str | None
    status: int
    answer: Any


class RecordedApp:
    """Passes requests on to `app`, which may not compress its answers, and keeps both sides."""

    def __init__(self, app: WSGIApplication) -> None:
        self.exchanges: list[Exchange] = []
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        """Answer one request."""
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        statuses: list[int] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            statuses.append(int(status.split(maxsplit=1)[0]))
            return start_response(status, headers, *rest)

        heard = {**environ, "wsgi.input": io.BytesIO(body), "HTTP_ACCEPT_ENCODING": "identity"}
        answer = b"".join(self._app(heard, start))
        query = json.loads(body)["query"]
        authorization = environ.get("HTTP_AUTHORIZATION")
        self.exchanges.append(Exchange(query, authorization, statuses[0], json.loads(answer)))
        return iter([answer])

    def executed(self, operation: str) -> int:
        """Count the requests that ran `operation`; where none of it was run there is no data."""
        return sum(operation in e.query and "data" in e.answer for e in self.exchanges)
