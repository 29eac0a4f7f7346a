"""The versions that matter."""

import platform

from glomex_cli.cli.doctor.finding import Verdict, doubtful, fine
from glomex_cli.cli.doctor.subject import Subject
from glomex_cli.cli.version import LIBRARIES, versions


def look_at_versions(_: Subject) -> Verdict:
    """Say which versions run here, and on what."""
    return verdict_on(versions())


def verdict_on(found: dict[str, str]) -> Verdict:
    """Name the versions; a library without one is a doubt."""
    listed = ", ".join(f"{name} {version}" for name, version in found.items())
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    missing = [name for name in LIBRARIES if name not in found]
    if missing:
        return doubtful(
            f"{listed} on {system}; unknown: {', '.join(missing)}", "install glomex-cli again"
        )
    return fine(f"{listed} on {system}")
