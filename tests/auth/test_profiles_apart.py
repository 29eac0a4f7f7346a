"""Several profiles, one of which cannot be reached: the others are told, and forgotten."""

import json
from pathlib import Path

import jwt
import pytest

from glomex_cli.auth.mfa import way_out
from glomex_cli.auth.session import expiry_of, ready_token
from glomex_cli.auth.totp import parse_seed
from glomex_cli.config.endpoint import ServiceName
from glomex_cli.config.settings import resolve_settings
from support.cli import Glomex
from support.renewing import ahead, connected
from support.servers.service import PASSWORD, ROBOT, TENANT, Service

PAIR = {"MUX_TOKEN_ID": "an-id", "MUX_TOKEN_SECRET": "a-secret"}
SEED, OTHER_SEED = parse_seed("JBSWY3DPEHPK3PXP"), parse_seed("GEZDGNBVGY3TQOJQ")


@pytest.fixture
def three(cli: Glomex, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the profiles a, b and c, the second of which is in a keyring that is not there."""
    for name in ("a", "b", "c"):
        assert cli("login", "-p", name, answers=[ROBOT, TENANT, PASSWORD]).code == 0
    config = tmp_path / "config" / "config.toml"
    before, start, rest = config.read_text().partition("[profiles.b]")
    config.write_text(before + start + rest.replace('store = "file"', 'store = "keyring"', 1))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    return config


def test_status_tells_of_the_others_where_one_cannot_be_read(cli: Glomex, three: Path) -> None:
    done = cli("status", "-f", "json")
    told = {row["profile"]: (row["minutes_left"], row["renews"]) for row in json.loads(done.out)}
    assert told == {"a": (60, "no"), "b": (None, "no"), "c": (60, "no")}
    assert done.err.startswith("b cannot be read: ")


def test_logout_all_goes_on_where_one_store_fails(cli: Glomex, three: Path) -> None:
    done = cli("logout", "--all")
    assert done.code == 9
    first, *_ = lines = done.err.splitlines()
    assert first == "signed out of a"
    assert lines[1].startswith("not signed out of b: ")
    assert lines[2] == "signed out of c"
    assert "[profiles.b]" in three.read_text()
    assert "[profiles.c]" not in three.read_text()


def test_a_sign_in_that_is_not_to_be_kept_leaves_no_name(
    cli: Glomex, service: Service, tmp_path: Path
) -> None:
    wrong = [ROBOT, TENANT, *["wrong"] * 3]
    assert cli("login", "--store", "none", answers=wrong, terminal=True).code == 4
    assert not (tmp_path / "config" / "config.toml").exists()


def test_the_pair_of_the_environment_goes_to_mux_and_where_it_is_typed_only() -> None:
    mux = resolve_settings(PAIR, service=ServiceName.MUX)
    assert ready_token(mux, PAIR) == ("an-id:a-secret", "MUX_TOKEN_ID")
    typed = resolve_settings(PAIR, service=ServiceName.MUX, endpoint="https://mux.example")
    assert ready_token(typed, PAIR) == ("an-id:a-secret", "MUX_TOKEN_ID")
    sandbox = resolve_settings(PAIR, service=ServiceName.MUX, endpoint="mux-sandbox")
    assert ready_token(sandbox, PAIR) == ("", "")
    assert ready_token(mux, {}) == ("", "")
    assert ready_token(resolve_settings(PAIR), PAIR) == ("", "")


def test_another_secret_in_the_environment_is_not_the_one_to_check(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GLOMEX_TOTP_SECRET", OTHER_SEED.secret.reveal())
    account = connected(now=ahead).account
    assert way_out(account, SEED).startswith("sign in again: glomex login --remember; ")


@pytest.mark.parametrize(
    ("life_s", "is_believed"),
    [(0, False), (-1, False), (0.5, True), (1, True), (400 * 86_400, True), (400 * 86_401, False)],
)
def test_a_life_is_believed_that_is_one_and_no_longer_than_400_days(
    life_s: float, *, is_believed: bool
) -> None:
    now = ahead()
    claims = {"iat": 1_000_000, "exp": 1_000_000 + life_s}
    end = expiry_of(jwt.encode(claims, "k" * 32), date="", now=now)
    assert (end is not None) is is_believed
    if end is not None:
        assert (end - now).total_seconds() == life_s
