"""However many processes want a code, each code is sent by one of them."""

import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from glomex_cli.auth.mfa import claim_window
from glomex_cli.auth.totp import Seed, parse_seed
from glomex_cli.errors import ConfigurationError
from glomex_cli.storage.files import locked
from support.files import mode_of, names, posix_only, unmeasured

TEXT = "JBSWY3DPEHPK3PXP"
SEED = parse_seed(TEXT)
OTHER = parse_seed("A" * 16)


def test_window_is_claimed_once(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert claim_window(folder, SEED, 100) is True
    assert claim_window(folder, SEED, 100) is False
    assert claim_window(folder, SEED, 101) is True
    assert claim_window(folder, SEED, 100) is False
    assert claim_window(folder, SEED, 0) is True


@pytest.mark.parametrize("window", [0, 1])
def test_first_windows_of_all_can_be_claimed(window: int, tmp_path: Path) -> None:
    assert claim_window(tmp_path, SEED, window) is True
    assert claim_window(tmp_path, SEED, window) is False


def test_each_seed_has_its_own_windows(tmp_path: Path) -> None:
    assert claim_window(tmp_path, SEED, 100)
    assert claim_window(tmp_path, OTHER, 100)
    assert not claim_window(tmp_path, SEED, 100)
    assert not claim_window(tmp_path, OTHER, 100)
    assert not claim_window(tmp_path, parse_seed(TEXT.lower()), 100)


@pytest.mark.parametrize(("ahead", "claimed"), [(0, False), (1, False), (10, False), (11, True)])
def test_clock_that_was_wrong_bars_codes_for_ten_windows_at_most(
    ahead: int,
    claimed: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    claim_window(tmp_path, SEED, 1000 + ahead)
    assert claim_window(tmp_path, SEED, 1000) is claimed


@posix_only
def test_file_is_private_and_holds_no_seed(tmp_path: Path) -> None:
    claim_window(tmp_path, SEED, 100)
    path = tmp_path / "mfa-windows"
    assert mode_of(path) == 0o600
    assert names(tmp_path) == {"mfa-windows", ".mfa-windows.lock"}
    assert TEXT not in path.read_text()
    assert re.fullmatch(r'\{"[0-9a-f]{16}": 100\}', path.read_text())


def test_file_does_not_grow_without_end(tmp_path: Path) -> None:
    seeds = [parse_seed("A" * 14 + "BCDEFGHIJK"[n // 10] + "BCDEFGHIJK"[n % 10]) for n in range(70)]
    assert all(claim_window(tmp_path, seed, 100) for seed in seeds)
    assert (tmp_path / "mfa-windows").read_text().count(":") == 64
    assert not any(claim_window(tmp_path, seed, 100) for seed in seeds[6:])


DAMAGED = [b"", b"{", b"[1]", b"7", b"\xff\xfe", b"[" * 60_000, b'{"a": "b", "c": true}', b"\0"]


@pytest.mark.parametrize("content", DAMAGED)
def test_damaged_file_is_replaced(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "mfa-windows").write_bytes(content)
    assert claim_window(tmp_path, SEED, 100) is True
    assert claim_window(tmp_path, SEED, 100) is False


def test_file_too_long_to_be_ours_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "mfa-windows"
    path.write_text('{"a": 1' + " " * 2**16 + "}")
    assert claim_window(tmp_path, SEED, 100) is True
    assert path.read_text().count(":") == 1


def test_other_seeds_are_kept_when_a_value_is_odd(tmp_path: Path) -> None:
    claim_window(tmp_path, SEED, 100)
    path = tmp_path / "mfa-windows"
    path.write_text(path.read_text().replace("{", '{"odd": null, '))
    claim_window(tmp_path, OTHER, 100)
    assert claim_window(tmp_path, SEED, 100) is False


def test_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "glomex").write_text("a file in the way")
    with pytest.raises(ConfigurationError, match="cannot be used: file exists"):
        claim_window(tmp_path / "glomex", SEED, 100)


CLAIM = """\
import sys
from pathlib import Path
from glomex_cli.auth.mfa import claim_window
from glomex_cli.auth.totp import parse_seed
seed = parse_seed(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
print(*(window for window in range(10) if claim_window(Path(sys.argv[1]), seed, window)))
"""


def test_ten_processes_never_claim_one_window_twice(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CLAIM, str(tmp_path), TEXT]

    def start() -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=unmeasured())

    def finish(process: subprocess.Popen[str]) -> str:
        return process.communicate("\n", timeout=60)[0]

    processes = [start() for _ in range(10)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    with ThreadPoolExecutor(max_workers=10) as pool:
        outputs = list(pool.map(finish, processes))
    claimed = [int(window) for output in outputs for window in output.split()]
    assert [process.returncode for process in processes] == [0] * 10
    assert sorted(claimed) == list(range(10))


def test_seed_of_the_same_secret_shares_its_windows(tmp_path: Path) -> None:
    claim_window(tmp_path, SEED, 100)
    assert claim_window(tmp_path, Seed(SEED.secret, digits=8), 100) is False


def test_lock_is_shared_with_whoever_holds_it(tmp_path: Path) -> None:
    started = time.monotonic()
    with locked(tmp_path / "mfa-windows"), pytest.raises(ConfigurationError, match="another"):
        claim_window(tmp_path, SEED, 100, wait_s=0.05)
    assert time.monotonic() - started < 5
