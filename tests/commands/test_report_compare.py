"""`--compare`: two reports side by side, whose sums are found again in every format."""

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from support.cli import Glomex, rows_of
from support.comparisons import RECOMPUTE, read
from support.programs import needs
from support.servers.fault_answers import http
from support.servers.fault_server import FaultServer, Peer
from support.servers.gateway import Gateway

JUNE = ("--from", "2025-06-02", "--to", "2025-06-08")
MAY = ("--from", "2025-05-26", "--to", "2025-06-01")
MACHINE = ("json", "ndjson", "csv", "tsv")


@needs("jq")
@pytest.mark.parametrize("dimensions", ["day", "video", "channel,day", "week"])
@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("previous", MAY),
        ("year", ("--from", "2024-06-03", "--to", "2024-06-09")),
        ("2025-05-01..2025-05-09", ("--from", "2025-05-01", "--to", "2025-05-09")),
    ],
)
def test_sums_of_a_comparison_are_those_jq_finds_in_two_reports(  # noqa: PLR0913 - a table of cases
    *,
    cli: Glomex,
    gateway: Gateway,
    tmp_path: Path,
    dimensions: str,
    words: str,
    before: tuple[str, ...],
) -> None:
    plain = ("report", "-d", dimensions, "-f", "json")
    runs = {
        "now": (*plain, *JUNE),
        "before": (*plain, *before),
        "both": (*plain, *JUNE, "--compare", words),
    }
    files: list[str] = []
    for name, argv in runs.items():
        (tmp_path / name).write_text(cli(*argv).out)
        files += ["--slurpfile", name, str(tmp_path / name)]
    done = subprocess.run(
        ["jq", "-n", *files, RECOMPUTE], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("true\n", "")


@pytest.mark.parametrize("form", ["ndjson", "csv", "tsv"])
@pytest.mark.parametrize("words", ["previous", "year", "2025-05-01..2025-05-09"])
def test_a_comparison_is_the_same_in_every_machine_format(
    cli: Glomex, gateway: Gateway, form: str, words: str
) -> None:
    argv = ("report", "-d", "channel", *JUNE, "--compare", words)
    expected = read("json", cli(*argv, "-f", "json").out)
    assert read(form, cli(*argv, "-f", form).out) == expected
    assert list(expected[0])[:5] == [
        "channel",
        "video_views",
        "video_views_previous",
        "video_views_change",
        "video_views_change_percent",
    ]


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("words", ["previous", "year", "2025-05-01..2025-05-09"])
def test_a_comparison_for_people_has_sign_and_percent(
    cli: Glomex, gateway: Gateway, monkeypatch: pytest.MonkeyPatch, form: str, words: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    argv = ("report", "-d", "channel", *JUNE, "--compare", words, "--total")
    row = rows_of(cli, *argv[1:-1])[0]
    done = cli(*argv, "-f", form, terminal=True)
    (line,) = [line for line in done.out.splitlines() if row["channel"] in line]
    assert f"{row['video_views_previous']:,}" in line
    assert f"{abs(row['video_views_change']):,}" in line
    assert "%" in line
    assert "total" in done.out.splitlines()[-1]


def test_a_year_sets_the_same_weekdays_side_by_side(cli: Glomex, gateway: Gateway) -> None:
    rows = rows_of(cli, *JUNE, "--compare", "year")
    before = rows_of(cli, "--from", "2024-06-03", "--to", "2024-06-09")
    views = {row["day"]: row["video_views"] for row in before}
    for row in rows:
        earlier = date.fromisoformat(row["day"]) - timedelta(days=364)
        assert earlier.weekday() == date.fromisoformat(row["day"]).weekday()
        assert row["video_views_previous"] == views[str(earlier)]
    assert len(rows) == 7


def test_the_earlier_range_is_told_on_a_terminal(cli: Glomex, gateway: Gateway) -> None:
    done = cli("report", *JUNE, "--compare", "previous", terminal=True)
    assert (
        done.err
        == "2025-06-02 to 2025-06-08 (7 days)\ncompared with 2025-05-26 to 2025-06-01 (7 days)\n"
    )
    assert cli("report", *JUNE, "--compare", "previous").err == ""


def test_a_long_comparison_is_split_on_both_sides(cli: Glomex, gateway: Gateway) -> None:
    gateway.asked()
    argv = ("--from", "2024-06-01", "--to", "2024-11-30", "--compare", "year")
    assert len(rows_of(cli, *argv)) > 170
    assert len(gateway.asked()) == 1 + 2 * 3  # the schema, and windows of both sides


@pytest.mark.parametrize("form", [*MACHINE, "table", "markdown"])
def test_there_is_no_percentage_over_zero(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def answer(peer: Peer) -> None:
        is_now = b'from: \\"2025-06-02\\"' in peer.request.body
        day, views = ("2025-06-02", 5) if is_now else ("2025-06-01", 0)
        rows = [{"day": day, "video_views": views}]
        peer.send(http(200, body={"data": {"contentOwnerAnalyticsReport": {"rows": rows}}}))

    monkeypatch.setenv("GLOMEX_TOKEN", "a.b.c")
    with FaultServer(answer) as server:
        argv = ("--from", "2025-06-02", "--to", "2025-06-02", "-m", "video_views")
        done = cli("report", *argv, "--compare", "previous", "-f", form, "--endpoint", server.url)
    assert (done.code, done.err) == (0, "")
    if form in MACHINE:
        assert read(form, done.out) == [
            {
                "day": "2025-06-02",
                "video_views": "5",
                "video_views_previous": "0",
                "video_views_change": "5",
                "video_views_change_percent": "",
            }
        ]
    else:
        assert "2025-06-02" in done.out
        assert "%" not in done.out.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("last-year", "--compare 'last-year' is not known"),
        ("2025-05-09..2025-05-01", "ends before it begins"),
        ("2025-05-09..", "--compare"),
    ],
)
def test_a_comparison_that_cannot_be_says_what_to_type(
    cli: Glomex, gateway: Gateway, words: str, message: str
) -> None:
    done = cli("report", *JUNE, "--compare", words)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "hint: " in done.err
    assert "--compare" in done.err
