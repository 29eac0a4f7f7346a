"""What a profile holds, and what it may be called. No effects."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from glomex_cli.config.global_options import DEFAULT_PROFILE
from glomex_cli.errors import UsageError
from glomex_cli.models import ReportKind, StoreName

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Profile(NamedTuple):
    """What a person set for one sign-in; None where nothing was set. Never a secret."""

    name: str
    endpoint: str | None = None
    login: str | None = None
    tenant: str | None = None
    kind: ReportKind | None = None
    store: StoreName | None = None
    remember: bool = False


class Profiles(NamedTuple):
    """All profiles by name, and the name of the one that is used where none is asked for.

    `default` need not be among them: somebody may be signed in without any settings.
    """

    default: str
    profiles: Mapping[str, Profile]

    def profile(self, name: str) -> Profile:
        """Give the profile of that name, an empty one where nothing was set."""
        return self.profiles.get(name) or Profile(name)


NO_PROFILES = Profiles(DEFAULT_PROFILE, {})


def is_name(text: str) -> bool:
    """Say whether a profile may be called so: the same names can be keys of a store."""
    return _NAME.fullmatch(text) is not None


def checked_name(name: str) -> str:
    """Give the name a person typed for a profile, or raise UsageError.

    >>> checked_name("acme.de-2")
    'acme.de-2'
    """
    if not is_name(name):
        raise UsageError(
            "this profile name cannot be used",
            "use 1 to 64 letters, digits, dots, dashes or underscores",
        )
    return name
