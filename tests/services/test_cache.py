"""What is remembered of an endpoint, and that a broken memory is none."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial, reduce
from operator import getitem
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.metrics import UNKNOWN, guess_kind
from glomex_cli.models import ReportKind, ReportSchema, Schema
from glomex_cli.services.cache import Cache, Learned, RangeReading, cache_file
from glomex_cli.services.learned import Paging, Shape
from support.files import mode_of, names, posix_only

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SCHEMA = Schema(
    {
        ReportKind.PUBLISHER: ReportSchema(
            dimensions=("video", "day"),
            metrics={"video_views": "Int"},
            labels={"title": "String"},
            filters={"country": "enum Country"},
            parts={"video": ("id", "title")},
            kinds={"video_views": guess_kind("video_views"), "mood": UNKNOWN},
            descriptions={"video_views": "How often a video was started."},
        )
    }
)

SHAPE = Shape(
    dimensions="[text]",
    fields={"video": "video { id title: name }"},
    titled=("video",),
    paging=Paging("cursor", "after", "page: pageInfo { end: endCursor }"),
)


def memory(file: Path | None) -> Cache:
    return Cache(file, lambda: NOW)


def kept(folder: Path) -> Path:
    """Return a file in which everything is remembered."""
    file = folder / "learnt.json"
    first = memory(file)
    first.learn_schema(SCHEMA, {ReportKind.PUBLISHER: SHAPE})
    first.learn_reading(ReportKind.PUBLISHER, includes_to=False, longest=31)
    return file


def test_what_was_learnt_is_known_to_the_next_run(tmp_path: Path) -> None:
    assert memory(kept(tmp_path)).learned == Learned(
        SCHEMA,
        NOW,
        shapes={ReportKind.PUBLISHER: SHAPE},
        readings={ReportKind.PUBLISHER: RangeReading(NOW, includes_to=False, longest=31)},
    )


def test_the_report_of_the_other_kind_has_a_reading_of_its_own(tmp_path: Path) -> None:
    learned = memory(kept(tmp_path)).learned
    assert learned.reading(ReportKind.PUBLISHER).includes_to is False
    assert learned.reading(ReportKind.CONTENT_OWNER).includes_to is None


def test_all_can_be_forgotten(tmp_path: Path) -> None:
    file = kept(tmp_path)
    memory(file).forget()
    assert memory(file).learned == Learned()


def test_a_refused_look_is_remembered_for_a_day(tmp_path: Path) -> None:
    file = tmp_path / "learnt.json"
    first = memory(file)
    assert first.wants_schema
    first.learn_refusal()
    for later, wants in ((0, False), (86_399, False), (86_400, True), (-1, True)):
        at = NOW + timedelta(seconds=later)
        assert (
            Cache(file, partial(datetime.fromtimestamp, at.timestamp(), UTC)).wants_schema is wants
        )


def test_what_version_1_learned_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "learnt.json"
    old = {"version": 1, "schema": None, "schema_at": None, "includes_to": False}
    file.write_text(json.dumps(old))
    assert memory(file).learned == Learned()


def test_without_a_file_it_is_known_while_this_runs() -> None:
    first = memory(None)
    first.learn_schema(SCHEMA)
    assert first.learned.schema == SCHEMA
    assert memory(None).learned == Learned()


@posix_only
def test_the_file_and_its_folder_are_private(tmp_path: Path) -> None:
    file = kept(tmp_path / "a" / "b")
    assert (mode_of(file), mode_of(file.parent)) == (0o600, 0o700)
    assert names(file.parent) == {"learnt.json"}


def test_a_folder_that_cannot_be_made_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    first = memory(tmp_path / "file" / "learnt.json")
    first.learn_schema(SCHEMA)
    assert first.learned.schema == SCHEMA


def test_endpoints_and_profiles_have_files_of_their_own_whose_names_tell_neither() -> None:
    files = {
        cache_file(Path("x"), url=url, profile=profile)
        for url in ("https://one.example", "https://two.example")
        for profile in ("default", "work")
    }
    assert len(files) == 4
    assert not any(word in file.name for file in files for word in ("one", "default", "work"))


def test_another_version_is_learnt_again(tmp_path: Path) -> None:
    file = kept(tmp_path)
    fields = json.loads(file.read_bytes())
    file.write_text(json.dumps(fields | {"version": fields["version"] + 1}))
    assert memory(file).learned == Learned()


@pytest.mark.parametrize("at", [1e300, -1e300, 1e20, float("nan"), "yesterday", [], True])
def test_a_date_that_is_none_is_learnt_again(tmp_path: Path, at: object) -> None:
    file = kept(tmp_path)
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"schema_at": at}))
    learned = memory(file).learned
    assert learned == Learned() or isinstance(learned.schema_at, datetime)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"7", b"\xff\xfe", b"[" * 100_000, b'{"version": 1}', b"{}"],
)
def test_a_broken_file_is_as_none_and_is_replaced(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "learnt.json"
    file.write_bytes(content)
    found = memory(file)
    assert found.learned == Learned()
    found.learn_reading(ReportKind.PUBLISHER, includes_to=True)
    assert memory(file).learned.reading(ReportKind.PUBLISHER).includes_to is True


def test_a_file_cut_anywhere_is_never_believed_in_part(tmp_path: Path) -> None:
    file = kept(tmp_path)
    whole = file.read_bytes().rstrip()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert memory(file).learned == Learned(), length


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(st.data())
def test_whatever_stands_in_the_file_reading_it_never_fails(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        file = kept(Path(folder))
        fields: Any = json.loads(file.read_bytes())
        *way, last = data.draw(
            st.sampled_from(
                [("schema",), ("schema_at",), ("refused_at",), ("schema", "publisher")]
                + [("shapes",), ("readings",), ("shapes", "publisher"), ("readings", "publisher")]
                + [("shapes", "publisher", name) for name in SHAPE._fields]
                + [("shapes", "publisher", "paging", name) for name in SHAPE.paging._fields]
                + [("readings", "publisher", name) for name in RangeReading._fields]
                + [("schema", "publisher", name) for name in fields["schema"]["publisher"]]
            )
        )
        reduce(getitem, way, fields)[last] = data.draw(ANYTHING)
        file.write_text(json.dumps(fields))
        learned = memory(file).learned
    if learned.schema:
        for each in learned.schema.reports.values():
            texts = [*each.dimensions, *each.metrics.values(), *each.filters.values()]
            assert all(isinstance(text, str) for text in texts)
    for shape in learned.shapes.values():
        texts = [shape.dimensions, shape.rows, shape.paging.argument, *shape.fields.values()]
        assert all(isinstance(text, str) for text in texts)


def test_the_age_is_that_of_the_schema_not_of_the_last_write(tmp_path: Path) -> None:
    file = kept(tmp_path)
    later = Cache(file, lambda: NOW + timedelta(days=3))
    later.learn_reading(ReportKind.PUBLISHER, includes_to=True)
    assert memory(file).learned.schema_at == NOW
