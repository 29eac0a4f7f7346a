"""What an answer holds is kept, what it lacks is said, and what is no answer is called so."""

from collections.abc import Callable
from typing import Any

import pytest

from glomex_cli.errors import GlomexError, RateLimitedError, ServiceError, UnavailableError
from glomex_cli.models import Problem, Report, Row, Secret
from support.servers.fault_answers import GRAPHQL, JSON, Framing, http, whole, zipped
from support.servers.fault_server import FaultServer
from support.servers.network import (
    ANSWER,
    DAILY,
    ROWS,
    TOKEN,
    each_call,
    failure_of,
    report,
    service,
)

OPERATION = "contentOwnerAnalyticsReport"


def asked(answer: bytes) -> tuple[list[Row], Report]:
    """Read a report from a server that gives this answer."""
    with FaultServer(whole(answer)) as server:
        found = service(server.url).report(DAILY, Secret(TOKEN))
        return list(found.rows), found


@pytest.mark.parametrize("kind", [JSON, GRAPHQL, "application/json;charset=UTF-8"])
@pytest.mark.parametrize("framing", Framing)
@pytest.mark.parametrize("make", [http, zipped])
def test_whole_answer_is_all_there_is(kind: str, framing: Framing, make: object) -> None:
    answer = (
        zipped(ANSWER, framing=framing)
        if make is zipped
        else http(200, body=ANSWER, kind=kind, framing=framing)
    )
    rows, found = asked(answer)
    assert rows == ROWS
    assert not found.problems


ERROR = {"message": "no \x1b[2Jviews", "path": [OPERATION, "rows", 1, "video_views"]}
PROBLEM = Problem("no \\x1b[2Jviews", f"{OPERATION}.rows.1.video_views")


@pytest.mark.fault("F30")
@pytest.mark.parametrize("status", [200, 203, 206, 294])
@pytest.mark.parametrize("first", ["data", "errors"])
def test_partial_data_is_kept_with_its_problems(status: int, first: str) -> None:
    body: dict[str, Any] = {**ANSWER, "errors": [ERROR]}
    rows, found = asked(http(status, body={first: body[first], **body}, kind=GRAPHQL))
    assert rows == ROWS
    assert list(found.problems) == [PROBLEM]


def test_a_problem_for_each_of_many_rows_is_counted_and_not_kept() -> None:
    _, found = asked(http(200, body={**ANSWER, "errors": [ERROR] * 5000}))
    assert len(found.problems) == 1001
    assert found.problems[0] == PROBLEM
    assert found.problems[-1].message == "4000 more errors"


@pytest.mark.parametrize("cells", [{}, {"day": None}, {"day": None, "video_views": None}])
def test_nulls_and_missing_fields_are_missing_cells(cells: dict[str, None]) -> None:
    rows, _ = asked(http(200, body={"data": {OPERATION: {"rows": [cells, *ROWS]}}}))
    assert rows == [{"day": None, "video_views": None, "ad_impressions": None}, *ROWS]


PLACES: list[object] = [
    {OPERATION: {"rows": ROWS}},
    {OPERATION: {"other": [1], "rows": ROWS, "more": {"rows": 1}}},
    {OPERATION: ROWS},
    {OPERATION: {"rows": ROWS}, "canary": {"total": 3}},
]
NO_ERRORS: list[object] = [{}, {"errors": []}, {"errors": None}, {"extensions": {"errors": [1]}}]


@pytest.mark.parametrize("data", PLACES)
@pytest.mark.parametrize("errors", NO_ERRORS)
def test_rows_are_found_in_either_documented_place(data: object, errors: dict[str, Any]) -> None:
    rows, found = asked(http(200, body={**errors, "data": data}))
    assert rows == ROWS
    assert not found.problems


@pytest.mark.parametrize("other", [{"rows": ROWS, "total": 3}, ROWS])
def test_rows_of_another_report_are_left_out_and_told(other: object) -> None:
    rows, found = asked(http(200, body={"data": {"other": other, **ANSWER["data"]}}))
    assert rows == ROWS
    assert list(found.problems) == [Problem("3 rows of another report left out", OPERATION)]


@pytest.mark.parametrize(
    "body",
    [
        f'{{"data": {{"{OPERATION}": {{"rows": []}}, "{OPERATION}": {{"rows": []}}}}}}',
        f'{{"data": {{"{OPERATION}": {{"rows": [], "rows": []}}}}}}',
        f'{{"data": {{"{OPERATION}": {{"rows": []}}}}, "data": {{}}}}',
    ],
)
def test_a_name_that_comes_twice_is_no_json_we_know(body: str) -> None:
    with FaultServer(whole(http(200, body=body.encode()))) as server:
        error = failure_of(report, server.url)
    assert error.message == "the response of the service is not JSON: a name occurs twice"


NO_REPORTS: list[object] = [
    {}, {"data": None}, {"data": {}}, {"data": []}, {"data": 1}, {"data": "canary"},
    {"data": {OPERATION: None}}, {"data": {OPERATION: {}}}, {"data": {OPERATION: 5}},
    {"data": {OPERATION: {"rows": None}}}, {"data": {OPERATION: {"rows": {"canary": 1}}}},
    {"errors": []}, {"errors": None}, {"errors": {}}, {"errors": "canary"}, {"errors": 1},
    {"errors": [], "data": None}, {"errors": [None]}, {"errors": [1, "x"]}, {"errors": [{}]},
    {"errors": [{"message": {"a": 1}}]}, {"errors": [{"message": None, "path": "canary"}]},
    {"errors": [{"message": "no", "extensions": 1}]},
    {"errors": [{"message": "no", "extensions": {"code": 5}}]},
    {"message": "canary"}, [], [ANSWER], "canary", 1, None, True, "null",
    {"data": {"alias": {"rows": ROWS}}}, {"data": {OPERATION: {"rows": [1]}}},
    {"data": {OPERATION: {"rows": [[]]}}},
    {"data": {OPERATION: {"rows": [{"day": {"canary": 1}}]}}},
    {"data": {OPERATION: {"rows": [{"day": ["canary"]}]}}},
    {"data": {OPERATION: {"rows": [{"day": "canary"}]}}},
]  # fmt: skip


@pytest.mark.parametrize("body", NO_REPORTS, ids=lambda body: str(body)[:40])
@pytest.mark.parametrize("status", [200, 400])
def test_what_is_no_report_is_a_fault_of_the_service(body: object, status: int) -> None:
    with FaultServer(whole(http(status, body=body))) as server:
        error = failure_of(report, server.url)
    assert type(error) is ServiceError
    assert "canary" not in error.message
    assert error.hint


@pytest.mark.fault("F36")
@pytest.mark.parametrize(
    "kind",
    ["application/json; charset=rot13", "application/json; charset=\x22", "Application/JSON",
     "application/json; charset=utf-16", "application/vnd.canary+json", " application/json ;;; "],
)  # fmt: skip
def test_charset_is_nonsense_and_the_body_is_utf_8(kind: str) -> None:
    rows, _ = asked(http(200, body=ANSWER, kind=kind))
    assert rows == ROWS


@pytest.mark.fault("F36")
@pytest.mark.parametrize(
    "kind", ["", "text/html", "text/plain", "text/json", "application/jsonp", "image/png", "json"]
)
@pytest.mark.parametrize("status", [200, 404, 405, 500])
def test_what_does_not_claim_to_be_json_is_not_read(kind: str, status: int) -> None:
    with FaultServer(whole(http(status, body=ANSWER, kind=kind))) as server:
        error = failure_of(report, server.url)
    assert type(error) is ServiceError
    assert str(status) in error.message or status == 404


@pytest.mark.fault("F36")
@each_call
@pytest.mark.parametrize("status", [101, 199, 600, 999])
def test_status_out_of_the_ordinary_is_a_failure(
    status: int, call: Callable[[Any], object]
) -> None:
    with FaultServer(whole(http(status, body=ANSWER))) as server:
        assert isinstance(failure_of(call, server.url), GlomexError)


DATE = "Date: Sun, 01 Jun 2025 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([], None),
        (["Retry-After: 0"], 0),
        (["Retry-After: 120"], 120),
        (["Retry-After:   7  "], 7),
        (["Retry-After: " + "9" * 50], 999_999_999),
        (["Retry-After: Sun, 01 Jun 2025 12:00:30 GMT", DATE], 30),
        (["Retry-After: Sun, 01 Jun 2025 14:01:00 +0200", DATE], 60),
        (["Retry-After: Sun, 01 Jun 2025 11:00:00 GMT", DATE], 0),
        (["Retry-After: Sun, 01 Jun 2025 12:00:30 GMT"], None),
        (["Retry-After: soon", DATE], None),
        (["Retry-After: -1", DATE], None),
        (["Retry-After: 1.5", DATE], None),
        (["Retry-After: ١", DATE], None),
        (["Retry-After: Mon, 01 Jan 99999999999999999999 00:00:00 GMT", DATE], None),
        (["Retry-After: Sun, 01 Jun 2025 12:00:30 GMT", "Date: \x7f"], None),
    ],
)
@pytest.mark.parametrize(
    ("status", "kind"), [(429, RateLimitedError), (503, UnavailableError)], ids=str
)
def test_wish_to_wait_is_read_by_the_services_own_clock(
    status: int, kind: type[GlomexError], headers: list[str], seconds: float | None
) -> None:
    with FaultServer(whole(http(status, *headers, body=ANSWER))) as server:
        error = failure_of(report, server.url)
    assert type(error) is kind
    assert error.retry_after_s == seconds
    assert ("later" in error.hint) == (seconds is None or seconds > 3600)
