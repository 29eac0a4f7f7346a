"""Programs of the system that some tests run, and what to do where one is missing."""

import os
import re
import shutil
import sys

import pytest


def escaped(text: str) -> str:
    """Return `text` as one word of a shell, within single quotes or without."""
    return re.sub(r"([^\w/.+:-])", r"\\\1", text, flags=re.ASCII)


GLOMEX = f"{escaped(sys.executable)} -m glomex_cli"
GLOMEX_ARGV = (sys.executable, "-m", "glomex_cli")


def needs(*names: str) -> pytest.MarkDecorator:
    """Skip where a program is missing; under CI=true run all the same, and so fail."""
    missing = [name for name in names if shutil.which(name) is None]
    skipped = bool(missing) and os.environ.get("CI") != "true"
    return pytest.mark.skipif(skipped, reason=f"not installed here: {', '.join(missing)}")
