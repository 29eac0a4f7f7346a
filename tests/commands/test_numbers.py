"""Numbers of options: no NaN, no infinity, nothing out of range, and never exit code 1."""

from collections import Counter
from pathlib import Path

import pytest

from glomex_cli.cli.app import root_command
from glomex_cli.cli.completion.command_model import command_facts
from support.cli import Glomex
from support.servers.service import Service

# What the help calls a value that is a number, or holds one.
NUMBERS = {
    "COLUMNS", "N", "NUMBER", "PORT", "ROWS", "RULE", "SECONDS", "SPAN",
}  # fmt: skip
ODD = (
    *("nan", "NaN", "inf", "-inf", "-1", "0", "1e999", "1e300", "9" * 400, "", "x"),
    *(
        "１",
        "0x10",
        "1_0",
        "red:gt:nan",
        "red:gt:1e999",
        "red:[1:inf]",
        "1e9d",
        "-1d",
        "9" * 9 + "y",
    ),
)
# Numbers that may be given there: what Python reads as one is one.
TAKEN = {
    "NUMBER": {"-1", "0", "1e300", "１", "1_0"},
    "--delay": {"0"},
    "--port": {"0", "１", "1_0"},
    "--token-life": {"0", "１", "1_0"},
    "N": {"１", "1_0"},
    "ROWS": {"１", "1_0"},
    "COLUMNS": {"１", "1_0"},
}
# What else is typed, so that the number is all that is wrong.
BESIDE = {"--watch": ["video_views"], "--top": ["--by", "video"], "--limit": [], "--port": []}
OPTIONS = [
    (command.words[1:], option.long_name, option.value.metavar)
    for command in command_facts(root_command()).walk()
    for option in command.options
    if option.value and option.value.metavar in NUMBERS
]
CASES = [
    (words, name, value)
    for words, name, metavar in OPTIONS
    for value in ODD
    if value not in TAKEN.get(name, TAKEN.get(metavar, set()))
]


@pytest.mark.bug("B17")
@pytest.mark.parametrize(("words", "name", "value"), CASES, ids=lambda each: str(each)[:20])
def test_a_number_that_makes_no_sense_ends_with_two(
    cli: Glomex, words: tuple[str, ...], name: str, value: str, tmp_path: Path
) -> None:
    beside = [] if "sandbox" in words else [*BESIDE.get(name, []), "--endpoint", "sandbox"]
    beside += [str(tmp_path)] if "export" in words else []
    done = cli(*words, *beside, f"{name}={value}")
    assert (done.code, done.out) == (2, ""), done.err
    assert "hint: " in done.err
    assert "sign in" not in done.err


@pytest.mark.bug("B17")
def test_every_command_has_its_numbers_tried() -> None:
    counts = Counter(name for _, name, _ in OPTIONS)
    assert counts.keys() >= {
        "--delay", "--emphasize", "--height", "--last", "--limit", "--look-back", "--max", "--min",
        "--port", "--timeout", "--token-life", "--top", "--watch", "--width",
    }  # fmt: skip
    assert counts["--timeout"] > 10


@pytest.mark.attack("R26")
@pytest.mark.bug("B17")
@pytest.mark.parametrize(
    ("argv", "most"),
    [
        (("sparkline", "1", "2", "--height"), 400),
        (("plot", "1", "2", "--height"), 400),
        (("plot", "1", "2", "--width"), 1000),
        (("sparkline", "1", "2", "--width"), 100_000),
        (("report", "--print-query", "--limit"), 1_000_000_000),
        (("sparkline", "--by", "video", "--top"), 1000),
    ],
)
def test_a_count_has_a_most(
    cli: Glomex, signed_in: Service, argv: tuple[str, ...], most: int
) -> None:
    assert cli(*argv, str(most)).code == 0
    above = cli(*argv, str(most + 1))
    assert (above.code, above.out) == (2, "")
    assert "is out of range\nhint: type a whole number from " in above.err
    assert above.err.endswith(f" to {most}\n")


@pytest.mark.bug("B17")
@pytest.mark.parametrize("word", ["-inf", "-Infinity", "-nan", "-NaN", "inf", "nan"])
@pytest.mark.parametrize("command", ["sparkline", "plot"])
def test_what_a_program_prints_for_no_number_is_a_gap(cli: Glomex, command: str, word: str) -> None:
    done = cli(command, "1", word, "3")
    assert (done.code, done.out) == (0, cli(command, "1", "null", "3").out)
    told = "1 infinite value drawn as a gap\n" if "inf" in word.lower() else ""
    assert done.err == told


@pytest.mark.bug("B17")
@pytest.mark.parametrize("word", ["-info", "-nano", "-i", "-n", "--inf"])
def test_a_misspelled_option_is_no_number(cli: Glomex, word: str) -> None:
    done = cli("sparkline", "1", word, "3")
    assert (done.code, done.out) == (2, "")
    assert "unknown option" in done.err


@pytest.mark.parametrize("value", ["0.1", "5", "2.5", "1e2", ".5", "86400"])
def test_seconds_that_can_be_waited_are_taken(cli: Glomex, value: str) -> None:
    assert cli("sparkline", "1", "2", "--timeout", value).code == 0


@pytest.mark.bug("B17")
def test_the_range_is_told(cli: Glomex) -> None:
    assert cli("report", "--timeout", "nan").err == (
        "error: --timeout 'nan' is not a valid number of seconds\n"
        "hint: type a number from 0.1 to 86400\n"
    )
