"""The changelog's first entry is the version that is built."""

import re
from pathlib import Path

from glomex_cli import __version__

CHANGELOG = Path(__file__).parent.parent / "CHANGELOG.md"


def test_the_changelog_begins_with_this_version() -> None:
    entries = re.findall(r"^## (\S+)", CHANGELOG.read_text("utf-8"), re.MULTILINE)
    assert entries[0] == __version__
