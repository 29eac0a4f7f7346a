"""Mux Data on the command line: the line of 2017, tokens of the environment, two profiles."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from glomex_cli.sandbox.mux.access import VIDEO_TOKEN_ID
from glomex_cli.sandbox.mux.scope import MuxOptions
from glomex_cli.services.mux.metrics import MUX_METRICS, kind_of_mux
from support.cli import Glomex, rows_of
from support.servers.mux_service import TOKEN_ID, TOKEN_SECRET, MuxServed, serving_mux
from support.servers.service import PASSWORD, ROBOT, TENANT, Service, running

BASIC = "Basic " + base64.b64encode(f"{TOKEN_ID}:{TOKEN_SECRET}".encode()).decode()
BARS = set("▁▂▃▄▅▆▇█ ")


@pytest.fixture
def mux() -> Iterator[MuxServed]:
    """Serve the Mux sandbox over HTTP."""
    with serving_mux() as served:
        yield served


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the token into the environment, as for Mux's own tools."""
    monkeypatch.setenv("MUX_TOKEN_ID", TOKEN_ID)
    monkeypatch.setenv("MUX_TOKEN_SECRET", TOKEN_SECRET)


def sign_in(cli: Glomex, mux: MuxServed, *more: str) -> None:
    argv = ("login", "--service", "mux", "--endpoint", mux.url, *more)
    assert cli(*argv, answers=[TOKEN_ID, TOKEN_SECRET]).code == 0


@pytest.mark.usefixtures("pair")
def test_the_line_of_2017_is_one_command_with_nothing_stored(
    cli: Glomex, mux: MuxServed, tmp_path: Path
) -> None:
    done = cli(
        "sparkline", "time_to_first_frame", "--last", "24h", "--service", "mux",
        "--endpoint", mux.url, "--labels", "-v",
    )  # fmt: skip
    assert done.code == 0
    name, bars, *_ = done.out.split()
    assert name == "time_to_first_frame"
    assert set(bars) <= BARS
    assert len(bars) > 10
    assert done.err.count("time_to_first_frame is called video_startup_time") == 1
    assert "GET 127.0.0.1 video_startup_time/timeseries: 200" in done.err
    (heard,) = mux.app.heard
    assert (heard.authorization, heard.values("group_by")) == (BASIC, ["hour"])
    assert not (tmp_path / "config").exists()


def test_the_embedded_sandbox_works_at_once_and_keeps_nothing(
    cli: Glomex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "mux-sandbox")
    rows = rows_of(cli, "-d", "hour", "-m", "views", "--last", "5h")
    assert len(rows) in {5, 6}
    assert rows[0]["hour"].endswith(":00:00Z")
    assert not (tmp_path / "config").exists()
    assert not (tmp_path / "home").exists()


def test_sandbox_and_service_together_name_the_one_of_mux(cli: Glomex) -> None:
    done = cli("token", "--endpoint", "sandbox", "--service", "mux")
    assert done.out == f"{TOKEN_ID}:{TOKEN_SECRET}\n"


def test_a_sign_in_names_the_environment_and_gets_a_profile_of_its_own(
    cli: Glomex, mux: MuxServed
) -> None:
    argv = ("login", "--service", "mux", "--endpoint", mux.url)
    done = cli(*argv, answers=[TOKEN_ID, TOKEN_SECRET])
    assert cli.asked == [("Token id", False), ("Token secret", True)]
    assert "environment Sandbox of Glomex Sandbox, token mux-sandbox, read only" in done.err
    assert mux.app.paths() == ["v1/whoami"]
    (row,) = json.loads(cli("status", "-f", "json").out)
    assert (row["profile"], row["login"], row["renews"]) == ("mux", TOKEN_ID, "does not expire")
    assert row["minutes_left"] is None
    assert cli("token").out == f"{TOKEN_ID}:{TOKEN_SECRET}\n"
    forgotten = cli("logout")
    assert "valid until it is revoked" in forgotten.err
    assert cli("status").code == 4


def test_the_secret_may_come_on_stdin(cli: Glomex, mux: MuxServed) -> None:
    argv = ("--service", "mux", "--endpoint", mux.url, "--token-id", TOKEN_ID, "--secret-stdin")
    assert cli("login", *argv, stdin=f"{TOKEN_SECRET}\n").code == 0
    assert mux.app.heard[0].authorization == BASIC


@pytest.mark.usefixtures("pair")
def test_a_sign_in_beside_the_pair_names_what_is_used_before_it(
    cli: Glomex, mux: MuxServed
) -> None:
    done = cli("login", "--service", "mux", "--endpoint", mux.url)
    assert "MUX_TOKEN_ID takes precedence over this sign-in: unset MUX_TOKEN_ID\n" in done.err


def test_two_profiles_side_by_side_each_ask_their_own_origin(cli: Glomex, mux: MuxServed) -> None:
    with running() as glomex:
        argv = ("login", "--endpoint", glomex.url)
        assert cli(*argv, answers=[ROBOT, TENANT, PASSWORD]).code == 0
        sign_in(cli, mux)
        mux.app.heard.clear()
        names = [row["profile"] for row in json.loads(cli("status", "-f", "json").out)]
        assert names == ["default", "mux"]
        ours = rows_of(cli, "--last", "3d")
        assert not mux.app.heard
        theirs = rows_of(cli, "-p", "mux", "-d", "day", "--last", "3d")
        assert {each.authorization for each in mux.app.heard} == {BASIC}
    assert set(ours[0]) == {"day", "video_views", "ad_impressions"}
    assert set(theirs[0]) == {"day", "views", "video_startup_time"}


@pytest.mark.usefixtures("pair")
def test_the_pair_of_the_environment_is_never_sent_to_a_stored_origin(
    cli: Glomex, mux: MuxServed, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in_with_stdin = ("--token-id", TOKEN_ID, "--secret-stdin")
    argv = ("login", "--service", "mux", "--endpoint", mux.url, *sign_in_with_stdin)
    assert cli(*argv, stdin=TOKEN_SECRET).code == 0
    monkeypatch.setenv("MUX_TOKEN_ID", "another")
    monkeypatch.setenv("MUX_TOKEN_SECRET", "canary-token")
    mux.app.heard.clear()
    rows_of(cli, "-p", "mux", "-d", "none", "-m", "views", "--last", "2d")
    assert [each.authorization for each in mux.app.heard] == [BASIC]


@pytest.mark.parametrize("lone", ["MUX_TOKEN_ID", "MUX_TOKEN_SECRET"])
def test_one_variable_without_the_other_is_refused(
    cli: Glomex, mux: MuxServed, monkeypatch: pytest.MonkeyPatch, lone: str
) -> None:
    monkeypatch.setenv(lone, "canary-token")
    for command in ("login", "report"):
        done = cli(command, "--service", "mux", "--endpoint", mux.url)
        assert done.code == 9
        assert f"{lone} is set without" in done.err
    assert not mux.app.heard


def test_a_token_without_data_read_is_refused_at_sign_in(cli: Glomex, mux: MuxServed) -> None:
    argv = ("login", "--service", "mux", "--endpoint", mux.url)
    done = cli(*argv, answers=[VIDEO_TOKEN_ID, TOKEN_SECRET])
    assert done.code == 4
    assert "data:read" in done.err
    wrong = cli(*argv, answers=[TOKEN_ID, "canary-token"])
    assert wrong.code == 4
    assert "refused this token id and secret" in wrong.err
    assert cli("status").code == 4


def test_a_token_that_is_refused_later_is_not_renewed(
    cli: Glomex, mux: MuxServed, tmp_path: Path
) -> None:
    sign_in(cli, mux)
    store = tmp_path / "config" / "credentials.json"
    store.write_text(store.read_text().replace("only+mux=", "only+canary-token="))
    done = cli("report", "-m", "views")
    assert done.code == 4
    assert "no longer accepts the token" in done.err


def test_glomex_token_with_a_colon_is_basic_and_without_is_bearer(
    cli: Glomex, mux: MuxServed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_SERVICE", "mux")
    monkeypatch.setenv("GLOMEX_ENDPOINT", mux.url)
    for token, code in ((f"{TOKEN_ID}:{TOKEN_SECRET}", 0), ("oauth-token", 4)):
        monkeypatch.setenv("GLOMEX_TOKEN", token)
        assert cli("report", "-d", "none", "-m", "views").code == code
    assert [each.authorization.split()[0] for each in mux.app.heard] == ["Basic", "Bearer"]


def test_what_is_printed_as_a_query_is_a_query(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "mux-sandbox")
    argv = ("-d", "day", "-m", "views,seek_latency", "--last", "2d")
    printed = cli("report", *argv, "--print-query").out
    assert [line.split("?")[0] for line in printed.splitlines()] == [
        "/data/v1/metrics/views/timeseries",
        "/data/v1/metrics/seek_latency/timeseries",
    ]
    views, _ = json.loads(cli("query", "-", stdin=printed).out)
    assert [row[1] for row in views["data"]] == [row["views"] for row in rows_of(cli, *argv)]
    typed = cli("query", "/data/v1/metrics/views/overall", "--var", "timeframe[]=7:days")
    assert json.loads(typed.out)["data"]["value"] > 0
    for path in ("https://api.mux.com/data/v1/dimensions", "//evil.example/"):
        assert cli("query", path).code == 2


def test_a_total_below_medians_is_the_figure_of_the_whole(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "mux-sandbox")
    argv = ("-m", "video_startup_time,views", "--last", "3d")
    (whole,) = rows_of(cli, "-d", "none", *argv)
    done = cli("report", "-d", "country", *argv, "--total", "--limit", "3", "-f", "markdown")
    total = done.out.splitlines()[-1]
    assert f"{whole['views']:,}" in total
    assert str(whole["video_startup_time"])[:3] in total


def test_no_total_of_any_metric_adds_what_does_not_add_up(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "mux-sandbox")
    last = datetime.now(UTC).date() - timedelta(7)  # views of yesterday still come in
    days = ("--from", str(last - timedelta(1)), "--to", str(last))
    argv = ("-m", ",".join(MUX_METRICS), *days)
    rows = rows_of(cli, "-d", "browser", *argv)
    (whole,) = rows_of(cli, "-d", "none", *argv)
    header, *_, total = cli(
        "report", "-d", "browser", *argv, "--total", "-f", "table"
    ).out.splitlines()
    shown = dict(zip(header.split(), total.split(), strict=True))
    for name in MUX_METRICS:
        added = sum(row[name] for row in rows)
        expected = added if kind_of_mux(name).adds_up else whole[name]
        assert float(shown[name]) == pytest.approx(expected), name
        assert whole[name] == pytest.approx(expected), name


@pytest.mark.parametrize(
    ("metrics", "said"),
    [
        ("video_startup_time", ""),
        ("views", ", and is left out of the total"),
        ("views,video_startup_time", ", and is left out of the sums in the total"),
    ],
)
def test_what_a_compared_total_leaves_out_is_said(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, metrics: str, said: str
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "mux-sandbox")
    argv = ("-d", "day", "-m", metrics, "--from", "yesterday", "--to", "today", "-f", "markdown")
    done = cli("report", *argv, "--compare", "previous", "--total")
    assert done.code == 0, done.err
    assert f"is not complete: the range cuts it, or it has not ended{said}\n" in done.err


def test_schema_lists_what_the_account_has(cli: Glomex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "mux-sandbox")
    rows = json.loads(cli("schema", "-f", "json").out)
    listed = {(row["what"], row["name"]): row["type"] for row in rows}
    assert listed["metric", "video_startup_time"] == "milliseconds, median"
    assert ("dimension", "hour") in listed
    assert ("filter", "video_cdn_trace") in listed


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (MuxOptions(html=True), 5),
        (MuxOptions(empty=True), 7),
        (MuxOptions(cut_pages=True), 6),
    ],
)
def test_what_is_no_whole_answer_has_its_exit_code(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, options: MuxOptions, code: int
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", f"{TOKEN_ID}:{TOKEN_SECRET}")
    with serving_mux(options) as served:
        argv = ("--service", "mux", "--endpoint", served.url)
        assert cli("report", "-d", "country", "-m", "views", *argv).code == code


def test_a_series_of_strings_and_gaps_draws_the_same_line(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "mux-sandbox")
    argv = ("sparkline", "video_startup_time", "-d", "hour", "--last", "3d", "--no-labels")
    plain = cli(*argv).out
    monkeypatch.setenv("GLOMEX_SANDBOX_STRINGS", "1")
    assert cli(*argv).out == plain
    assert set(plain.strip()) <= BARS


def test_doctor_examines_a_token_of_mux(cli: Glomex, mux: MuxServed) -> None:
    sign_in(cli, mux)
    done = cli("doctor", "-f", "json")
    found = {row["check"]: row for row in json.loads(done.out)}
    assert done.code == 0, done.out
    assert found["sign-in"]["text"].endswith("does not expire")
    assert "51 metrics" in found["schema"]["text"]
    assert "127.0.0.1 answers" in found["service"]["text"]


def test_schema_lists_the_values_of_a_dimension(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "mux-sandbox")
    rows = json.loads(cli("schema", "country", "-f", "json").out)
    assert len(rows) == 250
    assert list(rows[0]) == ["country", "views"]
    assert rows[0]["views"] > rows[-1]["views"]
    misspelt = cli("schema", "contry")
    assert misspelt.code == 2
    assert misspelt.err.endswith("hint: did you mean glomex schema country?\n")


def test_glomex_lists_no_values(cli: Glomex, signed_in: Service) -> None:
    done = cli("schema", "channel")
    assert done.code == 2
    assert done.err.startswith("error: Glomex does not list the values")
