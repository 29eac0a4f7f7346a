"""The shape of the program: help that is complete, imports that stay away."""

import platform
import sys
from importlib import metadata
from typing import Any

import pytest

from glomex_cli.cli.app import COMMANDS, command
from support.cli import Glomex

pytestmark = pytest.mark.process

# Options that add something, and need no default for people to know what happens without them.
ADDING = {
    "--by", "--compare", "--emphasize", "--export", "--filter", "--like", "--limit", "--period",
    "--use", "--var", "--variant", "--vars", "--watch",
}  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_the_overview_shows_the_first_sentence_of_each_command(name: str) -> None:
    assert (command(name).help or "").splitlines()[0] == COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_sentence_and_a_default_and_every_command_an_example(name: str) -> None:
    for each in _leaves(command(name)):
        assert "Examples:" in (each.epilog or "")
        context = each.make_context(name, [], resilient_parsing=True)
        for parameter in each.params:
            assert parameter.help[0].isupper()
            assert parameter.help.endswith(".")
            _, shown = parameter.get_help_record(context)
            is_flag = getattr(parameter, "is_flag", False) and not parameter.secondary_opts
            says_default = "default: " in shown
            assert says_default or is_flag or parameter.required or parameter.opts[0] in ADDING
            assert not (says_default and is_flag)
            assert "default: off" not in shown
            assert "default: none" not in shown


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_line_of_help_fits_the_terminal(
    cli: Glomex,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    columns: int,
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for leaf in _leaves(command(name)):
        typed = [name] if leaf.name == name else [name, leaf.name]
        assert cli(*typed, "--help").code == 0
        text, _, examples = capsys.readouterr().out.partition("\nExamples:\n")
        assert text.startswith(f"Usage: glomex {' '.join(typed)}")
        assert [line for line in text.splitlines() if len(line) > columns] == []
        assert [line for line in examples.splitlines() if len(line) > 80] == []


def test_help_is_no_wider_than_can_be_read_well(
    cli: Glomex, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    cli("report", "--help")
    assert 90 < max(map(len, capsys.readouterr().out.splitlines())) <= 100


def test_the_overview_fits_a_screen_and_links_to_the_documents(
    cli: Glomex, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert cli("--help").code == 0
    shown = capsys.readouterr().out
    lines = shown.splitlines()
    assert len(lines) <= 32
    titles = [line for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert titles == ["Reports:", "Account:", "Help and tools:", "Options:"]
    assert "https://docs.glomex.com/content-owner/graphql-api" in shown
    assert "https://www.mux.com/docs/" in shown


def test_options_are_shown_in_sections_the_own_ones_first_the_shared_ones_last(
    cli: Glomex, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("report", "--help")
    lines = capsys.readouterr().out.splitlines()
    titles = [line for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert titles == [
        "Arguments:", "Options:", "Time range:", "Rows:", "Output:", "Saved reports:",
        "Global options:", "Examples:",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("argv", "message", "hint"),
    [
        (
            ["report", "--dimenson", "day"],
            "unknown option '--dimenson'",
            "did you mean --dimension?",
        ),
        (["sparkline", "-1", "--heigth=2"], "unknown option '--heigth'", "did you mean --height?"),
        (["report", "--zzzzzz"], "unknown option '--zzzzzz'", "glomex report --help"),
        (["report", "--from"], "--from needs a value", "type --from DAY"),
        (["--versoin"], "unknown option '--versoin'", "did you mean --version?"),
    ],
)
def test_a_wrong_option_is_named_and_the_right_one_guessed(
    cli: Glomex, argv: list[str], message: str, hint: str
) -> None:
    done = cli(*argv)
    assert (done.code, done.err) == (2, f"error: {message}\nhint: {hint}\n")


def test_the_version_names_glomex_and_python(
    cli: Glomex, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("--version").code == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"glomex {metadata.version('glomex-cli')}"
    assert second == f"python {platform.python_version()} on {sys.platform}"


def _leaves(found: Any) -> list[Any]:
    """Return a command, or those of a group."""
    return list(getattr(found, "commands", {}).values()) or [found]
