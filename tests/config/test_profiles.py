"""Profiles come back as they were written, and a person's file stays theirs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.config.profile_writer import remove_profile, set_default, write_profile
from glomex_cli.config.profiles import Profile, Profiles, read_profiles
from glomex_cli.errors import ConfigurationError, UsageError
from glomex_cli.models import ReportKind, StoreName
from support.files import mode_of, names, posix_only

FULL = Profile(
    name="acme.de-2",
    endpoint="https://graphql.example.com/v1",
    login="ü@example.com",
    tenant="t-1",
    kind=ReportKind.PUBLISHER,
    store=StoreName.FILE,
    remember=True,
)

OWN_FILE = """\
# my settings
default = "acme" # the usual
theme = "dark"

# acme, since 2021
[profiles.acme] # A
login = "old" # mine
color = "red"
store = "file"

# beta, for tests
[profiles.beta]
login = "b"

[other]
x = [1, 2] # kept

# the end
"""


def config(folder: Path, text: str) -> Path:
    """Put a person's own file into the settings folder."""
    path = folder / "config.toml"
    path.write_bytes(text.encode())
    return path


def test_without_a_file_there_are_no_profiles(tmp_path: Path) -> None:
    assert read_profiles(tmp_path / "none") == Profiles("default", {})
    assert read_profiles(tmp_path).profile("acme") == Profile("acme")
    assert remove_profile(tmp_path / "none", "acme") is False
    assert names(tmp_path) == set()


@pytest.mark.parametrize("profile", [FULL, Profile("acme"), Profile("a", remember=True)])
@pytest.mark.parametrize("make_default", [True, False])
def test_what_is_written_is_read(profile: Profile, make_default: bool, tmp_path: Path) -> None:  # noqa: FBT001
    folder = tmp_path / "new"
    write_profile(folder, profile, make_default=make_default)
    default = profile.name if make_default else "default"
    assert read_profiles(folder) == Profiles(default, {profile.name: profile})
    assert read_profiles(folder).profile(profile.name) == profile


@posix_only
def test_file_and_folder_are_for_their_owner_only(tmp_path: Path) -> None:
    write_profile(tmp_path / "new", FULL, make_default=True)
    assert mode_of(tmp_path / "new") == 0o700
    assert mode_of(tmp_path / "new" / "config.toml") == 0o600
    assert names(tmp_path / "new") == {"config.toml", ".config.toml.lock"}


texts = st.none() | st.text(st.characters(exclude_categories=["Cs"]))


@given(login=texts, tenant=texts, before=texts)
def test_any_text_comes_back_whatever_stood_there(
    login: str | None,
    tenant: str | None,
    before: str | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for profile in (
        Profile("acme", login=before, tenant=before),
        Profile("beta"),
        Profile("acme", login=login, tenant=tenant),
    ):
        write_profile(folder, profile, make_default=False)
        assert read_profiles(folder).profile(profile.name) == profile


def test_changed_profile_keeps_comments_and_foreign_keys_in_their_places(tmp_path: Path) -> None:
    path = config(tmp_path, OWN_FILE)
    write_profile(tmp_path, Profile("acme", login="new", tenant="t-1"), make_default=False)
    expected = OWN_FILE.replace('"old"', '"new"').replace('store = "file"', 'tenant = "t-1"')
    assert path.read_text() == expected


def test_new_profile_comes_last(tmp_path: Path) -> None:
    path = config(tmp_path, OWN_FILE)
    write_profile(tmp_path, Profile("c.d", login='"'), make_default=True)
    changed = OWN_FILE.replace('"acme" #', '"c.d" #')
    assert path.read_text() == changed + '\n[profiles."c.d"]\nlogin = "\\""\n'


def test_removed_profile_leaves_the_rest_as_it_was(tmp_path: Path) -> None:
    path = config(tmp_path, OWN_FILE)
    assert remove_profile(tmp_path, "acme") is True
    start, rest = OWN_FILE.split("[profiles.acme]")
    kept = start.replace('default = "acme" # the usual\n', "")
    assert path.read_text() == kept + rest.partition('store = "file"\n')[2]
    assert remove_profile(tmp_path, "acme") is False
    assert remove_profile(tmp_path, "beta") is True
    assert read_profiles(tmp_path) == Profiles("default", {}, unknown=("theme", "other"))
    assert "# the end" in path.read_text()


def test_default_is_named_without_touching_the_rest(tmp_path: Path) -> None:
    path = config(tmp_path, OWN_FILE)
    set_default(tmp_path, "beta")
    assert path.read_text() == OWN_FILE.replace('"acme" #', '"beta" #')
    set_default(tmp_path, "default")
    assert read_profiles(tmp_path).default == "default"
    bare = OWN_FILE.replace('default = "acme" # the usual\n', "")
    config(tmp_path, bare)
    set_default(tmp_path, "beta")
    assert path.read_text() == 'default = "beta"\n\n' + bare


def test_default_must_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no profile acme"):
        set_default(tmp_path, "acme")
    set_default(tmp_path, "default")
    assert not (tmp_path / "config.toml").exists()


def test_unchanged_file_is_not_written_again(tmp_path: Path) -> None:
    path = config(tmp_path, OWN_FILE)
    before = path.stat()
    write_profile(tmp_path, read_profiles(tmp_path).profile("acme"), make_default=True)
    set_default(tmp_path, "acme")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


FORMS = {
    "dotted": 'profiles.acme.login = "x"\nprofiles.acme.odd = 1\n',
    "inline": 'profiles.acme = {login = "x", odd = 1}\n',
    "header": '[profiles]\nacme.login = "x"\nacme.odd = 1\n',
    "out of order": '[profiles.acme]\nlogin = "x"\nodd = 1\n[z]\ny = 1\n[profiles.b]\n',
    "quoted": '["profiles"."acme"]\n"login" = \'x\'\nodd = 1',
    "no last newline": '[profiles.acme]\nodd = 1\nlogin = "x"',
    "windows": '[profiles.acme]\r\nlogin = "x"\r\nodd = 1\r\n',
    "marked as UTF-8": '\ufeff[profiles.acme]\nlogin = "x"\nodd = 1\n',
    "below": '[profiles.acme]\nlogin = "x"\nodd = 1\n[profiles.acme.more]\ny = 1\n',
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_every_form_of_toml_is_read_and_changed(text: str, tmp_path: Path) -> None:
    path = config(tmp_path, text)
    assert read_profiles(tmp_path).profile("acme") == Profile("acme", login="x")
    changed = Profile("acme", login="y", tenant="t-1")
    write_profile(tmp_path, changed, make_default=False)
    write_profile(tmp_path, FULL, make_default=True)
    assert read_profiles(tmp_path).profile("acme") == changed
    assert read_profiles(tmp_path).profile(FULL.name) == FULL
    assert "odd = 1" in path.read_text()
    assert (b"\r\n" in path.read_bytes()) == ("\r" in text)
    assert path.read_bytes().count(b"\r") in {0, path.read_bytes().count(b"\n")}
    assert remove_profile(tmp_path, "acme") is True
    assert "acme" not in read_profiles(tmp_path).profiles


def test_form_that_cannot_be_changed_is_left_to_its_owner(tmp_path: Path) -> None:
    path = config(tmp_path, 'profiles = {acme = {login = "canary-1"}}\n')
    before = path.read_bytes()
    with pytest.raises(ConfigurationError, match="that glomex cannot edit") as caught:
        write_profile(tmp_path, FULL, make_default=False)
    assert "canary" not in repr([caught.value.args, caught.value.hint, caught.value.__context__])
    assert path.read_bytes() == before
