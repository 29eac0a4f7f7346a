"""The changelog's first entry is the version that is built."""

import re

from glomex_cli import __version__
from support.files import ROOT

CHANGELOG = ROOT / "CHANGELOG.md"


def test_the_changelog_begins_with_this_version() -> None:
    entries = re.findall(r"^## (\S+)", CHANGELOG.read_text("utf-8"), re.MULTILINE)
    assert entries[0] == __version__
