"""Fuzzing targets for what a service says: its JSON, its rows, its tokens."""

import base64
import json
import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from glomex_cli.auth.session import expiry_of
from glomex_cli.errors import GlomexError, NetworkError, ServiceError
from glomex_cli.http.json_stream import JsonReader
from glomex_cli.http.request import Head
from glomex_cli.models import Column, Problem, Role
from glomex_cli.services.glomex.fit import Fit
from glomex_cli.services.glomex.rows import parse_rows
from glomex_cli.services.graphql.response import RowStream
from support.fuzzing.target import assert_explained, is_one_safe_line

OPERATION = "contentOwnerAnalyticsReport"
_LIMIT = 1 << 20
_LATE = 1e15  # seconds, past which fractions get lost
_NESTED = 400
_NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
_LONGEST_LIFE = timedelta(days=400)
COLUMNS = (Column("day", Role.DIMENSION), Column("video_views", Role.METRIC))


def json_reader(data: bytes) -> None:
    """In chunks of any size, what the standard library takes is read the same, all else refused."""
    size, body = (sum(data[:1]) + len(data)) % 24 + 1, data[1:]
    expected = _tried(lambda: [_strict(body.decode("utf-8-sig"), object_pairs_hook=_distinct)])
    if body.count(b"[") + body.count(b"{") > _NESTED and not expected:
        return  # how deep is too deep depends on how deep the caller stands
    assert _tried(lambda: [_whole(_reader(body, size))]) == expected
    as_list = expected if expected and isinstance(expected[0], list) else None
    assert _tried(lambda: [_elements(_reader(body, size))]) == as_list
    as_object = expected if expected and isinstance(expected[0], dict) else None
    assert _tried(lambda: [_members(_reader(body, size))]) == as_object


def _tried(read: Callable[[], list[object]]) -> list[object] | None:
    try:
        return read()
    except (NetworkError, ServiceError, ValueError, RecursionError):
        return None


def _strict(text: str, **options: Any) -> Any:
    return json.loads(text, parse_constant=_refuse, **options)


def _refuse(name: str) -> None:
    raise ValueError(name)


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError("a name comes twice")
    return found


def _reader(body: bytes, size: int) -> JsonReader:
    chunks = (body[at : at + size] for at in range(0, len(body), size))
    return JsonReader(chunks, limit=_LIMIT)


def _whole(reader: JsonReader) -> object:
    value = reader.value()
    reader.end()
    return value


def _elements(reader: JsonReader) -> object:
    found = list(reader.elements())
    reader.end()
    return found


def _members(reader: JsonReader) -> object:
    found = {key: reader.value() for key in reader.members()}
    reader.end()
    return found


def answer_rows(data: bytes) -> None:
    """Any answer is rows, all of them, with plain cells under each name; or a failure explained.

    Rows that the service left empty are told of.
    """
    body, problems = data[1:], list[Problem]()
    stream = RowStream(_reader(body, 1 + len(body) // 2), Head(200, {}), OPERATION)
    fit = Fit(("day",), None)
    try:
        rows = list(parse_rows(stream, COLUMNS, problems, operation=OPERATION, fit=fit))
    except GlomexError as error:
        assert_explained(error)
        return
    counted = _strict(body.decode("utf-8-sig"), object_pairs_hook=tuple)
    sent = [row for name, value in counted if name == "data" for row in _sent(value)]
    assert len(rows) == len(sent) - sent.count(None)
    assert problems or None not in sent
    assert all(is_one_safe_line(problem.message + problem.path) for problem in problems)
    assert all(list(row) == ["day", "video_views"] for row in rows)
    assert all(_is_cell(cell) for row in rows for cell in row.values())


def _sent(document: Any) -> list[object]:
    """Return the rows of an answer whose objects are tuples of pairs, all of its operations."""
    rows: list[object] = []
    for _, operation in _pairs(document):
        lists = [value for name, value in _pairs(operation) if name == "rows"]
        for each in (operation, *lists):
            rows += cast("list[object]", each) if isinstance(each, list) else []
    return rows


def _pairs(document: Any) -> tuple[tuple[str, Any], ...]:
    return cast("tuple[tuple[str, Any], ...]", document) if isinstance(document, tuple) else ()


def _is_cell(cell: object) -> bool:
    if isinstance(cell, float):
        return math.isfinite(cell)
    return cell is None or type(cell) in {int, str}


def token_life(data: bytes) -> None:
    """Any token and Date end after now and within 400 days, as its claims say; or say nothing."""
    claims, _, date = data[1:].partition(b"\x1e")
    payload = base64.urlsafe_b64encode(claims).decode().rstrip("=")
    token = f"e30.{payload}.eA" if data[:1] < b"\x80" else claims.decode("latin-1")
    found = expiry_of(token, date=date.decode("latin-1"), now=_NOW)
    assert found is None or _NOW < found <= _NOW + _LONGEST_LIFE
    said = _tried(lambda: [json.loads(claims)]) if data[:1] < b"\x80" else None
    life = _said_life(said[0] if said else None)
    if life is not None and 1 <= life <= _LONGEST_LIFE.total_seconds():
        assert found == _NOW + timedelta(seconds=life)


def _said_life(claims: Any) -> float | None:
    """Return how long a token with these claims lives where both ends are plain numbers."""
    said = cast("dict[str, Any]", claims) if isinstance(claims, dict) else {}
    end, start = _plain(said.get("exp")), _plain(said.get("iat"))
    return None if end is None or start is None else end - start


def _plain(claim: Any) -> float | None:
    return float(claim) if type(claim) in {int, float} and abs(claim) < _LATE else None
