"""Which keyring is used: one of four known classes, whoever asks for another."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.secret_service import clean_environment
from support.store_process import run_store

from glomex_cli.errors import StoreError
from glomex_cli.store.backends import ALLOWED, KWALLET, SECRET_SERVICE, SystemBackend
from glomex_cli.store.configured import config_file, configured_backend

CANARY = "canary-8a02"
FOREIGN = [
    "keyring.backends.null.Keyring",
    "keyring.backends.fail.Keyring",
    "keyring.backends.chainer.ChainerBackend",
    "keyring.backends.libsecret.Keyring",
    "keyrings.alt.file.PlaintextKeyring",
    "keyrings.cryptfile.cryptfile.CryptFileKeyring",
    "hostile_plugin.Keyring",
    "no.such.module.Keyring",
    "keyring.backends.SecretService.NoSuchClass",
    "keyring.backends.SecretService",
    CANARY,
    ".",
]
BROKEN = {
    "no section": b"default-keyring=" + CANARY.encode(),
    "not a setting": b"[backend]\n" + CANARY.encode() + b"\n",
    "doubled": b"[backend]\ndefault-keyring=a\ndefault-keyring=b\n",
    "binary": b"\xff\xfe\x00\x01",
}
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a real keyring is there")


def settings_of_keyring(environ: Mapping[str, str], content: bytes) -> Path:
    """Write the keyring library's own settings file for a home."""
    file = config_file(environ)
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    return file


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Give an environment with a home of its own, and no message bus."""
    return clean_environment(tmp_path / "home")


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_keyring_in_the_environment_is_refused_by_the_variables_name(name: str) -> None:
    with pytest.raises(StoreError, match=r"^PYTHON_KEYRING_BACKEND does not name") as caught:
        configured_backend({"PYTHON_KEYRING_BACKEND": name}, allowed=ALLOWED)
    assert caught.value.hint == "unset PYTHON_KEYRING_BACKEND"
    assert name == "." or name not in caught.value.message


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_keyring_in_its_settings_file_is_refused_by_the_files_name(
    name: str, environ: dict[str, str]
) -> None:
    content = f"[backend]\ndefault-keyring = {name}\n"
    file = settings_of_keyring(environ, content.encode())
    with pytest.raises(StoreError) as caught:
        configured_backend(environ, allowed=ALLOWED)
    assert caught.value.message == f"{file} does not name a keyring that is safe to use"
    assert caught.value.hint == f"correct it, or rm {file}"


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_broken_settings_file_is_named_and_not_quoted(
    content: bytes, environ: dict[str, str]
) -> None:
    file = settings_of_keyring(environ, content)
    with pytest.raises(StoreError, match=str(file)) as caught:
        configured_backend(environ, allowed=ALLOWED)
    assert caught.value.__context__ is None
    assert CANARY not in repr([caught.value, caught.value.hint])


def test_settings_file_that_cannot_be_read_is_named(environ: dict[str, str]) -> None:
    file = config_file(environ)
    file.mkdir(parents=True)
    with pytest.raises(StoreError, match=str(file)):
        configured_backend(environ, allowed=ALLOWED)


@pytest.mark.parametrize("content", [b"", b"[other]\nx=1\n", b"[backend]\nkeyring-path=/x\n"])
def test_settings_file_that_names_no_keyring_leaves_the_choice_to_us(
    content: bytes, environ: dict[str, str]
) -> None:
    settings_of_keyring(environ, content)
    assert configured_backend(environ, allowed=ALLOWED) is None


@pytest.mark.parametrize("name", ALLOWED)
def test_known_keyring_is_taken_from_either_place(name: str, environ: dict[str, str]) -> None:
    assert configured_backend({"PYTHON_KEYRING_BACKEND": f" {name} "}, allowed=ALLOWED) == name
    settings_of_keyring(environ, f"[backend]\ndefault-keyring={name}\n".encode())
    assert configured_backend(environ, allowed=ALLOWED) == name


def test_environment_comes_before_the_file(environ: dict[str, str]) -> None:
    settings_of_keyring(environ, b"[backend]\ndefault-keyring=keyring.backends.null.Keyring\n")
    chosen = environ | {"PYTHON_KEYRING_BACKEND": KWALLET}
    assert configured_backend(chosen, allowed=ALLOWED) == KWALLET


@pytest.mark.parametrize("home", [{}, {"HOME": ""}])
def test_nothing_is_chosen_where_nothing_is_set(home: Mapping[str, str], tmp_path: Path) -> None:
    environ = {**home, "XDG_CONFIG_HOME": str(tmp_path), "PYTHON_KEYRING_BACKEND": ""}
    assert configured_backend(environ, allowed=ALLOWED) is None


@pytest.mark.parametrize(
    ("platform", "environ", "file"),
    [
        ("linux", {"HOME": "/home/kim"}, "/home/kim/.config/python_keyring/keyringrc.cfg"),
        ("linux", {"HOME": "/h", "XDG_CONFIG_HOME": "/x"}, "/x/python_keyring/keyringrc.cfg"),
        ("darwin", {"HOME": "/Users/kim"}, "/Users/kim/.config/python_keyring/keyringrc.cfg"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/Python Keyring/keyringrc.cfg"),
        ("win32", {"ProgramData": "/all"}, "/all/Python Keyring/keyringrc.cfg"),
        ("win32", {}, "Python Keyring/keyringrc.cfg"),
    ],
)
def test_settings_are_looked_for_where_the_library_looks(
    platform: str, environ: Mapping[str, str], file: str
) -> None:
    assert config_file(environ, platform=platform) == Path(file)


@on_linux
def test_without_a_bus_there_is_no_keyring_and_a_way_out(
    environ: dict[str, str], tmp_path: Path
) -> None:
    for step in ("probe", "read:acme", "write:acme:token", "erase:acme"):
        (outcome,) = run_store(step, folder=tmp_path, environ=environ)
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


@on_linux
def test_chosen_keyring_is_refused_before_a_password_is_asked_for(
    environ: dict[str, str], tmp_path: Path
) -> None:
    chosen = environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    for step in ("probe", "read:acme", "write:acme:token", "erase:acme"):
        (outcome,) = run_store(step, folder=tmp_path, environ=chosen)
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


@on_linux
def test_library_itself_would_take_the_plugin(plugin: Path, environ: dict[str, str]) -> None:
    command = [sys.executable, "-c", "import keyring; print(keyring.get_password('a', 'b'))"]
    installed = environ | {"PYTHONPATH": str(plugin)}
    done = subprocess.run(command, env=installed, capture_output=True, text=True, check=True)
    assert done.stdout == "planted\n"
    assert (plugin / "imported").exists()


@on_linux
@pytest.mark.parametrize("chosen", ["", "hostile_plugin.Keyring"])
def test_plugin_is_never_imported(
    chosen: str, plugin: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    installed = environ | {
        "PYTHONPATH": f"{environ['PYTHONPATH']}:{plugin}",
        "PYTHON_KEYRING_BACKEND": chosen,
    }
    for step in ("probe", "read:acme", "write:acme:token"):
        (outcome,) = run_store(step, folder=tmp_path, environ=installed)
        assert outcome.error
    assert not (plugin / "imported").exists()


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
    settings_of_keyring(environ, content.encode())
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


@on_linux
def test_note_of_a_desktop_that_is_gone_is_no_empty_keyring(
    environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "keyring-backend").write_text(KWALLET)
    (outcome,) = run_store("read:acme", folder=tmp_path, environ=environ)
    assert outcome.error == "no usable keyring on this system"
