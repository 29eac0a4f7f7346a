"""Long secrets in a keyring as small as Windows'."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.errors import PasswordDeleteError
from keyring.testing.backend import BackendBasicTests

from glomex_cli.errors import StoreError
from glomex_cli.storage.keyring_store import WINDOWS_LIMIT, ChunkedBackend
from support.stores.vault import WINDOWS_UNITS, Vault, VaultError, units_of

pytestmark = pytest.mark.fault("F42")

SERVICE = "glomex-cli"
LENGTHS = [0, 1, 999, 1000, 1001, 1279, 1280, 1281, 2000, 6000, 8192]


class SplitVault(Vault):
    """The small keyring behind the one for any length, so that one suite can test both."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = Vault(units=WINDOWS_UNITS)
        self.parts = ChunkedBackend(self.inner)

    def get_password(self, service: str, username: str) -> str | None:
        return self.parts.get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.parts.set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self.parts.delete_password(service, username)


class TestVault(BackendBasicTests):
    """The library's own tests of a keyring, for our stand-in."""

    def init_keyring(self) -> Vault:
        return Vault(units=WINDOWS_UNITS)


class TestSplitVault(BackendBasicTests):
    """The same tests where texts may be cut."""

    def init_keyring(self) -> Vault:
        return SplitVault()


def split() -> tuple[Vault, ChunkedBackend]:
    vault = Vault(units=WINDOWS_UNITS)
    return vault, ChunkedBackend(vault)


@pytest.mark.parametrize("character", ["t", "ü", "\U0001f511", "\ud83d", '"'])
@pytest.mark.parametrize("length", LENGTHS)
def test_text_of_any_length_comes_back_whole(character: str, length: int) -> None:
    vault, parts = split()
    parts.set_password(SERVICE, "acme", character * length)
    assert parts.get_password(SERVICE, "acme") == character * length
    assert all(units_of(text) <= WINDOWS_LIMIT for text in vault.items.values())


def test_text_is_cut_only_where_it_is_longer_than_a_part() -> None:
    vault, parts = split()
    parts.set_password(SERVICE, "acme", "t" * WINDOWS_LIMIT)
    assert list(vault.items) == [(SERVICE, "acme")]


@pytest.mark.parametrize("kept", [1, 2, 3])
@pytest.mark.parametrize("changes", range(1, 5))
def test_parts_that_are_being_read_are_not_written_over(kept: int, changes: int) -> None:
    vault, parts = split()
    for number in range(kept):
        parts.set_password(SERVICE, "acme", f"{number}" * 5000)
    vault.changes_left = changes
    with pytest.raises(VaultError):
        parts.set_password(SERVICE, "acme", "new" * 2000)
    vault.changes_left = None
    assert parts.get_password(SERVICE, "acme") == f"{kept - 1}" * 5000


@given(texts=st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_last_text_is_read_and_nothing_older_stays(texts: list[str]) -> None:
    vault = Vault()
    parts = ChunkedBackend(vault, limit=8)
    for text in texts:
        parts.set_password(SERVICE, "acme", text)
    fresh = Vault()
    ChunkedBackend(fresh, limit=8).set_password(SERVICE, "acme", texts[-1])
    assert parts.get_password(SERVICE, "acme") == texts[-1]
    assert len(vault.items) == len(fresh.items)
    parts.delete_password(SERVICE, "acme")
    assert vault.items == {}


@given(
    texts=st.lists(st.text(max_size=60), min_size=2, max_size=4),
    deaths=st.lists(st.integers(min_value=1, max_value=30), min_size=3, max_size=3),
)
def test_after_dying_at_any_change_the_old_or_the_new_text_is_read(
    texts: list[str], deaths: list[int]
) -> None:
    vault = Vault()
    parts = ChunkedBackend(vault, limit=8)
    parts.set_password(SERVICE, "acme", texts[0])
    for text, changes in zip(texts[1:], deaths, strict=False):
        kept = parts.get_password(SERVICE, "acme")
        vault.changes_left = changes
        try:
            parts.set_password(SERVICE, "acme", text)
        except VaultError:
            vault.changes_left = None
            assert parts.get_password(SERVICE, "acme") in {kept, text}
        vault.changes_left = None
    parts.set_password(SERVICE, "acme", "x")
    assert vault.items == {(SERVICE, "acme"): "x"}


@pytest.mark.parametrize("changes", range(1, 8))
def test_after_dying_while_erasing_nothing_torn_is_read_and_erasing_ends_the_work(
    changes: int,
) -> None:
    vault, parts = split()
    parts.set_password(SERVICE, "acme", "t" * 6000)
    vault.changes_left = changes
    with pytest.raises(VaultError):
        parts.delete_password(SERVICE, "acme")
    vault.changes_left = None
    assert parts.get_password(SERVICE, "acme") is None
    assert vault.items
    with pytest.raises(PasswordDeleteError):
        parts.delete_password(SERVICE, "acme")
    assert vault.items == {}


def test_reader_between_head_and_parts_of_a_writer_reads_the_new_text() -> None:
    class Busy(Vault):
        def get_password(self, service: str, username: str) -> str | None:
            text = super().get_password(service, username)
            if username == "acme" and newer:
                ChunkedBackend(self).set_password(service, "acme", newer.pop())
            return text

    newer: list[str] = []
    vault = Busy()
    ChunkedBackend(vault).set_password(SERVICE, "acme", "old" * 1000)
    newer.append("new" * 1000)
    assert ChunkedBackend(vault).get_password(SERVICE, "acme") == "new" * 1000


@pytest.mark.parametrize("broken", ["missing part", "changed part", "changed head"])
def test_damaged_parts_are_an_error_and_no_text(broken: str) -> None:
    vault, parts = split()
    parts.set_password(SERVICE, "acme", "CANARY" * 1000)
    match broken:
        case "missing part":
            del vault.items[SERVICE, "acme#a1"]
        case "changed part":
            vault.items[SERVICE, "acme#a1"] += "x"
        case _:
            vault.items[SERVICE, "acme"] = vault.items[SERVICE, "acme"][:-1]
    with pytest.raises(StoreError) as caught:
        parts.get_password(SERVICE, "acme")
    assert caught.value.message == "the keyring contains damaged credentials"
    assert caught.value.hint == "glomex logout"


def test_text_that_looks_like_a_head_is_kept_as_text() -> None:
    _, parts = split()
    text = f"glomex-parts:a:3:{'0' * 64}"
    parts.set_password(SERVICE, "acme", text)
    assert parts.get_password(SERVICE, "acme") == text


def test_no_part_can_be_taken_for_a_profile() -> None:
    vault, parts = split()
    parts.set_password(SERVICE, "acme", "t" * 6000)
    names = {username for _, username in vault.items} - {"acme"}
    assert len(names) == 7
    assert all("#" in name for name in names)
