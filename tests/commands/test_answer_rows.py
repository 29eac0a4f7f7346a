"""Rows that are not those that were asked for: never data in silence, exit 6 or 5."""

import json

import pytest

from support.answered import JUNE, OPERATION
from support.cli import Glomex
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer

GOOD: dict[str, object] = {"day": "2025-06-01", "video_views": 1, "ad_impressions": 2}
NOTHING: dict[str, object] = {}
LATER = {"day": "2025-06-02", "video_views": 3, "ad_impressions": 4}


def answer(*rows: object, operation: str = OPERATION) -> bytes:
    """Answer with rows as they are."""
    return http(200, body=json.dumps({"data": {operation: {"rows": rows}}}))


def without(name: str) -> dict[str, object]:
    """Return a row that lacks a field, beside one of another name."""
    return {key: value for key, value in GOOD.items() if key != name} | {f"new_{name}": 9}


CASES = [
    pytest.param((without("video_views"),), "a row without video_views", id="renamed"),
    pytest.param((GOOD, without("video_views")), "a row without video_views", id="one of two"),
    pytest.param((NOTHING, NOTHING), "2 rows without ad_impressions", id="empty objects"),
    pytest.param((without("day"),), "a row without day", id="no day"),
    pytest.param((GOOD | {"day": None},), "a row with no day", id="day is null"),
    pytest.param(
        (GOOD, LATER | {"day": "2025-07-09"}), "a row outside the range left out", id="outside"
    ),
    pytest.param((GOOD, LATER, GOOD), "a row that came before", id="twice"),
]


@pytest.mark.attack("R3")
@pytest.mark.parametrize(("rows", "named"), CASES)
@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_what_was_not_asked_for_is_named_and_6(
    cli: Glomex, server: FaultServer, rows: tuple[object, ...], named: str, form: str
) -> None:
    server.script = whole(answer(*rows))
    done = cli(*JUNE, "-f", form)
    assert (done.code, named in done.err) == (6, True), done.err


@pytest.mark.attack("R3")
@pytest.mark.parametrize(("rows", "named"), CASES)
def test_strict_prints_nothing_and_ends_with_5(
    cli: Glomex, server: FaultServer, rows: tuple[object, ...], named: str
) -> None:
    server.script = whole(answer(*rows))
    done = cli(*JUNE, "-f", "csv", "--strict")
    assert (done.code, done.out, named in done.err) == (5, "", True), done.err


@pytest.mark.attack("R3")
@pytest.mark.parametrize("command", ["sparkline", "plot"])
def test_a_picture_of_a_field_that_is_missing_says_so(
    cli: Glomex, server: FaultServer, command: str
) -> None:
    server.script = whole(answer(without("video_views")))
    done = cli(command, "video_views", *JUNE[1:])
    assert (done.code, "a row without video_views" in done.err) == (6, True), done.err


@pytest.mark.attack("R3")
def test_null_is_a_value(cli: Glomex, server: FaultServer) -> None:
    server.script = whole(answer(GOOD | {"video_views": None}))
    done = cli(*JUNE, "-f", "csv")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[1] == "2025-06-01,,2"


@pytest.mark.attack("R3")
def test_a_report_of_another_name_is_no_answer(cli: Glomex, server: FaultServer) -> None:
    server.script = whole(answer(GOOD, operation="publisherAnalyticsReport"))
    done = cli(*JUNE, "-f", "csv")
    assert (done.code, "2025" in done.out) == (5, False)


@pytest.mark.attack("R21")
def test_a_name_that_comes_twice_in_a_row_is_no_answer(cli: Glomex, server: FaultServer) -> None:
    row = '{"day": "2025-06-01", "video_views": 1, "video_views": 2, "ad_impressions": 2}'
    server.script = whole(http(200, body=f'{{"data": {{"{OPERATION}": {{"rows": [{row}]}}}}}}'))
    done = cli(*JUNE, "-f", "csv")
    assert done.code == 5
    assert "a name occurs twice" in done.err


@pytest.mark.attack("R21")
@pytest.mark.bug("B17")
@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("json", '"video_views": true'),
        ("ndjson", '"video_views": true'),
        ("csv", "2025-06-01,true,2"),
        ("tsv", "2025-06-01\ttrue\t2"),
        ("markdown", "| 2025-06-01 | true | 2 |"),
        ("table", "2025-06-01  true"),
    ],
)
def test_a_boolean_stays_one(cli: Glomex, server: FaultServer, form: str, expected: str) -> None:
    server.script = whole(answer(GOOD | {"video_views": True}))
    done = cli(*JUNE, "-f", form)
    assert (done.code, expected in done.out) == (0, True), done.out


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_raw_text_is_raw_for_programs_and_never_on_a_terminal(
    cli: Glomex, server: FaultServer, form: str
) -> None:
    server.script = whole(answer(GOOD | {"video": "=a\x1b[31mb"}))
    asked = (*JUNE, "-d", "video,day", "-f", form, "--raw-csv")
    assert "\x1b" not in cli(*asked, terminal=True).out
    assert ("=a\x1b[31mb" in cli(*asked).out) == (form == "csv")
