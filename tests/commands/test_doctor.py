"""`glomex doctor` says of each thing how it is, and what to do, and changes nothing."""

import re
import time
from importlib.metadata import version
from pathlib import Path

import pytest

from glomex_cli.cli.doctor.finding import State
from glomex_cli.cli.doctor.local_checks import installed_versions, verdict_on
from glomex_cli.errors import ExitCode
from glomex_cli.storage.files import locked
from support.cli import Glomex
from support.doctoring import NOT_USED, examined, files
from support.servers.service import PASSWORD, ROBOT, TENANT, Service


def test_where_all_is_well_each_check_says_so_and_nothing_is_changed(
    cli: Glomex, signed_in: Service, tmp_path: Path
) -> None:
    before = files(tmp_path)
    found = examined(cli)
    assert (found.code, found.states("skip"), found.states("warn")) == (0, NOT_USED, set())
    assert found["settings"].text.startswith(f"profile default at {signed_in.url}, settings in ")
    assert re.fullmatch(r"127\.0\.0\.1 answers in \d\.\d\d s", found["service"].text)
    assert "agree to the second" in found["clock"].text
    assert found["store"].text.startswith("the file ")
    assert re.fullmatch(
        r"r\*\*\*@\S+ of tenant \S\*\*\*, (60|59) minutes left, not renewed after that",
        found["sign-in"].text,
    )
    assert "content-owner: 5 dimensions and " in found["schema"].text
    assert found["schema"].text.endswith("; not cached")
    assert files(tmp_path) == before
    assert {"config.toml", "credentials.json"} <= {Path(name).name for name in before}


def test_versions_are_those_of_what_is_installed(cli: Glomex) -> None:
    text = examined(cli, "--endpoint", "sandbox")["versions"].text
    for name in ("typer", "httpx", "rich", "keyring", "plotext"):
        assert f"{name} {version(name)}" in text


@pytest.mark.parametrize(
    ("content", "words"),
    [("default = 1\n", "line 1: default is not text"), ("[profiles", "line 1: is not TOML")],
)
def test_broken_settings_are_told_and_what_needs_them_is_skipped(
    cli: Glomex, tmp_path: Path, content: str, words: str
) -> None:
    file = tmp_path / "config" / "config.toml"
    file.parent.mkdir()
    file.write_text(content)
    found = examined(cli)
    assert (found.code, found.states("fail"), found.states("ok")) == (
        9,
        {"settings"},
        {"versions", "export"},
    )
    assert words in found["settings"].text
    assert "mv " in (found["settings"].hint or "")
    assert found["schema"].text == "skipped: depends on settings"
    assert file.read_text() == content


@pytest.mark.parametrize(
    ("argv", "code"),
    [(["--endpoint", "http://example.com/"], 9), (["-p", "a/b"], 2)],
    ids=["endpoint", "profile"],
)
def test_what_cannot_be_used_ends_as_any_command_would(
    cli: Glomex, argv: list[str], code: int
) -> None:
    found = examined(cli, *argv)
    assert (found.code, found.states("fail")) == (code, {"settings"})


def test_store_that_keeps_nothing_is_fine_but_then_nobody_is_signed_in(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_STORE", "none")
    found = examined(cli)
    assert (found.code, found["store"].state) == (4, "ok")


def test_embedded_sandbox_has_no_network_to_look_at(cli: Glomex) -> None:
    argv = ["--endpoint", "sandbox"]
    assert cli("login", *argv, answers=[ROBOT, TENANT, PASSWORD]).code == 0
    found = examined(cli, *argv)
    assert (found.code, found.states("skip")) == (0, NOT_USED | {"service", "clock"})
    assert "dimensions" in found["schema"].text


def test_first_failure_decides_how_it_ends(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "config").mkdir(mode=0o755)
    (tmp_path / "config").chmod(0o755)
    (tmp_path / "config" / "credentials.json").write_text("{}")
    (tmp_path / "config" / "credentials.json").chmod(0o600)
    monkeypatch.setenv("GLOMEX_ENDPOINT", "http://127.0.0.1:1/v1")
    found = examined(cli)
    assert (found.code, found.states("fail")) == (7, {"service", "store"})
    assert "accessible to other users" in found["store"].text
    assert "chmod 700" in (found["store"].hint or "")
    assert found["sign-in"].state == "skip"


def test_version_that_is_not_known_is_a_doubt() -> None:
    found = installed_versions()
    assert verdict_on(found).state is State.OK
    verdict = verdict_on({name: each for name, each in found.items() if name != "rich"})
    assert (verdict.state, verdict.exit_code) == (State.WARN, ExitCode.DONE)
    assert verdict.text.endswith("; unknown: rich")
    assert verdict.hint


def test_store_that_another_command_holds_is_given_up_in_time(
    cli: Glomex, service: Service, tmp_path: Path
) -> None:
    with locked(tmp_path / "config" / "credentials.json"):
        began = time.monotonic()
        found = examined(cli, "--timeout", "2")
        assert time.monotonic() - began < 10
    assert (found.code, found.states("fail")) == (9, {"store"})
    assert "--timeout" in (found["store"].hint or "")
