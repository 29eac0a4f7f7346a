"""The man page says what the helps say, in roff that formatters take without complaint."""

import re
import subprocess

import pytest

from glomex_cli.cli.app import COMMANDS
from glomex_cli.cli.completion.man import paragraphs
from glomex_cli.errors import ExitCode
from support.files import ROOT
from support.programs import needs
from support.terminals.completion import SCRIPTS

PAGE = SCRIPTS / "glomex.1"
TEXT = PAGE.read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
SECTIONS = [
    "NAME",
    "SYNOPSIS",
    "DESCRIPTION",
    "OPTIONS",
    "COMMANDS",
    "EXIT STATUS",
    "ENVIRONMENT",
    "FILES",
]


def shown(name: str) -> str:
    """Return a section as plain text, its escapes undone."""
    inside = re.split(r"^\.SH ", TEXT, flags=re.MULTILINE)
    text = next(each for each in inside if each.startswith(f"{name}\n"))
    for escape, character in (("\\-", "-"), ("\\fB", ""), ("\\fR", ""), ("\\(aq", "'")):
        text = text.replace(escape, character)
    return text


def test_the_sections_are_those_that_readers_expect() -> None:
    assert TEXT.startswith(".TH GLOMEX 1 ")
    assert re.findall(r"^\.SH (.+)$", TEXT, re.MULTILINE) == SECTIONS
    assert shown("NAME") == "NAME\nglomex - Query and plot video analytics of Glomex and Mux\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_described_with_an_example(name: str) -> None:
    found = re.search(rf"\n\.SS glomex {name}\b.*?(?=\n\.SS|\Z)", shown("COMMANDS"), re.DOTALL)
    assert found
    assert "\nExamples:\n" in found[0]
    assert "\n-h, --help\nShow this message and exit.\n" in found[0]


def test_an_option_has_its_value_its_default_and_its_variable() -> None:
    assert "\n-p, --profile NAME\n" in shown("OPTIONS")
    assert "\n-p, --profile NAME\n" not in shown("COMMANDS")
    assert "to use. [default: default; or GLOMEX_PROFILE]\n" in shown("OPTIONS")
    assert "\n--labels, --no-labels\n" in shown("COMMANDS")
    assert "Total time limit. [default: 30]\n" in shown("OPTIONS")


def test_the_exit_codes_are_all_there() -> None:
    codes = re.findall(r"\n(\d+)\n", shown("EXIT STATUS"))
    assert [int(code) for code in codes] == list(ExitCode)


def test_every_variable_of_the_readme_is_there() -> None:
    named = set(re.findall(r"`(GLOMEX_\w+)", README))
    assert named <= set(re.findall(r"GLOMEX_\w+", shown("ENVIRONMENT")))


def test_each_line_of_a_paragraph_is_a_line_of_text() -> None:
    assert list(paragraphs("one\n.two\n\nthree")) == [".PP", "one", "\\&.two", ".PP", "three"]


def test_no_line_of_text_is_taken_for_a_request() -> None:
    requests = {".TH", ".SH", ".SS", ".PP", ".TP", ".RS", ".RE", ".nf", ".fi", ".br", ".ad"}
    assert {line.split()[0] for line in TEXT.splitlines() if line[:1] in ".'"} == requests


@needs("groff")
def test_groff_formats_it_without_a_warning() -> None:
    argv = ["groff", "-ww", "-man", "-Kutf8", "-Tutf8", "-P-cbou", str(PAGE)]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=30, check=True)
    assert done.stderr == ""
    assert 'printf %s "$PASSWORD" | glomex login --password-stdin' in done.stdout
    assert "jq '.[].video_views'" in done.stdout
