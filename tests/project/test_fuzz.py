"""Every fuzzing target for a moment, from a fixed seed.

`cd tests; python -m fuzz.fuzz all` goes on from there.
"""

import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from random import Random

import pytest

from glomex_cli.terminal.sanitize import clean
from support.files import TESTS
from support.fuzzing.mutate import mutations
from support.fuzzing.target import as_texts, text_of
from support.fuzzing.targets import TARGETS

pytestmark = pytest.mark.process

_RUNS = 2_000
_SEED = 20250601


def inputs(name: str) -> Iterator[bytes]:
    """Return the same inputs for a target each time."""
    target = TARGETS[name]
    return islice(mutations(target.seeds, target.words, Random(_SEED)), _RUNS)


@pytest.mark.fault("F8", "F14", "F22", "F25", "F30", "F35", "F48", "F49")
@pytest.mark.parametrize("name", TARGETS)
def test_no_input_breaks_a_promise(name: str) -> None:
    for data in inputs(name):
        try:
            TARGETS[name].check(data)
        except Exception as error:  # noqa: BLE001 - the input is what a person needs to know
            pytest.fail(f"{name} is broken by {data!r}: {error!r}")


@pytest.mark.parametrize("text", ["", "plain", "\ud800 lone", "日本\x1b[2J", "\U0001f469"])
def test_targets_can_be_given_any_text(text: str) -> None:
    assert text in {text_of(data) for data in as_texts(text)}
    assert text_of(as_texts(text)[-1]) == text
    assert text_of(as_texts(text)[-1] + b"!") == text


def test_mutations_are_many_and_the_same_from_the_same_seed() -> None:
    found = list(inputs("sanitiser"))
    assert found == list(inputs("sanitiser"))
    assert len(set(found)) > _RUNS * 0.8


def test_mutations_reach_what_no_seed_holds() -> None:
    seeds, words = as_texts("plain"), [b"text", b"\xe2\x80\xae"]
    found = (text_of(data) for data in mutations(seeds, words, Random(_SEED)))
    assert any(clean(text) != text for text in islice(found, _RUNS))


def test_the_command_counts_its_runs() -> None:
    done = fuzz("code", "--seconds", "0.2")
    name, runs, unit, *_ = done.stdout.split()
    assert (done.returncode, name, unit) == (0, "code", "runs")
    assert int(runs.replace(",", "")) > 100


def test_a_target_that_is_not_there_is_refused_with_the_names_of_those_that_are() -> None:
    done = fuzz("nothing")
    assert done.returncode == 2
    assert set(TARGETS) <= set(done.stderr.replace(",", " ").split())


def fuzz(*argv: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does."""
    command = [sys.executable, "-m", "fuzz.fuzz", *argv]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, cwd=TESTS
    )
