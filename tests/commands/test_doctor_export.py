"""`glomex doctor` on exports: the packages, and a destination that it only reads."""

from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest

from support.cli import Glomex
from support.doctoring import examined, files
from support.servers.gateway import Gateway


def test_the_packages_are_named_with_their_versions(cli: Glomex, gateway: Gateway) -> None:
    found = examined(cli)["export"]
    assert found.state == "ok"
    assert f"arro3-io {version('arro3-io')}" in found.text
    assert f"obstore {version('obstore')}" in found.text


def test_a_destination_is_read_and_left_as_it_is(
    cli: Glomex, gateway: Gateway, tmp_path: Path
) -> None:
    lake = str(tmp_path / "lake")
    found = examined(cli, "--export", lake)["export"]
    assert (found.state, found.text.split(";")[0]) == ("ok", f"{lake} contains no export yet")
    assert not Path(lake).exists()
    today, cli.now = cli.now, lambda: datetime(2025, 7, 20, 12, tzinfo=UTC)
    assert cli("export", lake, "--from", "2025-06-01").code == 0
    cli.now = today
    before = files(Path(lake))
    text = examined(cli, "--export", lake)["export"].text
    assert f"{lake} holds 2 months since 2025-06-01, 1 settled" in text
    assert files(Path(lake)) == before


@pytest.mark.skipif(not Path("/proc/1").is_dir(), reason="there is no /proc here")
@pytest.mark.parametrize("place", ["/proc/1", "/proc/1/deep/lake"])
def test_a_folder_that_cannot_be_written_fails(cli: Glomex, gateway: Gateway, place: str) -> None:
    """Nobody may write there, root included."""
    found = examined(cli, "--export", place)
    assert (found.code, found["export"].state) == (9, "fail")
    assert found["export"].text == f"{place} cannot be used: permission denied"


def test_a_destination_that_cannot_be_read_fails_with_its_exit_code(
    cli: Glomex, gateway: Gateway, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    found = examined(cli, "--export", str(tmp_path / "file"))
    assert (found.code, found["export"].state) == (9, "fail")
    assert "not a directory" in found["export"].text
