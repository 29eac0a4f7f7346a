"""Gzip is undone in small pieces, and anything but one whole stream is refused."""

import gzip
import zlib
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.http.request import BrokenStreamError, inflate

TEXT = b'{"day":"2025-06-01","video_views":120},' * 20
PACKED = gzip.compress(TEXT, mtime=0)


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def joined(chunks: Iterable[bytes]) -> bytes:
    return b"".join(inflate(chunks))


@given(st.binary(max_size=5000), st.integers(1, 6000), st.integers(0, 9))
def test_content_comes_back_however_it_is_chunked(content: bytes, size: int, level: int) -> None:
    assert joined(pieces(gzip.compress(content, level), size)) == content


@given(content=st.binary(max_size=5000), size=st.integers(1, 6000), is_bare=st.booleans())
def test_deflate_comes_back_with_its_wrapper_and_without(
    content: bytes, size: int, *, is_bare: bool
) -> None:
    packed = zlib.compress(content)
    chunks = pieces(packed[2:-4] if is_bare else packed, size)
    assert b"".join(inflate(chunks, encoding="deflate")) == content


def test_a_cut_deflate_stream_is_noticed() -> None:
    packed = zlib.compress(TEXT)
    for at in range(len(packed)):
        with pytest.raises(BrokenStreamError):
            list(inflate([packed[:at]], encoding="deflate"))


def test_pieces_stay_small_whatever_they_are_packed_from() -> None:
    packed = gzip.compress(bytes(2**24))
    assert len(packed) < 2**15
    assert max(map(len, inflate([packed]))) <= 2**18


def test_every_cut_is_noticed() -> None:
    for at in range(len(PACKED)):
        with pytest.raises(BrokenStreamError):
            joined([PACKED[:at]])


def test_every_flipped_bit_of_content_and_checksum_is_noticed() -> None:
    for at in range(10, len(PACKED)):
        damaged = bytearray(PACKED)
        damaged[at] ^= 1
        with pytest.raises(BrokenStreamError):
            joined([bytes(damaged)])


@pytest.mark.parametrize("junk", [b"\0", b"x", PACKED[:-1], PACKED + b"x", b"x" * 2**20])
@pytest.mark.parametrize("apart", [True, False])
def test_bytes_after_the_end_are_refused(junk: bytes, *, apart: bool) -> None:
    with pytest.raises(BrokenStreamError):
        joined([PACKED, junk] if apart else [PACKED + junk])


@pytest.mark.bug("B8")
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_series_of_members_is_one_stream(size: int) -> None:
    packed = PACKED + gzip.compress(b"") + PACKED
    assert joined(pieces(packed, size)) == TEXT * 2


def test_endless_junk_is_refused_at_its_first_chunk() -> None:
    read: list[int] = []

    def chunks() -> Iterator[bytes]:
        yield PACKED
        for number in range(1000):
            read.append(number)
            yield b"x" * 2**16

    with pytest.raises(BrokenStreamError):
        joined(chunks())
    assert read == [0]


@pytest.mark.parametrize(
    "data",
    [b"", TEXT, zlib.compress(TEXT), zlib.compress(TEXT)[2:-4], b"\x1f\x8b", b"\x1f\x8b\x07"],
    ids=["nothing", "plain text", "zlib", "raw deflate", "half a header", "unknown method"],
)
def test_what_is_no_gzip_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenStreamError):
        joined(pieces(data, 100))
