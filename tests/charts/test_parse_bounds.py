"""Input of any size takes bounded memory, or is refused by the name of what is too long."""

import re
from collections.abc import Callable, Iterator

import pytest

from glomex_cli.charts.parse.reader import read_pieces
from glomex_cli.errors import ServiceError, UsageError
from support.memory import measured

pytestmark = pytest.mark.attack("R16")

MIB = 1 << 20


def pieces(text: str, size: int = 1 << 16) -> Iterator[bytes]:
    """Cut a text as it comes from a pipe."""
    data = text.encode()
    return (data[at : at + size] for at in range(0, len(data), size))


def lines_of(text: str) -> int:
    """Return how many lines are drawn of a text."""
    return len(read_pieces(pieces(text)).series)


def wrapped(size: int) -> str:
    """Return a document of that many characters whose rows are not at the top."""
    start, end = '{"data":{"rows":[{"v":1,"name":"', '"}]}}'
    return start + "x" * (size - len(start) - len(end)) + end


def test_one_value_of_sixteen_mebibytes_is_read() -> None:
    assert lines_of(wrapped(16 * MIB)) == 1


@pytest.mark.parametrize(
    "text",
    [
        wrapped(17 * MIB),
        '[{"v":1},' + wrapped(17 * MIB) + "]",
        '{"data":"' + "x" * 17 * MIB,
        "[[" + "1234567890123456," * MIB,
    ],
    ids=["document", "element", "unended string", "unended row"],
)
def test_a_longer_one_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="one value of the JSON is longer than 16 MiB"):
        read_pieces(pieces(text))


def test_a_list_at_the_top_may_be_longer() -> None:
    assert lines_of("[" + '{"v":12345678901.25},' * MIB + '{"v":2}]') == 1


@pytest.mark.parametrize("start", ["a,b\n", "a\tb\n", "| a | b |\n", "a;b\n"])
def test_a_line_of_a_table_has_a_bound(start: str) -> None:
    longest = 1 << 17 if start[1] in ",;" else MIB  # of a cell of CSV
    assert lines_of(start + "1" + " " * (longest - 100) + "\n") == 1
    with pytest.raises(UsageError, match="line 2 is longer than a million characters"):
        read_pieces(pieces(start + "x" * 2 * MIB))


def names(count: int) -> list[str]:
    """Return names of fields."""
    return [f"c{number}" for number in range(count)]


def csv(count: int) -> str:
    """Return a table of so many columns."""
    return ",".join(names(count)) + "\n" + ",".join("1" * count) + "\n"


def objects(count: int) -> str:
    """Return rows that each have a field of their own."""
    return "".join(f'{{"{name}":1}}\n' for name in names(count))


def documents(count: int) -> str:
    """Return answers, each a line of its own."""
    return '{"rows":[1,2]}\n' * count


@pytest.mark.parametrize(
    ("make", "what"),
    [(csv, "fields"), (objects, "fields"), (documents, "lists of numbers")],
)
def test_a_thousand_lines_are_drawn_and_no_more(make: Callable[[int], str], what: str) -> None:
    assert lines_of(make(1000)) == 1000
    with pytest.raises(UsageError, match=f"the input has more than 1,000 {what}"):
        read_pieces(pieces(make(1001)))


def test_lists_one_after_the_other_are_counted() -> None:
    with pytest.raises(UsageError, match=r"the input has more than 1,000 lists of numbers"):
        read_pieces(pieces("\n".join(f"[{number},\n2]" for number in range(1002))))


def test_numbers_with_commas_take_no_memory_each() -> None:
    done = measured(
        "sparkline",
        "--skip-bad",
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        stdin="day,v\n" + '2025-06-02,"1,234"\n2025-06-03,5\n' * 100_000,
    )
    assert done.code == 0
    assert "100,000 bad values drawn as gaps" in done.err
    assert done.peak_mib < 36


@pytest.mark.parametrize(
    "text",
    [
        '{"message":"Forbidden","code":401}',
        '{"errors":"text"}',
        '{"errors":"text","data":null}',
        '{"error":"Not Found","status":404,"path":"/v1","timestamp":"2025-06-02T00:00:00Z"}',
        '{"type":"about:blank","title":"Unauthorized","status":401,"detail":"sign in"}',
        '{"message":"Bad credentials","documentation_url":"https://example.org","status":"401"}',
        '{"statusCode":403,"message":"Forbidden"}\n{"statusCode":403,"message":"Forbidden"}',
    ],
)
def test_an_error_of_a_service_is_no_number(text: str) -> None:
    with pytest.raises(ServiceError, match="error"):
        read_pieces(pieces(text))


@pytest.mark.parametrize(
    "text",
    [
        '{"message":"a","code":401,"video_views":3}',
        '{"timestamp":"2025-06-02T00:00:00Z","status":200,"message":"ok"}',
        '{"error":"0.5","status":2}',
        '{"title":"News","code":5}',
        '{"status":401,"code":3}',
    ],
)
def test_a_row_beside_words_is_one(text: str) -> None:
    reading = read_pieces(pieces(text))
    assert reading.series
    assert all(re.fullmatch("[a-z_]*", series.name) for series in reading.series)
