"""The shape of the program: help that is complete, imports that stay away."""

from typing import Any

import pytest

from glomex_cli.command_tree import COMMANDS, command
from support.imports import modules_of

HEAVY = ("graphql", "httpx", "jwt", "keyring", "plotext", "pyotp", "rich", "ssl")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_overview_shows_the_first_sentence_of_each_command(name: str) -> None:
    assert (command(name).help or "").splitlines()[0] == COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_sentence_and_every_command_an_example(name: str) -> None:
    for each in _leaves(command(name)):
        assert "Examples:" in (each.epilog or "")
        for parameter in each.params:
            if parameter.name != "help":
                assert parameter.help[0].isupper()
                assert parameter.help.endswith(".")


@pytest.mark.parametrize(
    "argv",
    [["--version"], ["--help"], ["sparkline", "1", "2"], *([name, "--help"] for name in COMMANDS)],
    ids=" ".join,
)
def test_what_needs_no_service_imports_no_heavy_library(argv: list[str]) -> None:
    assert modules_of(*argv) & set(HEAVY) == set()


def _leaves(found: Any) -> list[Any]:
    """Give a command, or those of a group."""
    return list(getattr(found, "commands", {}).values()) or [found]
