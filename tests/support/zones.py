"""A time zone for this process, as long as a block lasts."""

import time
from collections.abc import Generator
from contextlib import contextmanager

import pytest


@contextmanager
def local_time(zone: str) -> Generator[None]:
    """Make `zone` the local time zone where the system can change it (not on Windows)."""
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TZ", zone)
            _read_zone()
            yield
    finally:
        _read_zone()


def _read_zone() -> None:
    if hasattr(time, "tzset"):
        time.tzset()
