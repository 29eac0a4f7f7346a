"""GraphQL variables as they are typed, and files of them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.cli.commands.query import parse_variables
from glomex_cli.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("10", 10),
        ("-3", -3),
        ("0", 0),
        ("1.5", "1.5"),
        ("007", "007"),
        ("1e3", "1e3"),
        ("True", "True"),
        ("", ""),
        ("a=b", "a=b"),
        (' "x" ', ' "x" '),
        ("Ü😀", "Ü😀"),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, "9" * 19),
    ],
)
def test_true_false_null_and_whole_numbers_are_typed_all_else_is_text(
    typed: str, value: object
) -> None:
    found = parse_variables([f"x={typed}"], None)["x"]
    assert (found, type(found)) == (value, type(value))


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_every_whole_number_is_itself(number: int) -> None:
    assert parse_variables([f"n={number}"], None) == {"n": number}


def test_brackets_behind_a_name_make_a_list_of_all_its_values() -> None:
    assert parse_variables(["ids[]=1"], None) == {"ids[]": [1]}
    assert parse_variables(["ids[]=1", "x=2", "ids[]=b", "ids[]=null"], None) == {
        "ids[]": [1, "b", None],
        "x": 2,
    }


@pytest.mark.parametrize("word", ["x", "=1", "a b=1", "1a=1", "ä=1", "", "a-b=1"])
def test_what_is_no_variable_says_what_to_type(word: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_variables([word], None)
    assert caught.value.message == f"--var {word!r} is not NAME=VALUE"
    assert caught.value.hint == "type --var NAME=VALUE"


def test_an_at_sign_reads_a_file_as_text_whatever_it_holds(tmp_path: Path) -> None:
    (tmp_path / "n").write_text("42\nÜ", encoding="utf-8")
    assert parse_variables([f"x=@{tmp_path / 'n'}"], None) == {"x": "42\nÜ"}


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "x"
    if content:
        file.write_bytes(content)
    with pytest.raises(UsageError, match="cannot read "):
        parse_variables([f"x=@{file}"], None)


def test_typed_variables_win_over_those_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "vars.json"
    file.write_text(json.dumps({"a": 1, "b": {"c": [1.5, None]}}), encoding="utf-8-sig")
    assert parse_variables(["a=2"], file) == {"a": 2, "b": {"c": [1.5, None]}}


@pytest.mark.parametrize("text", ["[1]", "3", "{", "", '{"a": 1} x', "[" * 100_000])
def test_a_file_without_an_object_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "vars.json"
    file.write_text(text)
    with pytest.raises(UsageError, match="contains no JSON object"):
        parse_variables([], file)
