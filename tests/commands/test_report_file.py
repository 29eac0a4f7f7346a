"""`--output FILE`: what stdout would get, and an old file that survives every failure."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.answered import BY_VIDEO, DAYS, FORMATS, JUNE, LOST, MANY, answer, videos
from support.cli import Glomex
from support.files import mode_of, names, note_on, posix_only
from support.servers.fault_answers import cut, http, whole
from support.servers.fault_server import FaultServer, Script
from support.servers.network import TOKEN


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    with FaultServer(whole(answer(DAYS))) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


@pytest.mark.parametrize("form", [*FORMATS, "auto"])
def test_a_file_holds_what_stdout_would(
    cli: Glomex, server: FaultServer, tmp_path: Path, form: str
) -> None:
    printed = cli(*JUNE, "-f", form)
    file = tmp_path / "out" / "report"
    file.parent.mkdir()
    done = cli(*JUNE, "-f", form, "--output", str(file))
    assert (done.code, done.out, done.err) == (0, "", note_on("2 rows", file))
    assert file.read_bytes() == printed.out.encode()
    assert names(file.parent) == {"report"}


def test_a_file_is_no_terminal(cli: Glomex, server: FaultServer, tmp_path: Path) -> None:
    done = cli(*JUNE, "--output", str(tmp_path / "x"), terminal=True)
    assert (done.code, done.out) == (0, "")
    assert json.loads((tmp_path / "x").read_bytes()) == DAYS


GOOD = answer(DAYS)


@pytest.mark.fault("F28")
@pytest.mark.parametrize(
    ("script", "argv", "code"),
    [
        (whole(answer(DAYS, LOST)), [], 6),
        (whole(answer(DAYS, LOST)), ["--strict"], 5),
        (cut(GOOD, len(GOOD) - 20), [], 7),
        (cut(GOOD, 20), [], 7),
        (whole(http(500)), [], 5),
        (whole(answer([])), ["--fail-empty"], 3),
        (whole(GOOD), ["--sort", "nonsense"], 2),
        (whole(GOOD), ["--last", "7d"], 2),
        (whole(GOOD), ["--trend"], 2),
        (whole(http(401)), [], 4),
    ],
)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_old_file_survives_every_failure(  # noqa: PLR0913 - a table of cases
    *,
    cli: Glomex,
    server: FaultServer,
    tmp_path: Path,
    script: Script,
    argv: list[str],
    code: int,
    form: str,
) -> None:
    server.script = script
    file = tmp_path / "out" / "report"
    file.parent.mkdir()
    file.write_text("old")
    done = cli(*JUNE, *argv, "-f", form, "--output", str(file))
    assert (done.code, done.out) == (code, "")
    assert (file.read_text(), names(file.parent)) == ("old", {"report"})


@pytest.mark.fault("F28")
def test_a_stream_that_breaks_late_leaves_the_old_file(
    cli: Glomex, server: FaultServer, tmp_path: Path
) -> None:
    long = answer(videos(MANY))
    server.script = cut(long, len(long) - 3)
    file = tmp_path / "report"
    file.write_text("old")
    done = cli(*BY_VIDEO, "-f", "ndjson", "--output", str(file))
    assert done.code == 7
    assert file.read_text() == "old"
    printed = cli(*BY_VIDEO, "-f", "ndjson")
    assert printed.code == 7
    assert 10_000 < len(printed.out.splitlines()) <= MANY


@pytest.mark.parametrize(
    ("name", "code", "message", "way_out"),
    [
        ("", 2, "is a folder", "name a file in it"),
        ("no/such folder/x", 1, "No such file or directory", "mkdir -p '{}/no/such folder'"),
        ("file/x", 1, "Not a directory", "name a file with --output"),
    ],
)
def test_where_nothing_can_be_written_one_line_says_so(  # noqa: PLR0913 - a table of cases
    *,
    cli: Glomex,
    server: FaultServer,
    tmp_path: Path,
    name: str,
    code: int,
    message: str,
    way_out: str,
) -> None:
    (tmp_path / "file").write_text("x")
    done = cli(*JUNE, "--output", str(tmp_path / name))
    assert (done.code, done.out) == (code, "")
    error, hint = done.err.splitlines()
    assert error.startswith("error: ")
    assert message in error
    assert hint == f"hint: {way_out.format(tmp_path)}"


@posix_only
def test_a_new_file_follows_the_umask_and_an_old_one_keeps_its_mode(
    cli: Glomex, server: FaultServer, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    old.write_text("x")
    old.chmod(0o640)
    assert cli(*JUNE, "--output", str(old)).code == 0
    assert mode_of(old) == 0o640
    assert json.loads(old.read_bytes()) == DAYS
