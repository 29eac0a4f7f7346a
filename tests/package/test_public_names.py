"""The package as a library: which names it has, and that they are what they say."""

import glomex_cli
from glomex_cli import errors


def test_every_public_name_is_there_and_listed() -> None:
    assert glomex_cli.__all__ == sorted(glomex_cli.__all__)
    for name in glomex_cli.__all__:
        assert getattr(glomex_cli, name).__name__ == name
    assert set(glomex_cli.__all__) <= set(dir(glomex_cli))


def test_every_error_is_public() -> None:
    tree = {name for name, each in vars(errors).items() if isinstance(each, type)}
    tree = {name for name in tree if name.endswith(("Error", "Code"))}
    assert tree <= set(glomex_cli.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    assert not hasattr(glomex_cli, "no_such_name")
