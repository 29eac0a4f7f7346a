"""Numbers from the wire to the output, by `report` and `query`: no digit is lost on the way."""

from pathlib import Path

import pytest

from support.answered import JUNE, OPERATION
from support.cli import Glomex
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer

LONG = "12345678901234567.89"


def rows(*revenues: str) -> bytes:
    """Answer with a row for each number, as it is written."""
    each = (f'{{"day": "2025-06-0{n}", "revenue": {text}}}' for n, text in enumerate(revenues, 1))
    return http(200, body=f'{{"data": {{"{OPERATION}": {{"rows": [{", ".join(each)}]}}}}}}')


@pytest.mark.attack("R21")
@pytest.mark.parametrize("sent", [LONG, f'"{LONG}"'])
def test_a_report_has_the_digits_of_the_service(
    cli: Glomex, server: FaultServer, sent: str
) -> None:
    server.script = whole(rows(sent, "1.50", "9007199254740993"))
    asked = (*JUNE, "-m", "revenue", "-f")

    assert cli(*asked, "csv").out.splitlines()[1:] == [
        f"2025-06-01,{LONG}",
        "2025-06-02,1.50",
        "2025-06-03,9007199254740993",
    ]
    done = cli(*asked, "json")
    assert f'"revenue": {LONG}' in done.out
    assert (done.code, done.err) == (0, "")


@pytest.mark.bug("B6")
@pytest.mark.attack("R21")
@pytest.mark.parametrize("sent", ["1e400", '"1e400"', '"-Infinity"', '"NaN"'])
@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_what_no_number_holds_is_null_named_and_6(
    cli: Glomex, server: FaultServer, sent: str, form: str
) -> None:
    server.script = whole(rows("1", sent, "3"))
    done = cli(*JUNE, "-m", "revenue", "-f", form)

    assert done.code == 6
    lines = done.err.splitlines()
    assert lines[0] == f"missing {OPERATION}.rows.revenue: a value out of range"
    null = {"json": '"revenue": null', "csv": "2025-06-02,\n", "table": "2025-06-02        -\n"}
    assert null[form] in done.out.replace("\r\n", "\n")
    assert not {"inf", "nan"} & set(done.out.lower().replace('"', " ").split())


@pytest.mark.parametrize("sent", ['"many"', '"1,000"', '"1_000"', '"0x12"', "true"])
@pytest.mark.parametrize("command", ["sparkline", "plot"])
def test_text_among_the_numbers_of_a_picture_is_a_gap_named_and_6(
    cli: Glomex, server: FaultServer, sent: str, command: str
) -> None:
    server.script = whole(rows("1", sent, "3"))
    done = cli(command, "revenue", *JUNE[1:])
    assert done.code == 6
    assert done.out
    assert done.err.startswith("missing revenue: a value that is not a number, drawn as a gap\n")


def test_strict_prints_nothing_where_a_number_is_lost(cli: Glomex, server: FaultServer) -> None:
    server.script = whole(rows("1e400", "1e400"))
    done = cli(*JUNE, "-m", "revenue", "--strict")
    assert (done.code, done.out) == (5, "")
    assert "2 values out of range" in done.err


@pytest.mark.bug("B6")
@pytest.mark.parametrize("digits", ["1e400", "-1E999", "12345678901234567890.5", "1.50", "0.0"])
def test_query_prints_the_digits_that_came(cli: Glomex, server: FaultServer, digits: str) -> None:
    server.script = whole(http(200, body=f'{{"data": {{"x": [{digits}]}}}}'))
    done = cli("query", "{ x }")
    assert (done.code, done.err) == (0, "")
    assert done.out == f'{{\n  "data": {{\n    "x": [\n      {digits}\n    ]\n  }}\n}}\n'


@pytest.mark.bug("B6")
@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e999"])
def test_variables_that_are_no_number_are_refused(
    cli: Glomex, server: FaultServer, tmp_path: Path, number: str
) -> None:
    file = tmp_path / "vars.json"
    file.write_text(f'{{"a": [{number}]}}')
    done = cli("query", "{ x }", "--vars", str(file))
    assert (done.code, done.out, server.connections) == (2, "", 0)
    assert done.err.startswith(
        f"error: the variables contain {number}, which is out of range\nhint: "
    )


def test_variables_are_sent_with_their_digits(
    cli: Glomex, server: FaultServer, tmp_path: Path
) -> None:
    file = tmp_path / "vars.json"
    file.write_text(f'{{"a": {LONG}, "b": 1.50}}')
    server.script = whole(http(200, body={"data": {"x": 1}}))
    assert cli("query", "{ x }", "--vars", str(file)).code == 0
    assert f'"variables": {{"a": {LONG}, "b": 1.50}}'.encode() in server.requests[-1].body
