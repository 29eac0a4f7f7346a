"""What is read from the built commands: names, values and where they come from."""

import pytest

from glomex_cli.cli.app import COMMANDS, root_command
from glomex_cli.cli.completion.command_model import Command, Option, Value, ValueKind, command_facts
from glomex_cli.cli.completion.shells import argument_word, option_word

ROOT = command_facts(root_command())
BY_WORDS = {" ".join(each.words): each for each in ROOT.walk()}


def option(command: str, name: str) -> Option:
    return next(each for each in BY_WORDS[command].options if name in each.names)


def test_all_commands_are_there_those_of_groups_too() -> None:
    assert [each.name for each in ROOT.commands] == list(COMMANDS)
    assert [each.summary for each in ROOT.commands] == list(COMMANDS.values())
    assert "glomex sandbox serve" in BY_WORDS


@pytest.mark.parametrize(
    ("command", "name", "word"),
    [
        ("glomex", "--version", "-V,--version"),
        ("glomex", "--profile", "-p,--profile=@profile"),
        ("glomex", "--no-color", "--no-color"),
        (
            "glomex report",
            "-f",
            "-f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md",
        ),
        ("glomex report", "-m", "-m,--metric+=@metrics"),
        ("glomex report", "-d", "-d,--dimension+=@dimensions"),
        ("glomex report", "--filter", "--filter+=@filter"),
        ("glomex report", "--sort", "--sort=@sort"),
        ("glomex report", "--limit", "--limit="),
        ("glomex report", "--output", "-o,--output=@file"),
        ("glomex report", "--profile", "-p,--profile=@profile"),
        ("glomex report", "--compare", "--compare=previous,year"),
        ("glomex report", "--endpoint", "--endpoint=mux,sandbox,mux-sandbox"),
        ("glomex plot", "-d", "-d,--dimension=minute,ten_minutes,hour,day,week,month"),
        ("glomex sparkline", "--by", "--by=@primary"),
        ("glomex sparkline", "--labels", "--labels,--no-labels"),
        ("glomex sparkline", "--like", "--like=spark"),
        ("glomex status", "--use", "--use=@profile"),
        ("glomex query", "--vars", "--vars=@file"),
        ("glomex query", "--var", "--var+="),
    ],
)
def test_an_option_is_known_by_all_names_with_what_it_takes(
    command: str, name: str, word: str
) -> None:
    assert option_word(option(command, name)) == word


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("glomex sparkline", "@metric"),
        ("glomex plot", "@metric"),
        ("glomex query", "@file"),
        ("glomex completion", "bash,zsh,fish,powershell,man"),
        ("glomex report", "@saved"),
        ("glomex status", ""),
    ],
)
def test_an_argument_is_known_by_what_it_takes(command: str, word: str) -> None:
    assert argument_word(BY_WORDS[command]) == word


def test_defaults_are_those_of_the_help() -> None:
    assert option("glomex report", "--format").default == "auto"
    assert option("glomex report", "--last").default == "14d"
    assert option("glomex sparkline", "--height").default == "1"
    assert option("glomex report", "--total").default == ""
    assert option("glomex report", "--help").default == ""


@pytest.mark.parametrize("word", ["$(touch x)", "a b", "`x`", "a;b", "a'b", "ü"])
def test_a_word_that_no_script_can_hold_is_refused(word: str) -> None:
    hostile = Option(("--x",), "", Value("X", ValueKind.NOTHING, (word,)))
    with pytest.raises(ValueError, match="cannot be put into a script"):
        option_word(hostile)


def test_a_group_without_arguments_takes_none() -> None:
    assert argument_word(Command(("glomex", "x"), "", "", (), ())) == ""
