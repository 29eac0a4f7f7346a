"""The JSON reader agrees with the standard library on what is JSON, and never with half of it."""

import json
import time
from collections.abc import Callable, Iterable, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glomex_cli.errors import NetworkError, ServiceError
from glomex_cli.http.json_stream import JsonReader
from glomex_cli.models import Json

LIMIT = 2**24

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=[]), max_size=6)
)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)
ROWS = st.lists(st.dictionaries(st.text(max_size=3), SCALARS, max_size=3), max_size=8)
SIZES = st.integers(1, 40)


def terse(value: Json) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True)


def indented(value: Json) -> str:
    return json.dumps(value, indent=1)


def loose(value: Json) -> str:
    return " \r\n" + json.dumps(value, separators=(" ,\t", " : ")) + "\n"


WRITERS = st.sampled_from([terse, indented, loose])


def chunks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def read(parts: Iterable[bytes], *, limit: int = LIMIT) -> Json:
    reader = JsonReader(parts, limit=limit)
    value = reader.value()
    reader.end()
    return value


def elements(parts: Iterable[bytes]) -> list[Json]:
    reader = JsonReader(parts, limit=LIMIT)
    values = list(reader.elements())
    reader.end()
    return values


def members(parts: Iterable[bytes]) -> dict[str, Json]:
    reader = JsonReader(parts, limit=LIMIT)
    values = {key: reader.value() for key in reader.members()}
    reader.end()
    return values


@given(DOCUMENTS, WRITERS, SIZES)
@example(1.5, terse, 2)
@example(1e55, terse, 2)
@example([[1.5, -0.0], {"a": "\ud83d\ude00"}], terse, 3)
def test_document_reads_the_same_in_any_chunks(
    document: Json, write: Callable[[Json], str], size: int
) -> None:
    text = write(document)
    data = text.encode("utf-8")
    found = read(chunks(data, size))
    assert found == json.loads(text)
    assert type(found) is type(json.loads(text))
    assert read(chunks(b"\xef\xbb\xbf" + data, size)) == found


@given(st.lists(SCALARS, max_size=8) | ROWS, WRITERS, SIZES)
@example([1.5, 2], terse, 3)
@example([{"a": {"b": "},"}}, {"c": [{}]}, {}], terse, 20)
def test_elements_read_the_same_in_any_chunks(
    document: Json, write: Callable[[Json], str], size: int
) -> None:
    text = write(document)
    assert elements(chunks(text.encode(), size)) == json.loads(text)


@given(st.dictionaries(st.text(max_size=4), SCALARS | ROWS, max_size=6), WRITERS, SIZES)
def test_members_read_the_same_in_any_chunks(
    document: dict[str, Json], write: Callable[[Json], str], size: int
) -> None:
    text = write(document)
    assert members(chunks(text.encode(), size)) == json.loads(text)


@settings(max_examples=30)
@given(st.lists(DOCUMENTS, max_size=4) | ROWS | st.text(), SIZES)
def test_no_cut_reads_as_whole(document: Json, size: int) -> None:
    data = json.dumps(document, ensure_ascii=False).encode("utf-8", "backslashreplace")
    for at in range(len(data)):
        with pytest.raises(NetworkError):
            read(chunks(data[:at], size))
        with pytest.raises((NetworkError, ServiceError)):
            elements(chunks(data[:at], size))


@pytest.mark.fault("F35")
@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize(
    "data",
    [
        b"NaN", b"Infinity", b"-Infinity", b"[NaN]", b'{"a":NaN}', b"[1,Infinity]", b"nan", b"Na",
        b"[" * 100_000, b'{"a":' * 100_000, b"9" * 5000, b"[" + b"9" * 5000 + b"]",
        b"<html>502</html>", b"\x1f\x8b\x08", b"\xff\xfe[\x001\x00]\x00", b"[\xff]", b'"\xc3("',
        b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b"\xef\xbb\xbf\xef\xbb\xbf[]",
b"[] []",
        b"[]]", b'{"a":1}}', b"{},", b"[1 2]", b"[,1]", b"[1,]", b"{1:2}", b"{a:2}", b"{,}",
        b'{"a" 1}', b'{"a":1,}', b"'a'", b'"a\nb"', b'"\x00"', b'"\\x"', b'"\\u12g4"', b"01", b"+1",
        b".5", b"tru3", b"nulL", b"True", b"None", b"/*x*/[]", b"[]\x00", b"\x0c[]", b"\xc2\xa0[]",
    ],
    ids=lambda data: ascii(data)[:24],
)  # fmt: skip
def test_what_is_no_json_is_the_services_fault(data: bytes, size: int) -> None:
    if len(data) < 50_000 or size > 100:
        with pytest.raises(ServiceError):
            read(chunks(data, size))


@pytest.mark.parametrize(
    "data",
    [b"", b" ", b"\xef\xbb", b"-", b"[1.", b"[1e", b"[1e-", b"tr", b"[fal", b"{}\xf0\x9f",
     b"[]\xc3", b'"\\', b'"\\u00e', b'"\\ud83d\\ude', b'{"a"', b'{"a":', b'{"a":1,', b"[1,"],
)  # fmt: skip
def test_what_could_go_on_was_cut_short(data: bytes) -> None:
    with pytest.raises(NetworkError, match="is incomplete"):
        read([data])


@pytest.mark.parametrize("filling", [b" ", b"1", b'"', b"[[],", b'"x",'])
def test_no_more_than_the_limit_is_read(filling: bytes) -> None:
    seen: list[int] = []

    def endless() -> Iterator[bytes]:
        yield b"["
        while True:
            seen.append(1)
            yield (filling * 1000)[:1000]

    with pytest.raises(ServiceError, match=r"too large|not JSON"):
        read(endless(), limit=10_000)
    assert len(seen) <= 10


@pytest.mark.fault("F35")
def test_one_value_may_not_be_longer_than_allowed() -> None:
    reader = JsonReader(chunks(b'[1,"' + b"x" * 100_000, 1000), limit=LIMIT, value_limit=10_000)
    with pytest.raises(ServiceError, match="too large"):
        list(reader.elements())
    many = b"[" + b'"' + b"x" * 9000 + b'",' + (b'"' + b"y" * 9000 + b'",') * 20 + b"1]"
    reader = JsonReader(chunks(many, 1000), limit=LIMIT, value_limit=10_000)
    assert len(list(reader.elements())) == 22


@pytest.mark.parametrize(
    "row", [b'{"a":1}', b'{"a":{"b":1},"c":2}', b'{"a":"},"}', b'[{"a":1}]', b"1"], ids=ascii
)
def test_time_grows_with_the_length_whatever_the_rows_hold(row: bytes) -> None:
    def seconds(count: int) -> float:
        """Return the processor's time: others on this machine do not count."""
        data = b"[" + b",".join([row] * count) + b"]"
        began = time.process_time()
        assert len(elements(chunks(data, 2**18))) == count
        return time.process_time() - began

    few, many = (min(seconds(count) for _ in range(5)) for count in (5_000, 40_000))
    assert many < 32 * few  # 8 would be exact, 64 were it the square


@pytest.mark.parametrize(
    "data",
    [b"{1:2}", b"{[]:2}", b'{"a" 2}', b'{"a":2 "b"', b"[]", b'"a"', b'X"a":2}', b'{"a"X2}',
     b'{"a":2X"b":3}'],
)  # fmt: skip
def test_only_an_object_has_members(data: bytes) -> None:
    with pytest.raises(ServiceError):
        members([data])


@pytest.mark.attack("R21")
@pytest.mark.parametrize(
    "row",
    [
        '{"day":"x","day":"y"}',
        '{"day" :"x:y" , "day": "y"}',
        '{"day":"10:00","views":1,"views":1}',
        '{"a":{"id":1,"id":2}}',
        '{"a":{"b":{"id":1,"id":2}}}',
        '{"day":1,"\\u0064ay":2}',
        '{"list":[{"a":1,"a":2}]}',
    ],
)
@pytest.mark.parametrize("count", [0, 200], ids=["alone", "among others"])
def test_a_name_that_comes_twice_in_a_row_is_refused(row: str, count: int) -> None:
    good = '{"day":"x","views":1},' * count
    reader = JsonReader([f"[{good}{row},{good}1]".encode()], limit=10**6)
    with pytest.raises(ServiceError, match="not JSON: a name occurs twice"):
        list(reader.batches())


@pytest.mark.attack("R21")
@pytest.mark.parametrize(
    "row",
    [
        '{"day":"a\\":b","day2":"\\" :"}',
        '{"day" : "10:00:00" ,"title":"x : y"}',
        '{"a":{"id":1},"b":{"id":1}}',
        '{"a":{"b":{"id":1}},"id":2}',
        '{"list":[{"a":1},{"a":2}]}',
        "{}",
    ],
)
def test_names_that_only_look_alike_are_read(row: str) -> None:
    reader = JsonReader([f"[{row},{row},{row}]".encode()], limit=10**6)
    assert [each for batch in reader.batches() for each in batch] == [json.loads(row)] * 3
