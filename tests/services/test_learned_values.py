"""Values of dimensions that are kept for the completion of filters."""

from pathlib import Path

import pytest

from glomex_cli.models import Column, Report, Role, Row
from glomex_cli.services.learned import forget_values, keep_values

# What fish and bash read of a file.
MOST_BYTES = 32_768
MOST_LINES = 2_000


def listed(dimension: str, *values: str | None) -> Report:
    rows: list[Row] = [{dimension: value} for value in values]
    return Report((Column(dimension, Role.DIMENSION),), rows)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "learnt-0-values.json"


def test_the_latest_list_comes_first_and_replaces_an_older_one(file: Path) -> None:
    keep_values(file, "country", listed("country", "US", None, "", "x" * 101))
    keep_values(file, "cdn", listed("cdn", "Fastly"))
    keep_values(file, "country", listed("country", "DE"))
    assert "".join(file.read_text().split()) == (
        '{"values":{"data":{"country=":["DE"],"cdn=":["Fastly"]}}}'
    )


def test_shells_can_read_all_that_is_kept(file: Path) -> None:
    for index in range(12):
        keep_values(file, f"custom_{index}", listed(f"custom_{index}", *map(str, range(9_000))))
    text = file.read_text()
    assert len(text) <= MOST_BYTES
    assert text.count("\n") <= MOST_LINES
    assert '"custom_11="' in text
    assert '"custom_0="' not in text


@pytest.mark.parametrize("text", ["", "[]", '{"values": 3}', '{"values": {"data": {"a=": 3}}}'])
def test_what_is_no_such_file_is_written_anew(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    keep_values(file, "country", listed("country", "DE"))
    assert '"DE"' in file.read_text()
    forget_values(file)
    forget_values(file)
    assert not file.exists()
