"""CSV and TSV: what spreadsheets, awk and cut read is what was written."""

import csv
import io
import math
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.models import Cell, Column, Report, Role, Row
from glomex_cli.output.writer import Format, write_report
from glomex_cli.terminal.sanitize import disarm, is_harmless
from support.rendering import DAYS, HOSTILE, as_rows, report_of, written

FORMULAS = ("=1+1", "+1", "-1", "@SUM", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠SUM")
TEXTS = st.one_of(
    st.text(st.characters()), st.text("\"',;\\=-\t\n a"), st.sampled_from((*HOSTILE, *FORMULAS))
)
NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
STARTS = tuple("=+-@＝＋－＠")
NAMES = ("video", "title", "views")


def report_with(rows: Sequence[Row]) -> Report:
    return Report(tuple(Column(name, Role.DIMENSION) for name in NAMES), rows)


def csv_read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def tsv_read(text: str) -> list[list[str]]:
    assert text.endswith("\n")
    return [[_tsv_text(cell) for cell in line.split("\t")] for line in text[:-1].split("\n")]


def _tsv_text(cell: str) -> str:
    return cell.encode("ascii", "backslashreplace").decode("unicode_escape")


def guarded(text: str, separators: str = ";|\t\n\r") -> str:
    parts = re.split(f"([{separators}])", text)
    inner = [f"'{part}" if part.lstrip('"').startswith(STARTS) else part for part in parts[1:]]
    whole = "".join([parts[0], *inner])
    blanks = tuple(set(separators) & set("\t\n\r"))
    return f"'{whole}" if whole.startswith((*STARTS, *blanks)) else whole


def test_csv_has_a_header_and_ends_lines_as_rfc_4180_says() -> None:
    assert written(DAYS, Format.CSV) == (
        "day,video_views\r\n2026-03-01,1234567\r\n2026-03-02,\r\n2026-03-03,0.5\r\n"
    )


def test_tsv_has_a_header_and_plain_line_ends() -> None:
    assert written(DAYS, Format.TSV) == (
        "day\tvideo_views\n2026-03-01\t1234567\n2026-03-02\t\n2026-03-03\t0.5\n"
    )


def test_no_rows_are_a_header() -> None:
    empty = Report(DAYS.columns, [])

    assert written(empty, Format.CSV) == "day,video_views\r\n"
    assert written(empty, Format.TSV) == "day\tvideo_views\n"


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ("X-ray", "X-ray"),
        ("Grüße 👩\u200d💻", "Grüße 👩\u200d💻"),
        ("a,b", '"a,b"'),
        ('a "b"', '"a ""b"""'),
        ("a\nb", '"a\nb"'),
        ("a\r\nb", '"a\\r\nb"'),
        ("a\tb", '"a\tb"'),
        ("a;b", '"a;b"'),
        ("a|b", '"a|b"'),
        ("a;=1+1;b", '"a;\'=1+1;b"'),
        ('a;"=1+1"', '"a;\'""=1+1"""'),
        ("a\n=1", '"a\n\'=1"'),
        ("a\t=1", '"a\t\'=1"'),
        ("a|=1", '"a|\'=1"'),
        ("a|@x\t+1\n-2", "\"a|'@x\t'+1\n'-2\""),
        ("a=1 b-2 c@d", "a=1 b-2 c@d"),
        ("", '""'),
        (None, ""),
        ("\x1b[2J", r"\x1b[2J"),
        ("\u202egnp", r"\u202egnp"),
        ("\ud800", r"\ud800"),
        ("=1+1", "'=1+1"),
        ("=A1,2", '"\'=A1,2"'),
        ("＝1+1", "'＝1+1"),
        ("\t=1", "\"'\t'=1\""),
        ("\r=1", r"\r=1"),
        ("-5", "'-5"),
        (-5, "-5"),
        (-0.5, "-0.5"),
        (1e300, "1e+300"),
        (math.nan, ""),
        (math.inf, ""),
        (True, "true"),
        ("2026-03-01", "2026-03-01"),
        ("v-cb24uwg77hgh", "v-cb24uwg77hgh"),
    ],
)
def test_a_csv_field_is_what_a_spreadsheet_may_read(value: Cell, field: str) -> None:
    assert written(report_of({"x": value, "y": 1}), Format.CSV) == f"x,y\r\n{field},1\r\n"


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ("=1+1", "=1+1"),
        ("\x1b[2J", "\x1b[2J"),
        ("a\r\nb", '"a\r\nb"'),
        ("\ud800", r"\ud800"),
        ("", '""'),
    ],
)
def test_a_raw_csv_field_is_the_text_itself(value: str, field: str) -> None:
    report = report_of({"x": value, "y": 1})

    assert written(report, Format.CSV, raw=True) == f"x,y\r\n{field},1\r\n"


@pytest.mark.parametrize(
    ("value", "field", "raw_field"),
    [
        ("a\tb\nc\\d", r"a\tb\nc\\d", r"a\tb\nc\\d"),
        ("C:\\temp", r"C:\\temp", r"C:\\temp"),
        ("=1", "'=1", "=1"),
        ("\t=1", r"\t=1", r"\t=1"),
        ('"a"', '"a"', '"a"'),
        ("\x1b\ud800", r"\x1b\ud800", r"\x1b\ud800"),
        ("", "", ""),
        (None, "", ""),
        (-5, "-5", "-5"),
    ],
)
def test_a_tsv_field_stays_on_its_line(value: Cell, field: str, raw_field: str) -> None:
    report = report_of({"x": value, "y": 1})

    assert written(report, Format.TSV) == f"x\ty\n{field}\t1\n"
    assert written(report, Format.TSV, raw=True) == f"x\ty\n{raw_field}\t1\n"


def test_a_program_that_writes_csv_gets_the_guard_without_asking() -> None:
    stream = io.StringIO()
    rows: list[Row] = [{"video": "=1+1"}]
    assert write_report(Report((Column("video", Role.DIMENSION),), rows), stream, "csv") == 1
    assert stream.getvalue() == "video\r\n'=1+1\r\n"


def test_names_of_columns_are_foreign_text_too() -> None:
    report = report_of({"=1+1": 1, "a,b\x1b": 2})

    assert written(report, Format.CSV) == '\'=1+1,"a,b\\x1b"\r\n1,2\r\n'
    assert written(report, Format.TSV) == "'=1+1\ta,b\\x1b\n1\t2\n"


def test_a_row_of_one_empty_field_is_still_a_row() -> None:
    report = report_of({"x": None}, {"x": ""}, {"x": "a"})

    assert csv_read(written(report, Format.CSV)) == [["x"], [""], [""], ["a"]]


@given(as_rows(NAMES, TEXTS))
def test_csv_texts_are_read_back_guarded(rows: list[dict[str, str]]) -> None:
    read = csv_read(written(report_with(rows), Format.CSV))

    expected = [[guarded(disarm(row[name], keep="\t\n")) for name in NAMES] for row in rows]
    assert read == [list(NAMES), *expected]


@given(as_rows(NAMES, TEXTS.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))))
def test_raw_csv_texts_are_read_back_exactly(rows: list[dict[str, str]]) -> None:
    read = csv_read(written(report_with(rows), Format.CSV, raw=True))

    assert read == [list(NAMES), *([row[name] for name in NAMES] for row in rows)]


@given(as_rows(NAMES, TEXTS))
def test_tsv_texts_are_read_back_guarded(rows: list[dict[str, str]]) -> None:
    text = written(report_with(rows), Format.TSV)

    # A control character that starts a formula, or separates cells, is no longer there.
    expected = [[guarded(row[name], ";|") for name in NAMES] for row in rows]
    assert tsv_read(text) == [list(NAMES), *expected]
    assert is_harmless(text.replace("\t", "").replace("\n", ""))


@pytest.mark.fault("F25")
@given(as_rows(NAMES, NUMBERS), st.sampled_from([Format.CSV, Format.TSV]))
def test_a_number_in_is_the_number_out(rows: list[dict[str, float]], format_: Format) -> None:
    text = written(report_with(rows), format_)

    read = csv_read(text) if format_ is Format.CSV else tsv_read(text)
    assert [[float(cell) for cell in row] for row in read[1:]] == [
        [float(row[name]) for name in NAMES] for row in rows
    ]


@pytest.mark.fault("F25")
@given(as_rows(NAMES, TEXTS), st.sampled_from([Format.CSV, Format.TSV]))
def test_no_text_is_a_formula(rows: list[dict[str, str]], format_: Format) -> None:
    text = written(report_with(rows), format_)
    read = csv_read(text) if format_ is Format.CSV else [r.split("\t") for r in text.split("\n")]

    assert not [cell for row in read for cell in row if cell.startswith(tuple("=+-@\t\r＝＋－＠"))]


@pytest.mark.bug("B5")
@pytest.mark.attack("R11")
@given(as_rows(NAMES, TEXTS), st.sampled_from(";\t|"))
def test_no_text_is_a_formula_where_cells_are_split_otherwise(
    rows: list[dict[str, str]], separator: str
) -> None:
    text = written(report_with(rows), Format.CSV)

    for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        assert not [cell for cell in record if cell.startswith(STARTS)]
