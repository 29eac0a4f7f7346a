"""Long ranges: split, at most four requests at once, and what a failing window costs."""

import io
import json
import os
import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from glomex_cli.cli.main import run
from glomex_cli.terminal.runtime import Runtime
from support.cli import Glomex, Outcome, Person, Stream
from support.ranges import days_of, period
from support.servers.gateway import Gateway, Refusal, asks_from, open_gateway, robot_token
from support.servers.object_app import TITLES, object_app
from support.servers.sandbox_client import SandboxClient, rows_of

YEARS = period("2022-01-01..2024-12-31")
THREE_YEARS = ("report", "-d", "day", "--from", "2022-01-01", "--to", "2024-12-31")
# Three windows of 91 days; the second of them is the fifth of the three years.
NINE_MONTHS = ("report", "-d", "day", "--from", "2022-10-01", "--to", "2023-06-30")
BROKEN = ("2022-12-31", "2023-03-31")


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", robot_token())


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    with open_gateway() as gateway:
        monkeypatch.setenv("GLOMEX_ENDPOINT", gateway.url)
        yield gateway


def reports(gateway: Gateway) -> list[str]:
    """Return the reports that were asked for, without the look at the schema."""
    return [query for query in gateway.queries if "__schema" not in query]


def break_window(gateway: Gateway) -> None:
    gateway.refuse = lambda query: Refusal() if asks_from(query, BROKEN[0]) else None


@cache
def truth() -> list[dict[str, Any]]:
    """Return the rows of all three years, from one request to a sandbox in this process."""
    answer = SandboxClient().report(
        "day", str(YEARS.first), str(YEARS.last), fields="day video_views ad_impressions"
    )
    return rows_of(answer)


def watched(*argv: str, out_is_terminal: bool, err_is_terminal: bool) -> Outcome:
    """Run the command with a terminal for either stream, or for none."""
    out, err = Stream(terminal=out_is_terminal), Stream(terminal=err_is_terminal)
    runtime = Runtime(io.BytesIO(), out, err, Person([]), lambda: datetime.now(UTC), os.environ)
    return Outcome(int(run(argv, runtime)), out.getvalue(), err.getvalue())


def test_three_years_of_days_come_in_one_command(cli: Glomex, opened: Gateway) -> None:
    opened.delay_s = 0.02
    done = cli(*THREE_YEARS)
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out) == truth()
    assert len(reports(opened)) == 13
    assert opened.most_at_once == 4


def test_the_windows_cover_each_day_once_and_one_day_more(cli: Glomex, opened: Gateway) -> None:
    cli(*THREE_YEARS)
    ends = [re.findall(r'(?:from|to): "(\d{4}-\d\d-\d\d)"', query) for query in reports(opened)]
    asked = sorted((date.fromisoformat(a), date.fromisoformat(b)) for a, b in ends)
    covered = [first + timedelta(days=n) for first, end in asked for n in range((end - first).days)]
    assert covered == days_of(YEARS)


def test_of_one_failing_window_the_rest_is_printed_and_the_range_named(
    cli: Glomex, opened: Gateway
) -> None:
    break_window(opened)
    done = cli(*THREE_YEARS)
    assert done.code == 6
    expected = [row for row in truth() if not BROKEN[0] <= row["day"] <= BROKEN[1]]
    assert json.loads(done.out) == expected
    told = [line for line in done.err.splitlines() if "trying again" not in line]
    assert told == [
        "missing 2022-12-31 to 2023-03-31: 127.0.0.1 is not available (status 503)",
        "error: the service could not give all of the report",
        "hint: try again later",
    ]
    assert sum(asks_from(query, BROKEN[0]) for query in reports(opened)) == 3
    assert len(reports(opened)) == 12 + 3


@pytest.mark.parametrize("form", ["table", "ndjson", "csv", "tsv", "markdown"])
def test_the_rest_is_printed_in_every_format(cli: Glomex, opened: Gateway, form: str) -> None:
    break_window(opened)
    done = cli(*NINE_MONTHS, "-f", form)
    assert done.code == 6
    assert "2022-12-30" in done.out
    assert "2023-04-01" in done.out
    assert not any(str(day) in done.out for day in days_of(period("..".join(BROKEN))))
    assert "missing 2022-12-31 to 2023-03-31: " in done.err


def test_strict_prints_nothing_of_it(cli: Glomex, opened: Gateway, tmp_path: Path) -> None:
    break_window(opened)
    done = cli(*NINE_MONTHS, "--strict")
    assert (done.code, done.out) == (5, "")
    assert "missing 2022-12-31 to 2023-03-31: " in done.err
    assert "error: the report is not complete\n" in done.err
    file = tmp_path / "days.csv"
    file.write_text("old")
    assert cli(*NINE_MONTHS, "--strict", "--output", str(file)).code == 5
    assert file.read_text() == "old"


def test_where_every_window_fails_that_is_the_failure(cli: Glomex, opened: Gateway) -> None:
    opened.refuse = lambda _: Refusal("429 Too Many Requests")
    done = cli(*NINE_MONTHS)
    assert (done.code, done.out) == (8, "")


def test_a_window_that_failed_once_is_not_missing(cli: Glomex, opened: Gateway) -> None:
    seen: list[str] = []

    def refuse(query: str) -> Refusal | None:
        if not asks_from(query, BROKEN[0]) or seen:
            return None
        seen.append(query)
        return Refusal()

    opened.refuse = refuse
    done = cli(*NINE_MONTHS)
    assert done.code == 0
    expected = [row for row in truth() if "2022-10-01" <= row["day"] <= "2023-06-30"]
    assert json.loads(done.out) == expected
    assert (len(seen), len(reports(opened))) == (1, 4)


def test_a_session_that_ends_is_told_as_such(
    cli: Glomex, opened: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", "a.b.c")
    done = cli(*NINE_MONTHS)
    assert (done.code, done.out) == (4, "")


@pytest.mark.parametrize("out_is_terminal", [True, False])
def test_a_bar_shows_the_way_on_a_terminal_and_is_gone_afterwards(
    *, out_is_terminal: bool, opened: Gateway
) -> None:
    opened.delay_s = 0.02
    done = watched(*THREE_YEARS, out_is_terminal=out_is_terminal, err_is_terminal=True)
    assert done.code == 0
    assert "asking" in done.err
    assert "13/13" in done.err
    assert done.err.count("\x1b[?25l") == done.err.count("\x1b[?25h") == 1
    assert "\x1b[?25h\r\x1b[1A\x1b[2K" in done.err
    assert "ranges" not in done.out


@pytest.mark.parametrize(
    ("argv", "err_is_terminal"), [([], False), (["-q"], True), (["-q"], False)]
)
def test_nobody_who_cannot_see_it_or_wants_quiet_gets_a_bar(
    argv: list[str], *, err_is_terminal: bool, opened: Gateway
) -> None:
    done = watched(*NINE_MONTHS, *argv, out_is_terminal=True, err_is_terminal=err_is_terminal)
    assert "\x1b" not in done.err
    assert "asking" not in done.err
    assert done.code == 0


def test_a_short_range_has_no_bar(opened: Gateway) -> None:
    done = watched("report", "--last", "30d", out_is_terminal=False, err_is_terminal=True)
    assert (done.code, done.err, len(reports(opened))) == (0, "", 1)


def test_a_long_range_learns_of_objects_from_whichever_window_fails_first(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hold_back_the_second(query: str) -> None:
        if asks_from(query, "2024-04-02") and "video {" not in query:
            time.sleep(0.4)  # it fails once the others have learnt why

    with open_gateway(app=object_app()) as gateway:
        monkeypatch.setenv("GLOMEX_ENDPOINT", gateway.url)
        gateway.refuse = hold_back_the_second
        done = cli("report", "-d", "video,day", "--from", "2024-01-01", "--to", "2024-08-31")
    rows = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert list(rows[0]) == ["video", "video_title", "day", "video_views", "ad_impressions"]
    assert all(row["video_title"] == TITLES[row["video"]] for row in rows)
    assert {row["day"] for row in rows} >= {"2024-01-01", "2024-08-31"}
