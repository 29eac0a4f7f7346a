"""Which addresses of buckets are taken: any path, but no keys, queries or fragments."""

import string

import pytest

from glomex_cli.errors import UsageError
from glomex_cli.storage.destination import open_destination

_KEYS_OR_QUERY = "@?# "


@pytest.mark.parametrize("char", string.ascii_letters + string.digits + "-_.~!$&'()*+,;=:")
def test_a_path_may_hold_what_a_path_may_hold(char: str) -> None:
    address = f"s3://bucket/a{char}b"
    assert open_destination(address, timeout_s=5).name == address


@pytest.mark.parametrize("char", [*_KEYS_OR_QUERY, "\n", "\x7f", "\x1b"])
def test_what_may_hold_a_key_is_refused_unquoted(char: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_destination(f"s3://canary{char}bucket/x", timeout_s=5)
    assert "canary" not in caught.value.message + caught.value.hint
