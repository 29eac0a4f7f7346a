"""Answers for the server with faults: their bytes, whole or spoilt, and the scripts that send them.

A script ends by closing the connection, so that what was sent is all there is.
"""

import gzip
import json
import zlib
from enum import StrEnum

from support.servers.fault_server import Peer, Script

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html; charset=utf-8"


class Framing(StrEnum):
    """How the end of a body is told (RFC 9112, section 6.3)."""

    LENGTH = "length"
    CHUNKED = "chunked"
    CLOSE = "close"


def http(
    status: int,
    *headers: str,
    body: object = b"",
    kind: str = JSON,
    framing: Framing = Framing.LENGTH,
) -> bytes:
    """Write an answer; a body that is neither bytes nor text is written as JSON."""
    data = _bytes(body)
    lines = [f"HTTP/1.1 {status} Something", "Connection: close"]
    lines += [f"Content-Type: {kind}"] if kind else []
    if framing is Framing.LENGTH:
        lines.append(f"Content-Length: {len(data)}")
    elif framing is Framing.CHUNKED:
        lines.append("Transfer-Encoding: chunked")
        data = b"".join(_chunk(data[at : at + 50]) for at in range(0, len(data), 50)) + _chunk(b"")
    return "\r\n".join([*lines, *headers, "", ""]).encode() + data


def zipped(body: object, *, framing: Framing = Framing.LENGTH) -> bytes:
    """Write an answer of status 200 whose body is compressed."""
    data = gzip.compress(_bytes(body), mtime=0)
    return http(200, "Content-Encoding: gzip", body=data, framing=framing)


def bomb(opening: bytes, filling: bytes, *, mib: int, damaged: bool = False) -> bytes:
    """Write an answer that inflates to `opening` and about `mib` MiB of `filling`."""
    unit = filling * (2**20 // len(filling))
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    start = packer.compress(opening) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush the same input gives the same bytes: one MiB packed stands for all.
    middle = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    crc, size = zlib.crc32(opening), len(opening) + len(unit) * mib
    for _ in range(mib):
        crc = zlib.crc32(unit, crc)
    tail = packer.flush() + (crc ^ damaged).to_bytes(4, "little")
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    data = head + start + middle * mib + tail + (size % 2**32).to_bytes(4, "little")
    return http(200, "Content-Encoding: gzip", body=data)


def whole(answer: bytes) -> Script:
    """Send `answer`, all of it."""
    return lambda peer: peer.send(answer)


def dripped(head: bytes, rest: bytes = b"") -> Script:
    """Send `head` byte by byte where there is no `rest`; else `head` at once and `rest` so."""

    def script(peer: Peer) -> None:
        if rest:
            peer.send(head)
        peer.drip(rest or head, pause_s=0.05)

    return script


def held(start: bytes) -> Script:
    """Send `start` and hold the line without another word."""

    def script(peer: Peer) -> None:
        peer.send(start)
        peer.silence()

    return script


def flooded(head: bytes, unit: bytes) -> Script:
    """Send `head`, then `unit` without end."""

    def script(peer: Peer) -> None:
        peer.send(head)
        peer.flood(unit)

    return script


def cut(answer: bytes, at: int) -> Script:
    """Send the first `at` bytes of `answer` and end in order."""
    return lambda peer: peer.send(answer[:at])


def broken(answer: bytes, at: int) -> Script:
    """Send the first `at` bytes of `answer` and break the connection."""

    def script(peer: Peer) -> None:
        peer.send(answer[:at])
        peer.reset()

    return script


def silent(peer: Peer) -> None:
    """Answer nothing, and hold the line."""
    peer.silence()


def _bytes(body: object) -> bytes:
    if isinstance(body, bytes):
        return body
    return body.encode() if isinstance(body, str) else json.dumps(body).encode()


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"
