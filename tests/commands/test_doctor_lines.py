"""How `glomex doctor` writes what it found: for people, for programs, and nothing private."""

import json
import re
from pathlib import Path

import pytest

from glomex_cli.sandbox.sessions import SANDBOX_TOTP_SEED
from support.cli import Glomex
from support.doctoring import NAMES, examined
from support.servers.gateway import robot_token
from support.servers.service import LOGIN, PASSWORD, TENANT, Service

LINE = re.compile(r"(ok  |warn|fail|skip)  (\S+) +(\S.*)")
HINT = re.compile(r" {16}hint: \S.*")


def test_a_line_a_check_with_its_hint_beneath_in_plain_letters(
    cli: Glomex, service: Service
) -> None:
    done = cli("doctor")
    first, *lines = done.out.splitlines()
    assert first.startswith("ok    versions  glomex ")
    assert done.out.isascii()
    checks = [match for line in lines if (match := LINE.fullmatch(line))]
    hints = [line for line in lines if HINT.fullmatch(line)]
    assert [match[2] for match in checks] == list(NAMES[1:])
    assert len({match.start(3) for match in checks}) == 1
    assert hints == [f"{' ' * 16}hint: glomex login"]
    assert lines.index(hints[0]) == len(lines) - 4  # below the sign-in, above the last three
    assert len(lines) == len(checks) + len(hints)


def test_colour_adds_nothing_but_colour(cli: Glomex, service: Service) -> None:
    colored = cli("doctor", "--color", "always").out
    plain = re.sub(r"\x1b\[\d+m", "", colored)
    assert {"\x1b[32mok  \x1b[0m", "\x1b[31mfail\x1b[0m", "\x1b[2mskip\x1b[0m"} <= set(
        re.findall(r"\x1b\[\d+m....\x1b\[0m", colored)
    )
    assert [line[:14] for line in plain.splitlines()] == [
        line[:14] for line in cli("doctor").out.splitlines()
    ]


@pytest.mark.parametrize("columns", [30, 80, 300])
def test_on_a_terminal_long_lines_are_broken_at_spaces(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    lines = cli("doctor", terminal=True).out.splitlines()
    words = [line[16:].split() for line in lines]
    longest = max(len(word) for each in words for word in each)
    assert max(map(len, lines)) <= max(columns, 16 + longest)
    assert all(line[:6] == "      " or LINE.fullmatch(line) for line in lines)


def test_requests_are_told_on_stderr_where_asked_for(cli: Glomex, signed_in: Service) -> None:
    told = cli("doctor", "-v").err.splitlines()
    assert [line.split(" in ")[0] for line in told] == [
        "POST 127.0.0.1 __typename: 200",
        "POST 127.0.0.1 __schema: 200",
    ]
    assert cli("doctor").err == ""


def test_nothing_private_is_in_the_report(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("GLOMEX_CONFIG_DIR", str(home / ".config" / "glomex"))
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    monkeypatch.setenv("GLOMEX_TOTP_SECRET", SANDBOX_TOTP_SEED)
    monkeypatch.setenv("HTTPS_PROXY", "http://canary-user:canary-pw@127.0.0.1:1")
    monkeypatch.setenv("SSL_CERT_FILE", str(home / "canary.pem"))
    assert cli("login", "--login", LOGIN, "--tenant", TENANT).code == 0
    kept = json.loads((home / ".config" / "glomex" / "credentials.json").read_text())
    token = json.loads(kept["default"])["token"]
    port = service.url.rsplit(":", 1)[1].split("/")[0]
    shown = "".join(
        done.out + done.err
        for done in (
            cli("doctor", "-v"),
            cli("doctor", "-v", "-f", "json"),
            cli("doctor", "-v", "--endpoint", f"https://127.0.0.1:{port}/"),
            cli("doctor", "-v", "--endpoint", "https://127.0.0.1:1/", "-p", "other"),
        )
    )
    secrets = {LOGIN, TENANT, PASSWORD, SANDBOX_TOTP_SEED, token, str(home), "canary-user"}
    secrets |= {"canary-pw", LOGIN.split("@")[0]}
    assert {secret for secret in secrets if secret in shown} == set()
    assert "~/.config/glomex/config.toml" in shown
    assert "http://***:***@127.0.0.1:1 for" in shown
    assert "SSL_CERT_FILE cannot be used (~/canary.pem)" in shown


def test_home_of_a_namesake_is_not_cut(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GLOMEX_CONFIG_DIR", f"{tmp_path / 'home'}stead")
    assert f"{tmp_path / 'home'}stead/" in examined(cli)["settings"].text


@pytest.mark.parametrize("name", ["csv", "ndjson", "table"])
def test_other_formats_are_those_of_every_report(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", robot_token())
    done = cli("doctor", "-f", name)
    assert done.code == 0
    assert all(check in done.out for check in NAMES)


def test_root_is_nobodys_home(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", "/")
    assert f" {tmp_path}/config/" in examined(cli)["settings"].text
