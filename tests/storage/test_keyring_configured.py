"""What the keyring library's own settings may choose: one of four known classes."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from glomex_cli.errors import StoreError
from glomex_cli.storage.keyring_backends import (
    ALLOWED,
    KWALLET,
    configured_backend,
    keyring_config_file,
)
from support.stores.secret_service import clean_environment

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


def settings_of_keyring(environ: Mapping[str, str], content: bytes) -> Path:
    """Write the keyring library's own settings file for a home."""
    file = keyring_config_file(environ)
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    return file


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Return an environment with a home of its own, and no message bus."""
    return clean_environment(tmp_path / "home")


@pytest.mark.fault("F38")
@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_keyring_in_the_environment_is_refused_by_the_variables_name(name: str) -> None:
    with pytest.raises(StoreError, match=r"^PYTHON_KEYRING_BACKEND does not name") as caught:
        configured_backend({"PYTHON_KEYRING_BACKEND": name}, allowed=ALLOWED)
    assert caught.value.hint == "unset PYTHON_KEYRING_BACKEND"
    assert name == "." or name not in caught.value.message


@pytest.mark.fault("F38")
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
    file = keyring_config_file(environ)
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
    assert keyring_config_file(environ, platform=platform) == Path(file)


def test_settings_below_long_comments_count(environ: dict[str, str]) -> None:
    chosen = f"[backend]\ndefault-keyring={KWALLET}\n".encode()
    settings_of_keyring(environ, b"# a comment\n" * 50_000 + chosen)
    assert configured_backend(environ, allowed=ALLOWED) == KWALLET
