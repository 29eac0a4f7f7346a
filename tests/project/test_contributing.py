"""The guide for contributors names what is there: files, fixtures, and lines of the house."""

import re
import tomllib
from itertools import pairwise

import pytest

from support.files import ROOT

GUIDE = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
PATHS = sorted(set(re.findall(r"`((?:glomex_cli|tests|\.ci|\.github)/[\w./]*)`", GUIDE)))


def rows_below(heading: str) -> list[list[str]]:
    """Return the cells of the table rows below a heading."""
    section = GUIDE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [line.strip("| ").split(" | ") for line in section.splitlines() if line[:1] == "|"][2:]


@pytest.mark.parametrize("path", PATHS)
def test_a_named_file_or_folder_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_fixtures_of_the_table_are_those_of_the_tests() -> None:
    named = [cells[0].strip("`") for cells in rows_below("Fixtures")]
    written = re.findall(
        r"@pytest\.fixture\ndef (\w+)", (ROOT / "tests" / "conftest.py").read_text("utf-8")
    )
    assert sorted(named) == sorted(written)


def test_the_picture_shows_every_room_and_module_of_the_top() -> None:
    picture = GUIDE.partition("```text\n")[2].partition("```")[0]
    rooms = {file.parent.name for file in (ROOT / "glomex_cli").glob("*/__init__.py")}
    assert rooms == set(re.findall(r"(\w+)/(?: |$)", picture, re.MULTILINE)) - {"export"}
    modules = {file.stem for file in (ROOT / "glomex_cli").glob("*.py")} - {"__init__", "__main__"}
    assert modules == set(re.findall(r"[a-z]+(?=[,:])", picture.splitlines()[-2]))


def test_the_floors_of_the_picture_are_those_that_are_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["id"] == "floors")
    picture = GUIDE.partition("```text\n")[2].partition("```")[0]
    places = [
        [picture.index(f"{room}/") for room in layer.split(" | ") if f"{room}/" in picture]
        for layer in layers
        if "sandbox" not in layer
    ]
    assert all(max(above) < min(below) for above, below in pairwise(filter(None, places)))


@pytest.mark.parametrize("module", re.findall(r"`python -m ([\w.]+)", GUIDE))
def test_a_command_of_its_own_is_a_module_below_tests(module: str) -> None:
    assert (ROOT / "tests" / f"{module.replace('.', '/')}.py").exists()
