"""The ways in which the sandbox may be told to misbehave."""

import pytest

from glomex_cli.sandbox.mux.scope import MuxOptions, options_from
from support.servers.mux_client import MuxClient

VIEWS = "/data/v1/metrics/views/overall"


def test_numbers_are_text_where_the_answers_of_2020_had_text() -> None:
    plain, texts = MuxClient(), MuxClient(MuxOptions(strings=True))
    numbers = plain.series("video_startup_time", group_by="hour")["data"]
    written = texts.series("video_startup_time", group_by="hour")["data"]
    assert written == [
        [time, None if value is None else str(value), None if views is None else str(views)]
        for time, value, views in numbers
    ]
    row = texts.breakdown("views", group_by="cdn")["data"][0]
    assert isinstance(row["negative_impact"], str)
    assert isinstance(row["value"], int)
    assert isinstance(texts.overall("views")["data"]["total_views"], str)
    assert isinstance(texts.ask("/data/v1/dimensions/cdn")["data"][0]["total_count"], str)


def test_requests_beyond_the_limit_are_refused_until_a_second_has_passed() -> None:
    client = MuxClient(MuxOptions(throttle=2))
    remaining = [client.get(VIEWS).headers["X-RateLimit-Remaining"] for _ in range(2)]
    assert remaining == ["1", "0"]
    refused = client.get("/system/v1/whoami")
    assert refused.status_code == 429
    assert refused.json() == {"errors": ["Too many requests, retry later."]}
    assert refused.headers["Retry-After"] == "1"
    assert refused.headers["X-RateLimit-Limit"] == "2"
    client.clock.wait(1)
    assert client.get(VIEWS).status_code == 200


def test_retry_after_can_be_left_out() -> None:
    client = MuxClient(MuxOptions(throttle=1, retry_after=False))
    client.get(VIEWS)
    refused = client.get(VIEWS)
    assert refused.status_code == 429
    assert "Retry-After" not in refused.headers


def test_html_and_nothing_come_with_status_200() -> None:
    page = MuxClient(MuxOptions(html=True)).get(VIEWS)
    assert (page.status_code, page.headers["Content-Type"][:9]) == (200, "text/html")
    assert page.text.startswith("<!doctype html>")
    nothing = MuxClient(MuxOptions(empty=True)).get(VIEWS)
    assert (nothing.status_code, nothing.content) == (200, b"")


def test_cut_pages_lack_a_row_that_is_counted() -> None:
    answer = MuxClient(MuxOptions(cut_pages=True)).breakdown(
        "views", group_by="country", limit=100, page=3
    )
    assert (len(answer["data"]), answer["total_row_count"]) == (49, 250)


def test_meta_can_be_left_out() -> None:
    client = MuxClient(MuxOptions(no_meta=True))
    answers = [
        client.series("views"),
        client.overall("views"),
        client.breakdown("views", group_by="cdn"),
    ]
    assert not any("meta" in answer for answer in answers)


def test_options_come_from_the_environment() -> None:
    environ = {
        "GLOMEX_SANDBOX_STRINGS": "yes",
        "GLOMEX_SANDBOX_THROTTLE": "3",
        "GLOMEX_SANDBOX_RETRY_AFTER": "0",
        "GLOMEX_SANDBOX_HTML": "",
        "GLOMEX_SANDBOX_CUT_PAGES": "1",
        "GLOMEX_SANDBOX_RETENTION_DAYS": "30",
    }
    assert options_from(environ) == MuxOptions(
        strings=True, throttle=3, retry_after=False, cut_pages=True, retention_days=30
    )
    assert options_from({}) == MuxOptions()


@pytest.mark.parametrize(("name", "value"), [("THROTTLE", "-1"), ("STRINGS", "maybe")])
def test_option_that_makes_no_sense_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"GLOMEX_SANDBOX_{name}"):
        options_from({f"GLOMEX_SANDBOX_{name}": value})
