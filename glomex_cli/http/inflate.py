"""Undo gzip a bounded piece at a time, and notice when it was cut short."""

import zlib
from collections.abc import Iterable, Iterator

_PIECE = 256 * 1024
_GZIP = 16 + zlib.MAX_WBITS  # zlib.decompressobj: 16 + the window size reads the gzip format


class BrokenStreamError(Exception):
    """The compressed stream is damaged, or ends before it is whole."""


def inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Give the content of a gzip stream (RFC 1952) in pieces of at most 256 KiB.

    Bytes after the stream's own end are refused as well: no service sends them.
    """
    stream = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                yield stream.decompress(rest, _PIECE)
                rest = stream.unconsumed_tail
            if stream.unused_data:
                raise BrokenStreamError  # at once: zlib would keep all that follows
    except zlib.error as error:
        raise BrokenStreamError from error
    if not stream.eof:
        raise BrokenStreamError
