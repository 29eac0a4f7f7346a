"""`--output`: the format follows the name, stdout has several names, what was written is told."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.answered import DAYS, JUNE, answer
from support.cli import Glomex
from support.files import names, note_on, posix_only
from support.servers.fault_answers import whole
from support.servers.fault_server import FaultServer
from support.servers.network import TOKEN

STDOUT_NAMES = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]
MARK = b"\xef\xbb\xbf"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    with FaultServer(whole(answer(DAYS))) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("x.csv", "csv"),
        ("x.CSV", "csv"),
        ("x.tsv", "tsv"),
        ("x.json", "json"),
        ("x.ndjson", "ndjson"),
        ("x.jsonl", "ndjson"),
        ("x.md", "markdown"),
        ("x.2025.csv", "csv"),
        ("x", "json"),
        (".csv", "json"),
    ],
)
def test_the_format_follows_the_name(
    cli: Glomex, server: FaultServer, tmp_path: Path, name: str, form: str
) -> None:
    done = cli(*JUNE, "-o", str(tmp_path / name))
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / name).read_bytes() == cli(*JUNE, "-f", form).out.encode()
    assert done.err == note_on("2 rows", tmp_path / name)
    assert cli(*JUNE, "-q", "-o", str(tmp_path / name)).err == ""


def test_a_format_that_is_named_wins(cli: Glomex, server: FaultServer, tmp_path: Path) -> None:
    for name in ("x.csv", "x.txt"):
        assert cli(*JUNE, "-f", "json", "-o", str(tmp_path / name)).code == 0
        assert json.loads((tmp_path / name).read_bytes()) == DAYS


@pytest.mark.bug("B17")
@pytest.mark.parametrize("name", ["x.xlsx", "x.txt", "x.csv.gz", "x.svg"])
def test_a_suffix_of_no_format_is_refused_before_anything_is_asked(
    cli: Glomex, server: FaultServer, tmp_path: Path, name: str
) -> None:
    done = cli(*JUNE, "-o", str(tmp_path / name))
    assert (done.code, done.out, server.connections) == (2, "", 0)
    error, hint = done.err.splitlines()
    assert error == f"error: '{Path(name).suffix}' is not the suffix of a known format"
    assert "-f csv" in hint
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(("alias", "form"), [("md", "markdown"), ("jsonl", "ndjson")])
def test_formats_have_short_names(cli: Glomex, server: FaultServer, alias: str, form: str) -> None:
    done = cli(*JUNE, "-f", alias)
    assert (done.code, done.out) == (0, cli(*JUNE, "-f", form).out)


@pytest.mark.bug("B13")
@pytest.mark.parametrize("name", STDOUT_NAMES)
def test_stdout_by_any_name_is_stdout(
    cli: Glomex,
    server: FaultServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    for argv in ([], ["-f", "csv"]):
        done = cli(*JUNE, *argv, "-o", name)
        assert (done.code, done.err) == (0, "")
        assert done.out == cli(*JUNE, *argv).out
    assert names(tmp_path) <= {"home"}
    chart = cli("plot", "video_views", *JUNE[1:], "-o", name)
    assert (chart.code, chart.out[:4], chart.err) == (0, "<svg", "")


@pytest.mark.bug("B13")
@posix_only
@pytest.mark.process
@pytest.mark.parametrize("name", STDOUT_NAMES)
def test_a_log_that_is_appended_to_keeps_what_it_held(
    server: FaultServer, tmp_path: Path, name: str
) -> None:
    log = tmp_path / "log"
    log.write_text("keep\n")
    with log.open("a") as out:
        command = [sys.executable, "-m", "glomex_cli", *JUNE, "-f", "ndjson", "-o", name]
        subprocess.run(command, check=True, stdout=out, env=dict(os.environ))
    first, *rows = log.read_text().splitlines()
    assert (first, [json.loads(row) for row in rows]) == ("keep", DAYS)


@pytest.mark.bug("B13")
@pytest.mark.parametrize("name", ["", "."])
def test_an_empty_name_is_no_file(cli: Glomex, server: FaultServer, name: str) -> None:
    done = cli(*JUNE, "-o", name)
    assert done.code == 2
    assert done.err.startswith("error: --output needs the name of a file\nhint: ")


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_byte_order_mark_begins_the_file_and_nothing_else_changes(
    cli: Glomex, server: FaultServer, tmp_path: Path, form: str
) -> None:
    file = tmp_path / f"x.{form}"
    assert cli(*JUNE, "--bom", "-o", str(file)).code == 0
    assert file.read_bytes() == MARK + cli(*JUNE, "-f", form).out.encode()
    assert cli(*JUNE, "--bom", "-f", form).out.encode() == file.read_bytes()


@pytest.mark.parametrize("argv", [["-f", "json"], ["-o", "x.md"], []])
def test_a_byte_order_mark_is_refused_where_it_does_harm(
    cli: Glomex, server: FaultServer, argv: list[str]
) -> None:
    done = cli(*JUNE, "--bom", *argv)
    assert (done.code, done.out, server.connections) == (2, "", 0)
    assert done.err.startswith("error: --bom is for CSV and TSV\nhint: ")


def test_no_rows_are_said(cli: Glomex, server: FaultServer, tmp_path: Path) -> None:
    server.script = whole(answer([]))
    assert cli(*JUNE, "-f", "csv").err == "no rows for 2025-06-01 to 2025-06-03\n"
    assert cli(*JUNE, "-f", "csv", "-q").err == ""
    file = tmp_path / "x.csv"
    assert cli(*JUNE, "-o", str(file)).err == note_on("no rows", file)
    server.script = whole(answer(DAYS[:1]))
    assert cli(*JUNE, "-o", str(file)).err == note_on("1 row", file)


def test_a_chart_is_an_svg_and_told(cli: Glomex, server: FaultServer, tmp_path: Path) -> None:
    file = tmp_path / "chart.svg"
    done = cli("plot", "video_views", *JUNE[1:], "-o", str(file))
    assert (done.code, done.out, done.err) == (0, "", note_on("a chart", file))
    assert file.read_text().startswith("<svg")


@pytest.mark.parametrize("name", ["chart.png", "chart"])
def test_a_chart_in_another_format_is_refused_before_anything_is_asked(
    cli: Glomex, server: FaultServer, tmp_path: Path, name: str
) -> None:
    done = cli("plot", "video_views", *JUNE[1:], "-o", str(tmp_path / name))
    assert (done.code, done.out, server.connections) == (2, "", 0)
    assert done.err.splitlines()[1] == "hint: end the name in .svg: --output chart.svg"
    assert names(tmp_path) <= {"home"}
