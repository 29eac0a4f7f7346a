"""Documents of several operations, odd documents, and how much of one is read."""

from pathlib import Path

import pytest

from glomex_cli.services.graphql.introspection import operations_of
from support.cli import Glomex

TWO = "query A { __typename } query B { b: __typename }"

pytestmark = pytest.mark.usefixtures("signed_in")


@pytest.mark.bug("B15")
@pytest.mark.parametrize(
    ("document", "names"),
    [
        ("", []),
        ("# query A { a }", []),
        ("fragment F on T { query }", []),
        ("{ a }", [""]),
        ("{ broken", [""]),
        ("query A { broken", ["A"]),
        ("query { a }", [""]),
        ("query @d { a }", [""]),
        ("query($a: Int = 1) { a }", [""]),
        ("query A @d(x: {y: 1}) { query B }", ["A"]),
        ("mutation M { m } subscription S { s } query Q { q }", ["M", "S", "Q"]),
        ('query A($s: I = {a: "}"}) { b(c: """ } " query X { """) } query B { c }', ["A", "B"]),
        ('query A { a(b: "\\" } query X {") }', ["A"]),
        ("query A { a } # query B { b }\n{ c }", ["A", ""]),
        ("fragment F on T { a } query\n#x\nB { ...F }", ["B"]),
    ],
)
def test_operations_are_found(document: str, names: list[str]) -> None:
    assert operations_of(document) == names


@pytest.mark.bug("B15")
def test_one_of_several_operations_is_chosen_by_name(cli: Glomex) -> None:
    refused = cli("query", TWO)
    assert (refused.code, refused.err) == (
        2,
        "error: the document contains several operations: A, B\nhint: choose: --operation A\n",
    )
    assert '"b"' in cli("query", TWO, "--operation", "B").out
    unknown = cli("query", TWO, "--operation", "C")
    assert (unknown.code, unknown.err) == (
        2,
        "error: the document has no operation 'C'\nhint: it contains: A, B\n",
    )


@pytest.mark.bug("B17")
@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["", "--no-input"], "the document is empty"),
        (["{a}", "--var", "a=@"], "--var NAME=@ needs the name of a file"),
        (["{a}", "--var", "a=1", "--var", "a=2"], "--var a is given twice"),
        (["# only {a} comment"], "the document contains no operation"),
    ],
)
def test_odd_documents_and_variables_are_named(cli: Glomex, argv: list[str], words: str) -> None:
    done = cli("query", *argv)
    assert (done.code, words in done.err, "hint: " in done.err) == (2, True, True)


@pytest.mark.attack("R16")
@pytest.mark.parametrize("argv", [["/dev/zero"], ["{a}", "--vars", "/dev/zero"], ["{a}", "--var", "a=@/dev/zero"]])  # fmt: skip  # noqa: E501
def test_endless_input_is_not_read(cli: Glomex, argv: list[str]) -> None:
    done = cli("query", *argv)
    assert (done.code, "larger than 16 MiB" in done.err) == (2, True)


@pytest.mark.attack("R16")
def test_a_document_of_sixteen_mebibytes_is_read(cli: Glomex, tmp_path: Path) -> None:
    file = tmp_path / "big.graphql"
    text = "{ __typename }"
    file.write_text(text + "#" * (16 * 2**20 - len(text)))
    assert "larger than" not in cli("query", str(file)).err
