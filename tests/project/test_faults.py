"""Fifty faults that programs of this kind have had, F1 to F50: each is survived, and shown to be.

`pytest.mark.fault("F31")` on a test, or a file's `pytestmark`, says which one it shows.

F1-F8 secrets leaving over the network: redirect, other host, http, unchecked TLS, netrc, proxy,
files of a project, odd addresses. F9-F21 secrets leaving locally: traceback, exception, encoding
error, debug output, arguments, parse error, open file, link, echo, silent plain text, programs of
the same user, completion, prompt. F22-F29 output: escapes, markup, JSON, formulas, encoding, pipe
and disk, half a file, chart library. F30-F37 answers: partial, cut, bomb, header flood, endless,
JSON shapes, metadata, retries. F38-F45 credential store: null, none, hang, foreign exceptions,
Windows' limit, plugins, KWallet, macOS. F46-F50: racing logins, torn settings, clock, code,
signals and exit codes.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from support.files import TESTS

ALL = {f"F{number}" for number in range(1, 51)}
_KINDS = {"pytest.mark.fault", "pytest.mark.bug", "pytest.mark.attack"}
# What public reports of the field (B) and attacks (R) found, and is mended: it may not come back.
MENDED = {f"B{number}" for number in range(1, 19)} | {
    f"R{number}" for number in (1, 2, 3, 7, 8, 9, 11, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27)
}


def marks_in(file: Path) -> Iterator[tuple[str, str]]:
    """Return each fault that a test function of the file is marked with, and the test."""
    tree = ast.parse(file.read_text("utf-8"))
    tests = [each for each in tree.body if isinstance(each, ast.FunctionDef)]
    tests = [each for each in tests if each.name.startswith("test_")]
    assigned = [each.value for each in tree.body if isinstance(each, ast.Assign) and _is_mark(each)]
    whole = [mark for each in assigned for mark in _marks(each)]
    for test in tests:
        for call in (*test.decorator_list, *whole):
            for fault in _faults(call):
                yield fault, f"{file.name}::{test.name}"


def _is_mark(assignment: ast.Assign) -> bool:
    return ast.unparse(assignment.targets[0]) == "pytestmark"


def _marks(assigned: ast.expr) -> list[ast.expr]:
    return assigned.elts if isinstance(assigned, ast.List) else [assigned]


def _faults(call: ast.expr) -> list[str]:
    if not isinstance(call, ast.Call) or ast.unparse(call.func) not in _KINDS:
        return []
    return [str(ast.literal_eval(each)) for each in call.args]


def test_every_fault_has_a_test() -> None:
    files = TESTS.rglob("test_*.py")
    shown = Counter(fault for file in files for fault, _ in marks_in(file))
    assert (ALL | MENDED) - shown.keys() == set()
    assert shown.keys() - (ALL | MENDED) == set()


def test_a_mark_counts_only_on_a_test(tmp_path: Path) -> None:
    file = tmp_path / "test_sample.py"
    file.write_text(
        "pytestmark = pytest.mark.fault('F1')\n"
        "@pytest.mark.fault('F2', 'F3')\ndef test_it(): ...\n"
        "@pytest.mark.fault('F4')\ndef helper(): ...\n"
        "@pytest.mark.bug('B1')\n@pytest.mark.attack('R1')\ndef test_that(): ...\n"
    )
    assert {fault for fault, _ in marks_in(file)} == {"F1", "F2", "F3", "B1", "R1"}
