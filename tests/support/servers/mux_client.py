"""A client of the embedded Mux sandbox, in process, with a clock that tests set."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from glomex_cli.sandbox.mux.access import MUX_TOKEN_ID, MUX_TOKEN_SECRET
from glomex_cli.sandbox.mux.app import create_app
from glomex_cli.sandbox.mux.scope import MuxOptions
from support.servers.sandbox_client import Clock

_Value = str | int | Sequence[str]

# In the middle of an hour, so that a range of 24 hours has 25 hourly buckets.
ASKED_AT = datetime(2026, 11, 23, 12, 20, 10, tzinfo=UTC)


class MuxClient:
    """Speaks to a sandbox of its own. Answers are JSON, shaped as the service likes: Any."""

    def __init__(
        self,
        options: MuxOptions | None = None,
        *,
        at: datetime = ASKED_AT,
        auth: tuple[str, str] | None = (MUX_TOKEN_ID, MUX_TOKEN_SECRET),
    ) -> None:
        self.clock = Clock(at)
        self.app = create_app(options or MuxOptions(), self.clock)
        self.http = httpx.Client(
            transport=httpx.WSGITransport(app=self.app), base_url="http://mux", auth=auth
        )

    def get(self, path: str, params: Mapping[str, _Value] | None = None) -> httpx.Response:
        """Send a request; the names of lists get their brackets here."""
        pairs: list[tuple[str, str | int | float | bool | None]] = []
        for name, value in (params or {}).items():
            if isinstance(value, str | int):
                pairs.append((name, str(value)))
            else:
                pairs.extend((f"{name}[]", item) for item in value)
        return self.http.get(path, params=pairs or None)

    def ask(self, path: str, params: Mapping[str, _Value] | None = None) -> Any:
        """Send a request that must succeed and return the JSON of its answer."""
        response = self.get(path, params)
        assert response.status_code == 200, response.text
        return response.json()

    def series(self, metric: str, **params: _Value) -> Any:
        """Return the answer of a timeseries."""
        return self.ask(f"/data/v1/metrics/{metric}/timeseries", params)

    def breakdown(self, metric: str, **params: _Value) -> Any:
        """Return the answer of one page of a breakdown."""
        return self.ask(f"/data/v1/metrics/{metric}/breakdown", params)

    def overall(self, metric: str, **params: _Value) -> Any:
        """Return the answer of a single figure."""
        return self.ask(f"/data/v1/metrics/{metric}/overall", params)

    def all_rows(self, metric: str, **params: _Value) -> list[dict[str, Any]]:
        """Return the rows of all pages of a breakdown."""
        rows: list[dict[str, Any]] = []
        for page in range(1, 100):
            answer = self.breakdown(metric, limit=100, page=page, **params)
            rows += answer["data"]
            if not answer["data"]:
                assert len(rows) == answer["total_row_count"]
                return rows
        raise AssertionError("the pages never end")


def hours(first: datetime, count: int) -> list[str]:
    """Return a timeframe of two epochs, so many hours from a time."""
    start = int(first.timestamp())
    return [str(start), str(start + count * 3600)]


def messages(response: httpx.Response) -> list[str]:
    """Return the messages of a refusal of a parameter."""
    assert response.status_code == 400, response.text
    error = response.json()["error"]
    assert error["type"] == "invalid_parameters"
    texts: list[str] = error["messages"]
    return texts
