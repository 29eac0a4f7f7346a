"""`glomex query`: any document from anywhere, its answer as JSON, and its exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from glomex_cli.sandbox.app import SandboxOptions
from support.cli import Glomex
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.gateway import Gateway, open_gateway, robot_token

ROWS = """query Rows($from: String!, $to: String!) {
  contentOwnerAnalyticsReport(dimensions: [day], from: $from, to: $to) { rows { day } }
}"""
DAYS = ["2025-06-02", "2025-06-03"]
TYPED = ("--var", "from=2025-06-02", "--var", "to=2025-06-03")
JUNE = ("--from", "2025-06-02", "--to", "2025-06-04")
ODD_FILTERS = ('quo"te', "back\\slash", "ümläut", "emoji 😀👩‍💻", "new\nline", "{x: 1}", "")


def rows_in(text: str) -> list[dict[str, Any]]:
    """Return the rows of an answer that was printed."""
    (report,) = json.loads(text)["data"].values()
    rows: list[dict[str, Any]] = report["rows"]
    return rows


@pytest.mark.parametrize("source", ["text", "file", "stdin", "dash"])
def test_a_document_comes_as_text_from_a_file_or_from_stdin(
    cli: Glomex, gateway: Gateway, tmp_path: Path, source: str
) -> None:
    file = tmp_path / "rows.graphql"
    file.write_text(ROWS, encoding="utf-8-sig")
    argv = {"text": [ROWS], "file": [str(file)], "stdin": [], "dash": ["-"]}[source]
    done = cli("query", *argv, *TYPED, stdin=ROWS if source in {"stdin", "dash"} else "")
    assert (done.code, done.err) == (0, "")
    assert rows_in(done.out) == [{"day": day} for day in DAYS]
    assert gateway.asked() == [ROWS]


def test_variables_come_from_a_file_and_typed_ones_win(
    cli: Glomex, gateway: Gateway, tmp_path: Path
) -> None:
    file = tmp_path / "vars.json"
    file.write_text(json.dumps({"from": "2025-06-02", "to": "2025-06-02"}))
    done = cli("query", ROWS, "--vars", str(file))
    assert [row["day"] for row in rows_in(done.out)] == DAYS[:1]
    done = cli("query", ROWS, "--vars", str(file), "--var", "to=2025-06-03")
    assert [row["day"] for row in rows_in(done.out)] == DAYS


def test_typed_variables_arrive_with_their_types(cli: Glomex, server: FaultServer) -> None:
    server.script = whole(http(200, body={"data": {"a": 1}}))
    typed = {"yes": True, "no": False, "none": None, "n": 7, "text": "7.5", "day": "2025-06-02"}
    words = ["yes=true", "no=false", "none=null", "n=7", "text=7.5", "day=2025-06-02"]
    assert cli("query", "{ a }", *(x for word in words for x in ("--var", word))).code == 0
    assert json.loads(server.requests[0].body) == {"query": "{ a }", "variables": typed}


def test_the_answer_is_printed_whole_and_exactly(cli: Glomex, server: FaultServer) -> None:
    answer = {
        "data": {"a": [1, 2.5, None, {"ü": "😀\x1b[2J\u202e", "big": 10**17}], "b": []},
        "extensions": {"x": True},
    }
    server.script = whole(http(200, body=answer))
    done = cli("query", "{ a }")
    assert (done.code, json.loads(done.out)) == (0, answer)
    assert "ü" in done.out
    assert not {"\x1b", "\u202e"} & set(done.out)


def test_errors_alone_are_printed_and_end_with_5(cli: Glomex, gateway: Gateway) -> None:
    done = cli("query", "{ no_such_field }")
    assert done.code == 5
    assert "no_such_field" in json.loads(done.out)["errors"][0]["message"]
    assert done.err.startswith("error: the query does not match the schema of the service: ")


def test_errors_beside_data_are_printed_told_and_end_with_6(
    cli: Glomex, server: FaultServer
) -> None:
    answer = {"data": {"a": 1, "b": None}, "errors": [{"message": "no b today", "path": ["b", 0]}]}
    server.script = whole(http(200, body=answer))
    done = cli("query", "{ a b }")
    assert (done.code, json.loads(done.out)) == (6, answer)
    assert done.err.splitlines()[0] == "missing b.0: no b today"


@pytest.mark.parametrize(
    ("argv", "message", "hint"),
    [
        (["rows.graphql"], "cannot read 'rows.graphql': No such file", ""),
        (["{ a }", "--var", "x"], "--var 'x' is not NAME=VALUE", "type --var NAME=VALUE"),
        (["{ a }", "--vars", "none.json"], "cannot read 'none.json'", ""),
    ],
)
def test_what_cannot_be_sent_is_a_usage_error(
    cli: Glomex, gateway: Gateway, argv: list[str], message: str, hint: str
) -> None:
    done = cli("query", *argv)
    assert (done.code, done.out, gateway.asked()) == (2, "", [])
    assert message in done.err
    assert hint in done.err


@pytest.mark.parametrize("kind", ["content-owner", "publisher"])
@pytest.mark.parametrize("dimensions", ["day", "video,week", "channel"])
def test_what_print_query_prints_can_be_fed_to_query(
    cli: Glomex, gateway: Gateway, kind: str, dimensions: str
) -> None:
    argv = ("report", "--as", kind, "-d", dimensions, *JUNE)
    printed = cli(*argv, "--print-query")
    assert (printed.code, printed.err) == (0, "")
    asked = rows_in(cli("query", stdin=printed.out).out)
    rows = json.loads(cli(*argv).out)
    assert all(row in asked for row in rows)
    assert rows
    if "day" not in dimensions:
        assert len(asked) == len(rows)


def test_print_query_sends_nothing_of_a_daily_report(cli: Glomex, gateway: Gateway) -> None:
    assert cli("report", *JUNE, "--print-query").code == 0
    assert gateway.asked() == []


@pytest.mark.parametrize("value", ODD_FILTERS, ids=ascii)
@pytest.mark.parametrize("kind", ["content-owner", "publisher"])
def test_filters_with_any_text_survive_the_way_through_print_query(
    cli: Glomex, server: FaultServer, kind: str, value: str
) -> None:
    from graphql import FieldNode, ObjectValueNode, OperationDefinitionNode, StringValueNode, parse

    server.script = whole(http(200, body={"data": {"a": 1}}))
    argv = ("--as", kind, "--filter", f"video={value}", "--print-query")
    printed = cli("report", *JUNE, *argv)
    assert printed.code == 0
    assert cli("query", "-", stdin=printed.out).code == 0
    (operation,) = parse(json.loads(server.requests[-1].body)["query"]).definitions
    assert isinstance(operation, OperationDefinitionNode)
    (field,) = operation.selection_set.selections
    assert isinstance(field, FieldNode)
    sent = {argument.name.value: argument.value for argument in field.arguments or ()}
    assert isinstance(sent["filters"], ObjectValueNode)
    found = sent["filters"].fields[0].value
    assert isinstance(found, StringValueNode)
    assert found.value == value


def test_a_filter_of_a_typed_schema_is_written_in_its_type(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    from support.servers.object_app import OWN

    typed = OWN.replace('  video: String\n  "The id of a channel."', '  video: [ID!]\n  "x"')
    monkeypatch.setenv("GLOMEX_TOKEN", robot_token())
    with open_gateway(SandboxOptions(schema_text=typed)) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        cli("schema")
        argv = ("--as", "publisher", "--filter", "video=v-1,v-2", "--print-query")
        assert 'filters: {video: ["v-1", "v-2"]}' in cli("report", *JUNE, *argv).out
