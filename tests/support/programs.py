"""Programs of the system that some tests run, and what to do where one is missing."""

import os
import shutil

import pytest


def needs(*names: str) -> pytest.MarkDecorator:
    """Skip where a program is missing; under CI=true run all the same, and so fail."""
    missing = [name for name in names if shutil.which(name) is None]
    skipped = bool(missing) and os.environ.get("CI") != "true"
    return pytest.mark.skipif(skipped, reason=f"not installed here: {', '.join(missing)}")
