"""Every pair of dimensions, in every format, for both kinds of report, over HTTP."""

import csv
import io
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping

import pytest

from glomex_cli.models import Cell
from support.cli import Glomex
from support.servers.gateway import Gateway, open_gateway, robot_token
from support.servers.sandbox_client import SandboxClient, rows_of

RANGE = ("2025-05-29", "2025-06-03")  # two weeks, two months
METRICS = ("video_views", "ad_impressions")
OPERATIONS = {"content-owner": "contentOwner", "publisher": "publisher"}
PRIMARIES = {
    "content-owner": ["video", "channel"],
    "publisher": ["video", "channel", "integration"],
}
BUCKETS = ["day", "week", "month"]
FILTER = "c-qneli4tpjmfh"


def every_choice() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return each kind with each dimension alone and each pair in both orders."""
    for kind, primaries in PRIMARIES.items():
        yield from ((kind, (name,)) for name in [*primaries, *BUCKETS])
        for pair in itertools.product(primaries, BUCKETS):
            yield kind, pair
            yield kind, pair[::-1]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Gateway]:
    with open_gateway() as opened:
        yield opened


@pytest.fixture(scope="module")
def truth() -> SandboxClient:
    """Speak to a sandbox in this process, without any of the code of the client."""
    return SandboxClient()


@pytest.fixture(autouse=True)
def _signed_in(sandbox: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", sandbox.url)
    monkeypatch.setenv("GLOMEX_TOKEN", robot_token())


def parsed(form: str, text: str) -> list[dict[str, str]]:
    """Read rows back from any format, as text; figures for people are grouped."""
    if form == "json":
        return [as_text(row) for row in json.loads(text)]
    if form == "ndjson":
        return [as_text(json.loads(line)) for line in text.splitlines()]
    if form in {"csv", "tsv"}:
        return list(csv.DictReader(io.StringIO(text), delimiter="," if form == "csv" else "\t"))
    text = text.replace(",", "")
    if form == "markdown":
        lines = [line.strip("| ").split(" | ") for line in text.splitlines()]
        return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]
    cells = [line.split() for line in text.splitlines() if any(map(str.isalnum, line))]
    return [dict(zip(cells[0], line, strict=True)) for line in cells[1:]]


def as_text(row: Mapping[str, Cell]) -> dict[str, str]:
    return {name: str(cell) for name, cell in row.items()}


def is_cut(dimensions: Iterable[str]) -> bool:
    """Return whether the range cuts buckets: both its weeks, and both its months."""
    return not {"week", "month"}.isdisjoint(dimensions)


def with_marks(form: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows as a format shows them: Markdown marks the buckets that are cut."""
    marks = {"week", "month"} if form == "markdown" else set[str]()
    return [
        {name: f"{cell}\\*" if name in marks else cell for name, cell in row.items()}
        for row in rows
    ]


def in_order(rows: list[dict[str, str]]) -> list[tuple[tuple[str, str], ...]]:
    return sorted(tuple(row.items()) for row in rows)


def test_there_are_as_many_choices_as_the_documents_allow() -> None:
    choices = list(every_choice())
    assert len(choices) == len(set(choices)) == 5 + 6 + 2 * 5 * 3


@pytest.mark.parametrize(("kind", "dimensions"), list(every_choice()))
def test_every_pair_of_dimensions_in_every_format_is_what_the_service_has(
    cli: Glomex, truth: SandboxClient, kind: str, dimensions: tuple[str, ...]
) -> None:
    columns = [*sorted(dimensions, key=BUCKETS.__contains__), *METRICS]
    answer = truth.report(
        ",".join(dimensions), *RANGE, kind=OPERATIONS[kind], fields=" ".join(columns)
    )
    expected = [as_text({name: row[name] for name in columns}) for row in rows_of(answer)]
    argv = ["--from", RANGE[0], "--to", RANGE[1], "--as", kind, "--ids", "-d", ",".join(dimensions)]
    by_json = parsed("json", cli("report", *argv).out)
    assert in_order(by_json) == in_order(expected)
    assert len(expected) > 1
    for form in ("table", "ndjson", "csv", "tsv", "markdown"):
        done = cli("report", *argv, "-f", form)
        assert done.code == 0
        assert parsed(form, done.out) == with_marks(form, by_json), form
        assert done.err.startswith("* ") == (form == "markdown" and is_cut(dimensions))
        assert done.err.count("\n") == int(form == "markdown" and is_cut(dimensions))


@pytest.mark.parametrize("form", ["table", "json", "ndjson", "csv", "tsv", "markdown"])
@pytest.mark.parametrize("bucket", [[], ["-d", "day"], ["-d", "week"], ["-d", "month"]])
def test_publishers_filter_every_report_in_every_format(
    cli: Glomex, truth: SandboxClient, form: str, bucket: list[str]
) -> None:
    names = ["channel", *bucket[1:]]
    more = f'filters: {{channel: "{FILTER}"}}'
    answer = truth.report(
        ",".join(names), *RANGE, kind="publisher", fields=" ".join([*names, *METRICS]), more=more
    )
    argv = ["-d", "channel", "--ids", *bucket, "--from", RANGE[0], "--to", RANGE[1], "-f", form]
    done = cli("report", "--as", "publisher", "--filter", f"channel={FILTER}", *argv)
    assert done.code == 0
    assert bool(done.err) == (form == "markdown" and is_cut(bucket))
    expected = with_marks(form, [as_text(row) for row in rows_of(answer)])
    assert in_order(parsed(form, done.out)) == in_order(expected)
    assert expected
