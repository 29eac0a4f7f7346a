"""`report --save NAME`, `report NAME`, `--list` and `--delete`: options kept under a name."""

import json
from pathlib import Path

import pytest

from glomex_cli.sandbox.sessions import SANDBOX_PASSWORD
from support.cli import Glomex, rows_of
from support.servers.gateway import Gateway, robot_token

JUNE = ("--from", "2025-06-01", "--to", "2025-06-14")
CHANNELS = ("-d", "channel", "-m", "video_views", *JUNE)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the file of settings, with a comment in it."""
    file = tmp_path / "config" / "config.toml"
    file.parent.mkdir()
    file.write_text("# mine\n\n[profiles.acme]\nlogin = 'x' # theirs\n# the end\n")
    return file


def test_a_saved_report_prints_what_its_options_print(
    cli: Glomex, gateway: Gateway, config: Path
) -> None:
    before = config.read_text()
    done = cli("report", *CHANNELS, "--limit", "3", "--save", "top")
    assert (done.code, done.out) == (0, "")
    assert done.err == "saved top; run it: glomex report top\n"
    assert config.read_text() == (
        f"{before}\n[reports]\n"
        'top = "--dimension channel --metric video_views'
        ' --from 2025-06-01 --to 2025-06-14 --limit 3"\n'
    )
    assert gateway.queries == []
    assert cli("report", "top").out == cli("report", *CHANNELS, "--limit", "3").out


@pytest.mark.parametrize(
    ("before", "above"), [("", ""), ("# mine", "# mine\n\n"), ("# mine\n", "# mine\n\n")]
)
def test_the_first_saved_report_comes_below_what_is_there(
    cli: Glomex, config: Path, before: str, above: str
) -> None:
    config.write_text(before)
    assert cli("report", *CHANNELS, "--save", "top").code == 0
    saved = "--dimension channel --metric video_views --from 2025-06-01 --to 2025-06-14"
    assert config.read_text() == f'{above}[reports]\ntop = "{saved}"\n'


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        (["--limit", "1"], [*CHANNELS, "--limit", "1"]),
        (["-m", "ad_impressions"], ["-d", "channel", "-m", "ad_impressions", *JUNE, "--limit=3"]),
        (["--to", "2025-06-02"], [*CHANNELS[:6], "--to", "2025-06-02", "--limit", "3"]),
        (["-d", "day"], ["-d", "day", *CHANNELS[2:], "--limit", "3"]),
        (["-f", "csv"], [*CHANNELS, "--limit", "3", "-f", "csv"]),
    ],
)
def test_what_is_typed_wins_over_what_is_saved(
    cli: Glomex, gateway: Gateway, typed: list[str], same: list[str]
) -> None:
    cli("report", *CHANNELS, "--limit", "3", "--save", "top")
    for argv in (["top", *typed], [*typed, "top"]):
        done = cli("report", *argv)
        assert (done.code, done.out) == (0, cli("report", *same).out)


@pytest.mark.parametrize("typed", [["--last", "3d"], ["--period", "last-week"]])
def test_a_typed_range_takes_the_place_of_the_saved_one(
    cli: Glomex, gateway: Gateway, typed: list[str]
) -> None:
    cli("report", *JUNE, "--save", "june")
    assert cli("report", "june", *typed).out == cli("report", *typed).out
    cli("report", *typed, "--save", "other")
    days = ("--from", "2025-06-01", "--to", "2025-06-02")
    assert cli("report", "other", *days).out == cli("report", *days).out


def test_what_suits_only_the_saved_format_gives_way_with_it(
    cli: Glomex, gateway: Gateway, tmp_path: Path
) -> None:
    cli("report", *JUNE, "-f", "csv", "--bom", "--save", "excel")
    assert cli("report", "excel").out.startswith("\ufeffday,")
    assert rows_of(cli, "excel") == rows_of(cli, *JUNE)
    assert cli("report", "excel", "-o", str(tmp_path / "x.json")).code == 0
    assert json.loads((tmp_path / "x.json").read_text()) == rows_of(cli, *JUNE)


def test_a_saved_trend_is_for_tables_and_breaks_no_pipe(cli: Glomex, gateway: Gateway) -> None:
    cli("report", *CHANNELS, "--trend", "--save", "trend")
    assert "trend" in cli("report", "trend", "-f", "table").out
    assert rows_of(cli, "trend") == rows_of(cli, *CHANNELS)
    assert cli("report", *CHANNELS, "--trend", "-f", "json").code == 2


def test_a_value_that_begins_with_a_dash_is_saved(cli: Glomex, gateway: Gateway) -> None:
    cli("report", *JUNE, "--sort", "-video_views", "--save", "high")
    assert cli("report", "high").out == cli("report", *JUNE, "--sort", "-video_views").out


def test_they_are_listed_replaced_and_deleted(cli: Glomex, gateway: Gateway, config: Path) -> None:
    before = config.read_text()
    listed = cli("report", "--list")
    assert (listed.code, listed.out) == (0, "[]\n")
    assert listed.err == "no saved reports; save one: glomex report -d week --save weekly\n"
    cli("report", "--save", "week.ly", "-d", "week")
    cli("report", "--save", "b", "--limit", "1")
    assert cli("report", "--save", "b", "--limit", "2").err.startswith("replaced b; ")
    assert json.loads(cli("report", "--list").out) == [
        {"name": "week.ly", "options": "--dimension week"},
        {"name": "b", "options": "--limit 2"},
    ]
    assert "week.ly  --dimension week" in cli("report", "--list", terminal=True).out
    for name in ("week.ly", "b"):
        assert cli("report", "--delete", name).err == f"deleted {name}\n"
    assert json.loads(cli("report", "--list").out) == []
    assert config.read_text() == f"{before}\n[reports]\n"


def test_a_report_can_be_made_of_another(cli: Glomex, gateway: Gateway) -> None:
    cli("report", *CHANNELS, "--save", "a")
    cli("report", "a", "--limit", "2", "--save", "b")
    assert cli("report", "b").out == cli("report", *CHANNELS, "--limit", "2").out


@pytest.mark.parametrize(
    "argv",
    [
        ["-d", "day,week"],
        ["--last", "4x"],
        ["--limit", "none"],
        ["--nonsense"],
        ["--filter", "x"],
        ["--compare", "nothing"],
        ["-f", "yaml"],
        ["--from", "2025-06-02", "--to", "2025-06-01"],
        ["--bom", "-f", "json"],
        ["--list"],
        ["--delete", "x"],
        ["no-such-report"],
    ],
)
def test_what_cannot_be_run_is_not_saved(
    cli: Glomex, gateway: Gateway, config: Path, argv: list[str]
) -> None:
    before = config.read_text()
    done = cli("report", *argv, "--save", "x")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ")
    assert config.read_text() == before


@pytest.mark.parametrize("name", ["", "-x", "../x", "a b", "ü", "x" * 65, "a\n"])
def test_names_that_no_shell_would_complete_are_refused(
    cli: Glomex, gateway: Gateway, config: Path, name: str
) -> None:
    before = config.read_text()
    done = cli("report", "-d", "week", f"--save={name}")
    assert (done.code, "a saved report cannot be called" in done.err) == (2, True)
    assert config.read_text() == before


def test_no_secret_is_saved(
    cli: Glomex, gateway: Gateway, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = config.read_text()
    monkeypatch.setenv("GLOMEX_PASSWORD", SANDBOX_PASSWORD)
    monkeypatch.delenv("GLOMEX_TOKEN")
    for value in (SANDBOX_PASSWORD, robot_token()):
        done = cli("report", "--filter", f"channel={value}", "--save", "x")
        assert done.code == 2
        assert done.err.startswith("error: a saved report holds no password and no token\nhint: ")
    done = cli("report", "--endpoint", f"https://me:{SANDBOX_PASSWORD}@x.example", "--save", "x")
    assert done.code == 9
    assert config.read_text() == before


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("weekl", "did you mean glomex report weekly?"),
        ("zzz", "glomex report --list"),
        ("channel", "to group by channel: glomex report -d channel"),
    ],
)
def test_a_name_that_is_not_saved_is_refused_with_what_was_meant(
    cli: Glomex, gateway: Gateway, name: str, hint: str
) -> None:
    cli("report", "-d", "week", "--save", "weekly")
    done = cli("report", name)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"error: there is no saved report '{name}'\nhint: {hint}\n"
    deleted = cli("report", "--delete", name)
    assert (deleted.code, deleted.err) == (2, done.err)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ('"--limit none"', "line 2: reports.x: --limit 'none' is not a whole number"),
        ('"--nonsense"', "line 2: reports.x: unknown option '--nonsense'"),
        ('"x"', "line 2: reports.x is not a list of options of glomex report"),
        ('"--save y"', "line 2: reports.x is not a list of options of glomex report"),
        ('"--sort \'a"', "line 2: reports.x is not a list of options of glomex report"),
        ("7", "line 2: reports.x is not text"),
    ],
)
def test_a_saved_report_that_was_spoilt_is_named_with_file_and_key(
    cli: Glomex, gateway: Gateway, config: Path, options: str, problem: str
) -> None:
    config.write_text(f"[reports]\nx = {options}\n")
    done = cli("report", "x")
    assert (done.code, done.out) == (9, "")
    assert done.err.startswith(f"error: {config}, {problem}")
    assert gateway.queries == []


def test_rows_that_are_not_there_are_told_with_their_filters(
    cli: Glomex, own_gateway: Gateway
) -> None:
    done = cli("report", *JUNE, "--as", "publisher", "--filter", "integration=none-such")
    said = "no rows for 2025-06-01 to 2025-06-14 with integration=none-such\n"
    assert (done.code, done.err) == (0, said)
