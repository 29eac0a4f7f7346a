"""Fuzzing targets for foreign text on its way to a terminal or into a spreadsheet."""

import csv
import io
import re
from unicodedata import bidirectional, category

from glomex_cli.models import Column, Report, Role, Row
from glomex_cli.output.writer import Format
from glomex_cli.terminal.sanitize import (
    clean,
    clean_for,
    clip,
    disarm,
    display_width,
    fit,
    is_harmless,
)
from support.fuzzing.target import is_one_safe_line, numbers_of, text_of
from support.rendering import written

_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_MARKS = "\u061c\u200e\u200f"
_TRIGGERS = tuple("=+-@\t\r\n＝＋－＠")
_COLUMNS = (Column("day", Role.DIMENSION), Column("video_views", Role.METRIC))


def sanitiser(data: bytes) -> None:
    """Clean text holds nothing that acts or hides, is clean already, and fits where it must.

    Disarmed text differs from what it was in exactly the characters that act.
    """
    text, width = text_of(data), len(data) % 40
    safe = clean(text)
    assert is_one_safe_line(safe)
    assert clean(safe) == safe
    assert disarm(text) == "".join(_spelled(char) if _acts(char) else char for char in text)
    assert is_harmless(text) == (disarm(text) == text)
    short = clip(text, width)
    assert clean(short) == short
    assert len(short) <= width
    assert display_width(fit(text, width)) == width
    assert clean_for(text, "utf-8") == clean(text)
    assert clean_for(text, "ascii").isascii()
    assert clean_for(text, "ascii").isprintable()


def _acts(char: str) -> bool:
    is_control = category(char) in {"Cc", "Cs", "Zl", "Zp"}
    return is_control or bidirectional(char) in _BIDI or char in _MARKS


def _spelled(char: str) -> str:
    return char.encode("unicode_escape").decode()


def csv_cell(data: bytes) -> None:
    """Numbers in are numbers out; no text starts a formula; every text is read back, guarded."""
    texts = text_of(data).split("|")
    numbers = numbers_of(data) or [0]
    rows: list[Row] = [
        {"day": text, "video_views": numbers[index % len(numbers)]}
        for index, text in enumerate(texts)
    ]
    text = written(Report(_COLUMNS, rows), Format.CSV)
    header, *records = csv.reader(io.StringIO(text, ""), strict=True)
    assert header == ["day", "video_views"]
    assert [record[0] for record in records] == [_guarded(disarm(t, keep="\t\n")) for t in texts]
    assert [_number(record[1]) for record in records] == [row["video_views"] for row in rows]
    assert not any(record[0].startswith(_TRIGGERS) for record in records)
    exact = written(Report(_COLUMNS, rows), Format.CSV, raw=True)
    assert [record[0] for record in csv.reader(io.StringIO(exact, ""), strict=True)] == [
        "day",
        *map(_encodable, texts),
    ]
    _, *lines, end = written(Report(_COLUMNS, rows), Format.TSV).split("\n")
    cells = [line.split("\t") for line in lines]
    assert [_number(number) for _, number in cells] == [row["video_views"] for row in rows]
    assert not any(text.startswith(_TRIGGERS) for text, _ in cells)
    assert end == ""


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _number(text: str) -> float:
    return float(text) if set(text) & set(".en") else int(text)


def _guarded(text: str) -> str:
    first, *rest = re.split(r"([;|\t\n\r])", text)
    starts = tuple("=+-@＝＋－＠")
    inner = [f"'{part}" if part.lstrip('"').startswith(starts) else part for part in rest]
    whole = "".join([first, *inner])
    return f"'{whole}" if whole.startswith(_TRIGGERS) else whole
