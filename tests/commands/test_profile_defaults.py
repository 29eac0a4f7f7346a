"""What a profile asks for where the command line does not say, and keys that are not ours."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from support.cli import Glomex, rows_of
from support.servers.gateway import Gateway
from support.servers.service import PASSWORD, ROBOT, TENANT, Service

JUNE = ("--from", "2025-06-01", "--to", "2025-06-14")


def configure(tmp_path: Path, lines: str, name: str = "default") -> Path:
    file = tmp_path / "config" / "config.toml"
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.write_text(f"[profiles.{name}]\n{lines}\n")
    return file


@pytest.mark.parametrize(
    ("lines", "same"),
    [
        ('metrics = ["revenue", "video_views"]', ("-m", "revenue,video_views")),
        ('metrics = "revenue, video_views"', ("-m", "revenue,video_views")),
        ('dimension = "channel,week"', ("-d", "channel,week")),
        ('dimension = ["week", "channel"]', ("-d", "channel,week")),
        ('last = "3 days"', ("--last", "3d")),
        ('last = "4w"\ndimension = "week"', ("--last", "4w", "-d", "week")),
    ],
)
def test_a_profile_says_what_is_asked_for(
    cli: Glomex, gateway: Gateway, tmp_path: Path, lines: str, same: tuple[str, ...]
) -> None:
    expected = rows_of(cli, *same)
    configure(tmp_path, lines)
    assert rows_of(cli) == expected


def test_the_command_line_wins(cli: Glomex, gateway: Gateway, tmp_path: Path) -> None:
    typed = (*JUNE, "-m", "ad_impressions", "-d", "day")
    expected = rows_of(cli, *typed)
    configure(tmp_path, 'metrics = "revenue"\nlast = "3d"\ndimension = "channel"')
    assert rows_of(cli, *typed) == expected
    assert rows_of(cli, "--period", "last-week")
    assert rows_of(cli, "--to", "2025-06-02")[-1]["channel"]


@pytest.mark.parametrize("command", ["sparkline", "plot"])
def test_pictures_have_the_metrics_and_the_range_of_the_profile(
    cli: Glomex, gateway: Gateway, tmp_path: Path, command: str
) -> None:
    expected = cli(command, "revenue", "--last", "20d")
    configure(tmp_path, 'metrics = "revenue"\nlast = "20d"\ndimension = "channel"')
    assert cli(command, "--as", "content-owner").out == expected.out


def test_the_profile_in_use_counts(cli: Glomex, gateway: Gateway, tmp_path: Path) -> None:
    cli.now = lambda: datetime(2025, 6, 20, tzinfo=UTC)
    configure(tmp_path, 'last = "3d"', "acme")
    assert len(rows_of(cli, "-p", "acme")) == 3
    assert len(rows_of(cli)) == 14


def test_a_format_counts_on_a_terminal_alone(cli: Glomex, gateway: Gateway, tmp_path: Path) -> None:
    configure(tmp_path, 'format = "csv"')
    assert cli("report", *JUNE, terminal=True).out.startswith("day,video_views")
    assert cli("report", *JUNE).out.startswith("[\n")
    assert cli("report", *JUNE, "-f", "json", terminal=True).out.startswith("[\n")
    assert cli("report", *JUNE, "-f", "auto", terminal=True).out.startswith("\x1b[1mday")
    assert cli("report", *JUNE, "-o", str(tmp_path / "x.md"), terminal=True).code == 0
    assert (tmp_path / "x.md").read_text().startswith("| day |")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('last = "soon"', "last is not a duration such as 14d or 4w"),
        ("last = 7", "last is not text"),
        ('format = "yaml"', "format must be one of: table, json, ndjson, csv, tsv, markdown"),
        ('format = "parquet"', "format must be one of: table, json, ndjson, csv, tsv, markdown"),
        ('metrics = "no name"', "metrics is not a list of names"),
        ("metrics = [1]", "metrics is not a list of names"),
        ("metrics = true", "metrics is not a list of names"),
        ('metrics = ""', "metrics is not a list of names"),
        ('dimension = ["day", "x y"]', "dimension is not a list of names"),
    ],
)
def test_what_cannot_be_used_is_named_with_file_line_and_key(
    cli: Glomex, gateway: Gateway, tmp_path: Path, line: str, problem: str
) -> None:
    file = configure(tmp_path, f"store = 'file'\n{line}")
    done = cli("report")
    assert (done.code, done.out, gateway.queries) == (9, "", [])
    assert done.err.startswith(f"error: {file}, line 3: profiles.default.{problem}\nhint: ")


def test_unknown_keys_are_named_once_with_what_was_meant(
    cli: Glomex, gateway: Gateway, tmp_path: Path
) -> None:
    file = configure(tmp_path, 'metric = "revenue"')
    said = f"{file} has an unknown key: profiles.default.metric (did you mean metrics?)\n"
    assert cli("report", *JUNE).err == said
    assert cli("report", *JUNE, "-q").err == ""
    with file.open("a") as stream:
        stream.write('zzz = 1\n[other]\n[profiles.b]\npasword = "x"\n[report]\n')
    names = (
        "other, report (did you mean reports?), profiles.default.metric (did you mean metrics?),"
        " profiles.default.zzz, profiles.b.pasword"
    )
    assert cli("report", *JUNE).err == f"{file} has unknown keys: {names}\n"
    assert cli("doctor", "-f", "json").err.count("unknown keys") == 1


def test_a_sign_in_keeps_the_defaults(cli: Glomex, service: Service, tmp_path: Path) -> None:
    file = configure(tmp_path, 'last = "3d" # three\nmetrics = ["revenue"]')
    assert cli("login", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    assert 'last = "3d" # three\nmetrics = ["revenue"]\n' in file.read_text()
