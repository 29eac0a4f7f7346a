"""JSON and NDJSON: exact for programs, harmless on a terminal."""

import json
import math
import subprocess
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.models import Cell, Column, Report, Role, Row
from glomex_cli.output.json import json_blocks, ndjson_blocks
from glomex_cli.output.writer import Format
from glomex_cli.terminal.sanitize import is_harmless
from support.programs import needs
from support.rendering import DAYS, HOSTILE, as_rows, report_of, written

NAMES = ("day", 'odd "%s" name\x1b', "views")


def _is_readable(text: str) -> bool:
    """Two lone surrogates in a row are one character to every reader of JSON."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") == text


TEXTS = st.one_of(st.text(st.characters()).filter(_is_readable), st.sampled_from(HOSTILE))
CELLS = st.one_of(st.none(), st.integers(), st.floats(), TEXTS)


def test_an_array_has_an_object_a_line() -> None:
    assert written(DAYS, Format.JSON) == (
        "[\n"
        '  {"day": "2026-03-01", "video_views": 1234567},\n'
        '  {"day": "2026-03-02", "video_views": null},\n'
        '  {"day": "2026-03-03", "video_views": 0.5}\n'
        "]\n"
    )


def test_lines_of_objects() -> None:
    assert written(DAYS, Format.NDJSON) == (
        '{"day": "2026-03-01", "video_views": 1234567}\n'
        '{"day": "2026-03-02", "video_views": null}\n'
        '{"day": "2026-03-03", "video_views": 0.5}\n'
    )


def test_no_rows_are_an_empty_array_and_no_lines() -> None:
    empty = Report(DAYS.columns, [])

    assert written(empty, Format.JSON) == "[]\n"
    assert written(empty, Format.NDJSON) == ""


def test_keys_are_the_columns_in_their_order() -> None:
    columns = (Column("day", Role.DIMENSION), Column("views", Role.METRIC))
    report = Report(columns, [{"views": 1, "other": 2, "day": "2026-03-01"}, {"views": 2}])

    assert written(report, Format.NDJSON) == (
        '{"day": "2026-03-01", "views": 1}\n{"day": null, "views": 2}\n'
    )


@pytest.mark.fault("F24")
@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Grüße, 日本 👩\u200d💻", '"Grüße, 日本 👩\u200d💻"'),
        ('quote " and \\', r'"quote \" and \\"'),
        ("\x1b[31m\x07", r'"\u001b[31m\u0007"'),
        ("a\nb\tc", r'"a\nb\tc"'),
        ("\x7f\x9b\x85", r'"\u007f\u009b\u0085"'),
        ("\u202e\u2066\u2028", r'"\u202e\u2066\u2028"'),
        ("ü\ud800", r'"ü\ud800"'),
        (-5, "-5"),
        (10**30, "1" + "0" * 30),
        (1e300, "1e+300"),
        (True, "true"),
        (False, "false"),
        (math.nan, "null"),
        (math.inf, "null"),
        (-math.inf, "null"),
    ],
)
def test_values_are_raw_and_nothing_acts_on_a_terminal(value: Cell, text: str) -> None:
    assert written(report_of({"x": value}), Format.NDJSON) == f'{{"x": {text}}}\n'


def test_a_stream_that_cannot_hold_every_character_gets_escapes_that_json_knows() -> None:
    report = report_of({"größe": "ü 👍\x7f"})

    [block] = ndjson_blocks(report, ascii_only=True)

    assert block.text == '{"gr\\u00f6\\u00dfe": "\\u00fc \\ud83d\\udc4d\\u007f"}\n'
    assert "".join(text for text, *_ in json_blocks(report, ascii_only=True)).isascii()


def _expected(row: Mapping[str, Cell]) -> dict[str, Cell]:
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in row.items()
    }


@pytest.mark.fault("F24")
@given(as_rows(NAMES, CELLS), st.booleans())
def test_what_is_read_is_what_was_written(rows: list[dict[str, Cell]], ascii_only: bool) -> None:  # noqa: FBT001
    report = Report(tuple(Column(name, Role.DIMENSION) for name in NAMES), rows)

    array = "".join(text for text, *_ in json_blocks(report, ascii_only=ascii_only))
    lines = "".join(text for text, *_ in ndjson_blocks(report, ascii_only=ascii_only))

    expected = [_expected(row) for row in rows]
    assert json.loads(array) == expected
    assert [json.loads(line) for line in lines.split("\n")[:-1]] == expected
    assert is_harmless(array.replace("\n", ""))
    assert is_harmless(lines.replace("\n", ""))


@needs("jq")
def test_jq_reads_an_array_and_writes_our_lines() -> None:
    rows: list[Row] = [{"title": text, "views": 1} for text in HOSTILE if "\ud800" not in text]

    jq = subprocess.run(
        ["jq", "--compact-output", ".[]"],
        input=written(report_of(*rows), Format.JSON),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    assert [json.loads(line) for line in jq.stdout.split("\n")[:-1]] == rows
