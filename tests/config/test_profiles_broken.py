"""What cannot be read is named with its line, never shown or changed; nor is such a file made."""

from pathlib import Path

import pytest

from glomex_cli.config.profile_writer import remove_profile, set_default, write_profile
from glomex_cli.config.profiles import Profile, read_profiles
from glomex_cli.errors import ConfigurationError, UsageError
from support.files import names

CANARY = "canary-77be"
ACME = Profile("acme", login="x")

# Each file, and what is said after its path.
BROKEN = {
    "cut text": (f'a = 1\nlogin = "{CANARY}', ", line 2: is not TOML"),
    "no value": (f"[profiles.acme]\n{CANARY}\n", ", line 2: is not TOML"),
    "twice": (f'x = 1\n\nx = "{CANARY}"\n', ", line 3: is not TOML"),
    "table twice": (f"[{CANARY}]\n[{CANARY}]\n", ", line 2: is not TOML"),
    "NUL": (f'x = 1\n# {CANARY}\0\ny = "{CANARY}"\n', ", line 2: is not TOML"),
    "cut table": (f"x = 1\n[{CANARY}", ", line 2: is not TOML"),
    "deep": (f"{CANARY} = {'[' * 20_000}", ": is not TOML"),
    "endless number": (f"{CANARY} = {'9' * 5000}", ": is not TOML"),
    "not UTF-8": (f"x = 1\n# {CANARY} \udcff\n", ", line 2: is not UTF-8 text"),
    "UTF-16": (f"\udcff\udcfe{CANARY}\0", ", line 1: is not UTF-8 text"),
    "huge": (f"# {CANARY}" + "x" * 1024 * 1024, ": is not a valid settings file"),
    "default as number": ("\ndefault = 77\n", ", line 2: default is not text"),
    "default as list": (f'default = [\n"{CANARY}"\n]\n', ", line 3: default is not text"),
    "odd default": (f'default = "{CANARY} x"', ", line 1: default is not a valid profile name"),
    "profiles as text": (f'profiles = "{CANARY}"', ", line 1: profiles is not a table"),
    "profiles as list": ("[[profiles]]\n", ", line 1: profiles is not a table"),
    "profile as text": (
        f'[profiles]\nb = {{}}\nacme = "{CANARY}"\n',
        ", line 3: profiles.acme is not a table",
    ),
    "odd name": (
        f'[profiles.a]\n[profiles."{CANARY} x"]\n',
        ", line 2: profiles contains an invalid name",
    ),
    "login as number": (
        "# login\n[profiles.b]\nlogin = 'x'\n[profiles.acme]\nx = 1\nlogin = 7\n",
        ", line 6: profiles.acme.login is not text",
    ),
    "remember as text": (
        f'[profiles.acme]\nremember = "{CANARY}"',
        ", line 2: profiles.acme.remember is not true or false",
    ),
    "remember as number": (
        "profiles.acme.remember = 1",
        ", line 1: profiles.acme.remember is not true or false",
    ),
    "unknown store": (
        f'[profiles.acme]\nstore = "{CANARY}"',
        ", line 2: profiles.acme.store must be one of: keyring, file, none",
    ),
    "unknown kind": (
        f'[profiles.acme]\nas = """\n{CANARY}\n"""\n',
        ", line 4: profiles.acme.as must be one of: content-owner, publisher, data",
    ),
    "escaped key": ('profiles.acme."\\u0061s" = 1', ": profiles.acme.as is not text"),
}


@pytest.mark.fault("F14", "F47")
@pytest.mark.parametrize(("text", "said"), BROKEN.values(), ids=BROKEN)
def test_broken_file_is_named_with_its_line_never_shown_and_never_changed(
    text: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    content = text.encode(errors="surrogateescape")
    path.write_bytes(content)
    for action in (
        lambda: read_profiles(tmp_path),
        lambda: write_profile(tmp_path, ACME, make_default=True),
        lambda: set_default(tmp_path, "acme"),
        lambda: remove_profile(tmp_path, "acme"),
    ):
        with pytest.raises(ConfigurationError) as caught:
            action()
        failure = caught.value
        assert failure.message == f"{path}{said}"
        assert failure.hint == f"fix it, or move it away: mv {path} {path}.bad"
        assert CANARY not in repr([failure.args, failure.__context__, failure.__cause__])
    assert path.read_bytes() == content


def test_line_is_left_out_where_finding_it_would_take_long(tmp_path: Path) -> None:
    filler = "".join(f"login{n} = 1\n" for n in range(3000))
    (tmp_path / "config.toml").write_text(f"{filler}[profiles.acme]\nlogin = 1\n")
    with pytest.raises(ConfigurationError, match=r"config\.toml: profiles\.acme\.login is not"):
        read_profiles(tmp_path)


@pytest.mark.parametrize("name", ["", "a" * 65, "a b", "a/b", "#a", "acme\n", "ü", '"'])
def test_only_plain_names_are_written(name: str, tmp_path: Path) -> None:
    for action in (
        lambda: write_profile(tmp_path, Profile(name), make_default=False),
        lambda: set_default(tmp_path, name),
        lambda: remove_profile(tmp_path, name),
    ):
        with pytest.raises(UsageError, match="this profile name is invalid"):
            action()
    assert names(tmp_path) == set()


UNWRITABLE = {
    "password in the endpoint": Profile("acme", endpoint="https://u:canary-77be@example.com/v1"),
    "half a character": Profile("acme", login="canary-77be\ud800"),
    "half a tenant": Profile("acme", tenant="\udfffcanary-77be"),
}


@pytest.mark.parametrize("profile", UNWRITABLE.values(), ids=UNWRITABLE)
def test_what_no_file_should_hold_is_refused(profile: Profile, tmp_path: Path) -> None:
    with pytest.raises((ConfigurationError, UsageError)) as caught:
        write_profile(tmp_path, profile, make_default=False)
    assert CANARY not in caught.value.message + caught.value.hint
    assert names(tmp_path) == set()


@pytest.mark.parametrize(
    ("name", "key"), [("half a character", "login"), ("half a tenant", "tenant")]
)
def test_half_a_character_is_to_be_typed_again(name: str, key: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        write_profile(tmp_path, UNWRITABLE[name], make_default=False)
    assert caught.value.message == f"the {key} contains invalid characters"
    assert caught.value.hint == "type it again"


@pytest.mark.parametrize(("size", "is_read"), [(2**20, True), (2**20 + 1, False)])
def test_a_file_is_read_up_to_a_mebibyte(size: int, tmp_path: Path, *, is_read: bool) -> None:
    start = b'default = "acme"\n#'
    (tmp_path / "config.toml").write_bytes(start + b"x" * (size - len(start)))
    if is_read:
        assert read_profiles(tmp_path).default == "acme"
    else:
        with pytest.raises(ConfigurationError, match=r"config\.toml"):
            read_profiles(tmp_path)
