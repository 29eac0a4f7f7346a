"""Which store is used where no option names one."""

from pathlib import Path

import pytest

from glomex_cli.errors import ConfigurationError
from glomex_cli.store.choice import store_in_use
from glomex_cli.store.interface import StoreName


@pytest.mark.parametrize("name", StoreName)
def test_the_environment_decides(tmp_path: Path, name: StoreName) -> None:
    assert store_in_use(tmp_path, {"GLOMEX_STORE": name}) is name


def test_a_file_that_was_once_asked_for_is_remembered(tmp_path: Path) -> None:
    assert store_in_use(tmp_path, {}) is StoreName.KEYRING
    (tmp_path / "credentials.json").touch()
    assert store_in_use(tmp_path, {}) is StoreName.FILE


def test_another_name_is_refused_and_not_quoted(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as raised:
        store_in_use(tmp_path, {"GLOMEX_STORE": "canary"})
    assert "canary" not in raised.value.message + raised.value.hint
