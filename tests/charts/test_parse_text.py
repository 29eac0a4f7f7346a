"""Numbers as text: what is a number, what a gap, what is refused; cuts and fast roads aside."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isnan

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glomex_cli.charts.parse.numbers import Tally, parse_number
from glomex_cli.charts.parse.reader import are_numbers, read_pieces, read_words
from glomex_cli.charts.parse.text import TextReader, plain_values
from glomex_cli.errors import ExitCode, UsageError
from support.charts.sparklines import read_series

NUMBERS = ["0", "-0", "7", "+7", "-7", "3.25", ".5", "-.5", "+.5e1", "1e3", "1E3", "1e+3", "1e-3"]
NO_NUMBERS = ["1_000", "1.", "1.e3", "٣", "７", "0x10", "1e", "e5", "--1", "1-2", "abc", "1.2.3"]
GAPS = ["null", "NULL", "none", "None", "nan", "NaN", "+nan", "-nan", "na", "NA", "n/a", "N/A", "-"]


def values_of(content: bytes | str) -> list[float | None]:
    text = content if isinstance(content, bytes) else content.encode()
    (series,) = read_series(text).series
    return [None if value is None or isnan(value) else value for value in series.values]


@pytest.mark.parametrize("word", NUMBERS)
def test_number_is_read_as_python_reads_it(word: str) -> None:
    assert values_of(word) == [float(word)]
    assert values_of(f"{word} abcdefg".replace("abcdefg", "NULL")) == [float(word), None]


@pytest.mark.parametrize("word", NO_NUMBERS)
@pytest.mark.parametrize("neighbor", ["1", "NULL"])
def test_other_word_is_refused_with_its_line(word: str, neighbor: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_series(f"{neighbor}\n\n{neighbor} {word}\n4".encode())
    assert refused.value.message == f"{word!r} at line 3 is not a number"
    assert refused.value.exit_code is ExitCode.USAGE
    assert "--skip-bad" in refused.value.hint


@pytest.mark.parametrize("word", GAPS)
def test_gap_in_any_case_stays_a_gap(word: str) -> None:
    assert values_of(f"1 {word} 2") == [1, None, 2]


@pytest.mark.parametrize("word", ["inf", "-inf", "+Infinity", "1e400", "-" + "9" * 400])
def test_infinity_is_a_gap_with_a_note(word: str) -> None:
    reading = read_series(f"1\n{word}\n2".encode())
    assert [isnan(value or 0) for value in reading.series[0].values] == [False, True, False]
    assert reading.notes == ("1 infinite value drawn as a gap",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 2\t3\r\n4\n\n5", [1, 2, 3, 4, 5]),
        ("1,2,3", [1, 2, 3]),
        ("1, 2,\n3,\n", [1, 2, 3]),
        ("1,,3", [1, None, 3]),
        ("1; ;3;;", [1, None, 3, None]),
        (",5", [5]),
        ("1,\n,2", [1, 2]),
        ('"3.5"\n""\n"null"\n"4"', [3.5, None, None, 4]),
        ("\ufeff1 2", [1, 2]),
        ("1.5e3,-2", [1500, -2]),
    ],
)
def test_separators_and_empty_fields(text: str, expected: Sequence[float | None]) -> None:
    assert values_of(text) == expected


def test_half_a_pair_of_quotes_is_refused() -> None:
    with pytest.raises(UsageError, match="line 1"):
        read_series(b'"3.5')


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_byte_order_marks_of_windows_are_understood(encoding: str) -> None:
    mark = "" if encoding in {"utf-16", "utf-8-sig"} else "\ufeff"
    assert values_of((mark + "1\r\nnull\r\n3\r\n").encode(encoding)) == [1, None, 3]
    assert values_of((mark + "[1, null, 3]").encode(encoding)) == [1, None, 3]


def test_bytes_that_are_no_text_are_refused_visibly() -> None:
    with pytest.raises(UsageError) as refused:
        read_series(b"1\n\xff\x00\x1b[2J")
    assert refused.value.message == r"'\\xff\x00\x1b[2J' at line 2 is not a number"


def test_long_word_is_shown_shortened() -> None:
    with pytest.raises(UsageError) as refused:
        read_series(b"x" * 5000)
    assert len(refused.value.message) < 80


@pytest.mark.parametrize("character", [b"7", b","])
def test_file_without_separators_does_not_fill_the_memory(character: bytes) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield character * 100_000

    with pytest.raises(UsageError, match="line 1 contains no number in a million bytes"):
        read_pieces(endless())


def test_skip_bad_makes_gaps_and_counts_them() -> None:
    reading = read_series(b"1 x 2 y", skip_bad=True)
    assert values_of(b"1 - 2 -") == [1, None, 2, None]
    assert [isnan(value or 0) for value in reading.series[0].values] == [False, True, False, True]
    assert reading.notes == ("2 bad values drawn as gaps",)


@pytest.mark.parametrize("text", [b"", b" \n\r\n\t", b"\xef\xbb\xbf"])
def test_nothing_is_an_empty_reading(text: bytes) -> None:
    assert read_series(text).is_empty
    assert read_series(text, field="day").is_empty


def test_only_gaps_is_not_empty() -> None:
    assert not read_series(b"null").is_empty


def test_field_makes_no_sense_for_plain_numbers() -> None:
    with pytest.raises(UsageError, match="plain numbers"):
        read_series(b"1 2", field="1")


def test_arguments_are_read_and_counted() -> None:
    assert list(read_words(["1", "2,5", "-3"]).series[0].values) == [1, 2, 5, -3]
    with pytest.raises(UsageError, match="'x' at argument 2"):
        read_words(["1", "x"])


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        (["1", "null", "-"], "numbers"),
        (["video_views"], "metrics"),
        ([], "metrics"),
        (["1", "-x"], "metrics"),
    ],
)
def test_numbers_are_told_from_metrics(words: list[str], verdict: str) -> None:
    assert are_numbers(words) is (verdict == "numbers")


WORDS = st.one_of(
    st.sampled_from([*NUMBERS, *NO_NUMBERS, *GAPS, "inf", '"1"', "", "nannan", "1null", "-null"]),
    st.text('0123456789+-.eEnulaif_,;" \t', max_size=6),
    st.floats().map(repr),
)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", "\r\n", ",", ";", ", ", ""]))).map(
    lambda pairs: "".join(word + separator for word, separator in pairs)
)


def outcome(pieces: list[bytes]) -> object:
    try:
        reading = read_pieces(pieces)
    except UsageError as error:
        return error.message
    return [repr(value) for series in reading.series for value in series.values], reading.notes


@given(TEXTS.filter(lambda text: not text.lstrip().startswith(("[", "{"))), st.data())
def test_cuts_between_pieces_change_nothing(text: str, data: st.DataObject) -> None:
    content = text.encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(content)), max_size=6)))
    edges = [0, *cuts, len(content)]
    pieces = [content[start:end] for start, end in pairwise(edges)]
    assert outcome(pieces) == outcome([content])


@given(TEXTS)
@example("-null")
@example("1.\n")
@example("1.,2")
def test_fast_road_agrees_with_the_careful_one(text: str) -> None:
    quick = plain_values(text.encode())
    if quick is not None:
        reader = TextReader(Tally(skip_bad=False), has_comma_separators=True)
        careful = reader.feed(text.encode() + b" N/A") + reader.finish()
        finite = [value for value in quick if abs(value) != float("inf")]
        known = [value for value in careful if not isnan(value)]
        assert [value for value in finite if not isnan(value)] == known
        assert len(careful) == len(quick) + 1


@given(st.binary(max_size=8))
def test_any_word_is_a_number_a_gap_or_nothing(word: bytes) -> None:
    value = parse_number(word)
    assert value is None or isinstance(value, float)
    if value is not None and not isnan(value) and value not in {float("inf"), -float("inf")}:
        assert float(word) == value


@pytest.mark.parametrize("text", [" \n;a ", "\n \n;a\n1;2", " \r\n\r\n5 6", "\t\n a  b\n 1  2"])
def test_blank_lines_before_the_first_change_nothing(text: str) -> None:
    content = text.encode()
    for cut in range(len(content)):
        assert outcome([content[:cut], content[cut:]]) == outcome([content])
