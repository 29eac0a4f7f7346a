"""What `--version` prints: two numbers that cost no import of package metadata."""

import platform
import sys

from glomex_cli import __version__


def version_text() -> str:
    """Return the versions of glomex and of Python, a line each, and the system."""
    return f"glomex {__version__}\npython {platform.python_version()} on {sys.platform}"
