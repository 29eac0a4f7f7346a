"""Which keyring is used where nobody chose one, and that nobody else can choose."""

import subprocess
import sys
from pathlib import Path

import pytest

from glomex_cli.errors import StoreError
from glomex_cli.storage.keyring_backends import (
    KWALLET,
    SECRET_SERVICE,
    SystemBackend,
    keyring_config_file,
    known_backend,
)
from support.stores.process import run_store
from support.stores.secret_service import clean_environment

pytestmark = pytest.mark.process

STEPS = ["probe", "read:acme", "write:acme:token", "erase:acme"]
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a real keyring is there")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Return an environment with a home of its own, and no message bus."""
    return clean_environment(tmp_path / "home")


@pytest.mark.fault("F39")
@on_linux
def test_without_a_bus_there_is_no_keyring_and_a_way_out(
    environ: dict[str, str], tmp_path: Path
) -> None:
    outcomes = run_store(*STEPS, folder=tmp_path, environ=environ)
    assert len(outcomes) == len(STEPS)
    for outcome in outcomes:
        assert outcome.error == "no usable keyring on this system"
        assert "--store file" in outcome.hint
        assert "--store none" in outcome.hint
    assert not (tmp_path / "keyring-backend").exists()


@on_linux
@pytest.mark.parametrize(
    "address", ["unix:path=/nonexistent/bus", "tcp:host=x", "nonsense", "unix:path=%", ""]
)
def test_bus_that_is_not_there_is_no_keyring(
    address: str, environ: dict[str, str], tmp_path: Path
) -> None:
    elsewhere = environ | {"DBUS_SESSION_BUS_ADDRESS": address}
    (outcome,) = run_store("probe", folder=tmp_path, environ=elsewhere)
    assert outcome.error == "no usable keyring on this system"


@on_linux
@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_keyring_of_another_system_is_not_usable_here(platform: str, tmp_path: Path) -> None:
    backend = SystemBackend(folder=tmp_path, environ={"HOME": str(tmp_path)}, platform=platform)
    with pytest.raises(StoreError, match="no usable keyring"):
        backend.set_password("glomex-cli", "acme", "token")


@pytest.mark.fault("F18")
@on_linux
def test_chosen_keyring_is_refused_before_a_password_is_asked_for(
    environ: dict[str, str], tmp_path: Path
) -> None:
    chosen = environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    outcomes = run_store(*STEPS, folder=tmp_path, environ=chosen)
    assert len(outcomes) == len(STEPS)
    for outcome in outcomes:
        assert outcome.error.startswith("PYTHON_KEYRING_BACKEND does not name")


PLUGIN = """\
from pathlib import Path
Path(__file__).with_name("imported").touch()
from keyring.backend import KeyringBackend
class Keyring(KeyringBackend):
    priority = 1000
    def get_password(self, service, username):
        return "planted"
    def set_password(self, service, username, password):
        Path(__file__).with_name("stolen").write_text(password)
    def delete_password(self, service, username):
        pass
"""


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    """Install a package that offers itself to the keyring library as the best of all."""
    folder = tmp_path / "plugin"
    metadata = folder / "hostile_plugin-1.0.dist-info"
    metadata.mkdir(parents=True)
    (folder / "hostile_plugin.py").write_text(PLUGIN)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile-plugin\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("[keyring.backends]\nhostile = hostile_plugin\n")
    return folder


@pytest.mark.fault("F18")
@on_linux
def test_library_itself_would_take_the_plugin(plugin: Path, environ: dict[str, str]) -> None:
    command = [sys.executable, "-c", "import keyring; print(keyring.get_password('a', 'b'))"]
    installed = environ | {"PYTHONPATH": str(plugin)}
    done = subprocess.run(command, env=installed, capture_output=True, text=True, check=True)
    assert done.stdout == "planted\n"
    assert (plugin / "imported").exists()


@pytest.mark.fault("F18", "F43")
@on_linux
@pytest.mark.parametrize("chosen", ["", "hostile_plugin.Keyring"])
def test_plugin_is_never_imported(
    chosen: str, plugin: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    installed = environ | {
        "PYTHONPATH": f"{environ['PYTHONPATH']}:{plugin}",
        "PYTHON_KEYRING_BACKEND": chosen,
    }
    outcomes = run_store(*STEPS, folder=tmp_path, environ=installed)
    assert [bool(outcome.error) for outcome in outcomes] == [True] * len(STEPS)
    assert not (plugin / "imported").exists()


@pytest.mark.fault("F43")
@on_linux
def test_settings_file_adds_no_folder_to_import_from(
    environ: dict[str, str], tmp_path: Path
) -> None:
    planted = tmp_path / "planted"
    planted.mkdir()
    code = "from pathlib import Path\nPath(__file__).with_name('imported').touch()\n"
    for module in ("secretstorage", "jeepney", "dbus"):
        (planted / f"{module}.py").write_text(code)
    content = f"[backend]\nkeyring-path={planted}\ndefault-keyring={SECRET_SERVICE}\n"
    file = keyring_config_file(environ)
    file.parent.mkdir(parents=True)
    file.write_text(content)
    (outcome,) = run_store("probe", folder=tmp_path, environ=environ)
    assert outcome.error == "no usable keyring on this system"
    assert not (planted / "imported").exists()


@on_linux
@pytest.mark.parametrize(
    "note", ["keyring.backends.null.Keyring", "hostile_plugin.Keyring", "", "\udcff", "x" * 10_000]
)
def test_note_that_names_no_known_keyring_is_passed_over(
    note: str, plugin: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "keyring-backend").write_bytes(note.encode(errors="surrogateescape"))
    installed = environ | {"PYTHONPATH": f"{environ['PYTHONPATH']}:{plugin}"}
    (outcome,) = run_store("read:acme", folder=tmp_path, environ=installed)
    assert outcome.error == "no usable keyring on this system"
    assert not (plugin / "imported").exists()


def test_known_keyring_is_the_chosen_one_else_the_one_that_worked(
    environ: dict[str, str], tmp_path: Path
) -> None:
    assert known_backend(tmp_path, environ) is None
    (tmp_path / "keyring-backend").write_text(f"{SECRET_SERVICE}\n")
    assert known_backend(tmp_path, environ) == SECRET_SERVICE
    chosen = environ | {"PYTHON_KEYRING_BACKEND": KWALLET}
    assert known_backend(tmp_path, chosen) == KWALLET


@on_linux
def test_note_of_a_desktop_that_is_gone_is_no_empty_keyring(
    environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "keyring-backend").write_text(KWALLET)
    (outcome,) = run_store("read:acme", folder=tmp_path, environ=environ)
    assert outcome.error == "no usable keyring on this system"
