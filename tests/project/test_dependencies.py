"""Versions that are allowed: the lowest starts and has no known hole, the highest was tried."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from support.files import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
BOUNDS = re.compile(r"(?P<name>[\w-]+)>=(?P<least>[\d.]+),<(?P<below>[\d.]+)(?: ;.*)?")
# The first version without a known hole, or that has all we import.
LEAST = {
    "idna": "3.15",  # CVE-2024-3651, CVE-2026-45409
    "pyjwt": "2.13",  # CVE-2026-48526
    "typer": "0.27.2",  # the first with typer.exceptions
    "graphql-core": "3.2.7",  # bounds introspection
    "tomlkit": "0.13.2",
}


def version(text: str) -> tuple[int, ...]:
    """Return a version as numbers, which can be compared."""
    return tuple(map(int, text.split(".")))


def bounds() -> Iterator[tuple[str, str, str]]:
    """Yield each direct dependency with its lowest version, and the first that is too high."""
    for each in (*SETTINGS["dependencies"], *SETTINGS["optional-dependencies"]["export"]):
        found = BOUNDS.fullmatch(each)
        assert found, f"{each} has no lowest or no highest version"
        yield found["name"], found["least"], found["below"]


def test_every_dependency_is_bounded_on_both_sides() -> None:
    names = [name for name, least, below in bounds() if version(least) < version(below)]
    assert {*LEAST, "httpx", "obstore"} <= set(names)


@pytest.mark.attack("R2", "R19")
@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_no_version_with_a_known_hole_is_allowed(name: str, least: str) -> None:
    allowed = {name: least for name, least, _ in bounds()}
    assert version(allowed[name]) >= version(least)


@pytest.mark.attack("R2")
def test_ci_tries_the_lowest_versions() -> None:
    steps = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "--constraint" in steps
    assert re.search(r'"\$work/lowest/bin/glomex" demo', steps)
    assert re.search(r'"\$work/lowest/bin/python" -m pytest', steps)
