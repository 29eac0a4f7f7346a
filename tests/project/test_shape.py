"""The shape of the program: help that is complete, imports that stay away."""

import platform
import sys
from importlib import metadata
from typing import Any

import pytest

from glomex_cli.cli.app import COMMANDS, command
from support.cli import Glomex

pytestmark = pytest.mark.process


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
            assert "default: " in shown or parameter.required


@pytest.mark.parametrize("name", COMMANDS)
def test_every_line_of_help_fits_80_columns(
    cli: Glomex, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    for leaf in _leaves(command(name)):
        typed = [name] if leaf.name == name else [name, leaf.name]
        assert cli(*typed, "--help").code == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith(f"Usage: glomex {' '.join(typed)}")
        assert [line for line in lines if len(line) > 80] == []


def test_options_are_shown_in_sections_the_own_ones_first_the_shared_ones_last(
    cli: Glomex, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("report", "--help")
    lines = capsys.readouterr().out.splitlines()
    titles = [line for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert titles == ["Options:", "Range:", "Rows:", "Output:", "Options of every command:"]


@pytest.mark.parametrize(
    ("argv", "message", "hint"),
    [
        (
            ["report", "--dimenson", "day"],
            "no such option: --dimenson",
            "did you mean: --dimension",
        ),
        (["sparkline", "-1", "--heigth=2"], "no such option: --heigth=2", "did you mean: --height"),
        (["report", "--zzzzzz"], "no such option: --zzzzzz", "glomex report --help"),
        (["report", "--from"], "option '--from' requires an argument", "glomex report --help"),
        (["--versoin"], "no such option: --versoin", "did you mean: --version"),
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
