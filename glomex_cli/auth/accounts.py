"""What `status` tells of each profile: who, where, in which store, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glomex_cli.auth.record import from_text
from glomex_cli.auth.signing_out import known_profiles
from glomex_cli.config.settings import DEFAULT_STORE
from glomex_cli.models import Cell, Column, Report, Role

if TYPE_CHECKING:
    from glomex_cli.cli.context import Connection
    from glomex_cli.config.model import Profile

_TEXTS = ("profile", "login", "tenant", "origin", "reports", "store")
_COLUMNS = (
    *(Column(name, Role.DIMENSION) for name in _TEXTS),
    Column("minutes_left", Role.METRIC),
    Column("renews", Role.DIMENSION),
)


def overview(connection: Connection) -> Report:
    """Give a row per profile, the one in use first; nothing in it is secret.

    `minutes_left` is 0 for a session that has ended, and empty where nobody is signed in.
    `renews` says whether an ended session is renewed unasked.
    """
    used = connection.settings.profile
    profiles = sorted(known_profiles(connection), key=lambda each: (each.name != used, each.name))
    return Report(_COLUMNS, [_row(connection, profile) for profile in profiles])


def _row(connection: Connection, profile: Profile) -> dict[str, Cell]:
    store = profile.store or DEFAULT_STORE
    text = connection.store(store).read(profile.name)
    found = from_text(text) if text else None
    return {
        "profile": profile.name,
        "login": found.login if found else profile.login,
        "tenant": found.tenant if found else profile.tenant,
        "origin": found.origin if found else None,
        "reports": found.kind if found else profile.kind,
        "store": store,
        "minutes_left": found.minutes_left(connection.runtime.now()) if found else None,
        "renews": "yes" if found and found.can_renew else "no",
    }
