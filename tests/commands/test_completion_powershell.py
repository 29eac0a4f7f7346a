"""PowerShell's script by its text, where the shell itself cannot be had.

What is between single quotes there is never evaluated, so all facts must stay within them.
"""

import re

import pytest

from glomex_cli.cli.app import COMMANDS
from support.terminals.completion import SCRIPTS

TEXT = (SCRIPTS / "glomex.ps1").read_text("utf-8")
FACTS, ENGINE = TEXT.split("\n}\n", 1)
_QUOTED = r"'(?:[^']|'')*'"


def test_it_completes_the_command_itself() -> None:
    assert "Register-ArgumentCompleter -Native -CommandName 'glomex' " in ENGINE


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_known_with_what_it_does(name: str) -> None:
    assert f"\n    'glomex {name}' = @{{\n" in FACTS
    assert f"\n            '{name}' = '{COMMANDS[name]}'\n" in FACTS


def test_facts_are_nothing_but_quoted_text() -> None:
    lines = FACTS.split("$GlomexCommands = @{\n")[1].splitlines()
    fact = re.compile(
        rf" +({_QUOTED} = {_QUOTED}|{_QUOTED} = @{{|(Commands|Options) = \[ordered\]@{{"
        rf"|Argument = {_QUOTED}|}})"
    )
    assert [line for line in lines if not fact.fullmatch(line)] == []


def test_values_and_repetition_are_told() -> None:
    assert "'-m,--metric+=@metrics' = 'Metrics to show" in FACTS
    assert "'-o,--output=@file' = " in FACTS
    assert "'--labels,--no-labels' = " in FACTS


def test_a_quote_in_a_sentence_is_doubled() -> None:
    assert "'--trend' = 'Add a sparkline of each row''s days to tables.'" in FACTS


@pytest.mark.parametrize(
    "word", ["Invoke-Expression", "iex", "Start-Process", "& ", "http", "curl"]
)
def test_it_evaluates_and_starts_nothing(word: str) -> None:
    assert word not in re.sub(r"^ *#.*$", "", ENGINE, flags=re.MULTILINE)


def test_brackets_of_the_code_are_balanced() -> None:
    code = re.sub(rf'{_QUOTED}|"[^"]*"|^ *#.*$', "", ENGINE, flags=re.MULTILINE)
    for opening, closing in ("()", "{}", "[]"):
        assert code.count(opening) == code.count(closing)
