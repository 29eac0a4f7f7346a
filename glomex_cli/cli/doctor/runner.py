"""All checks in their order. One place turns what they raise into findings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from glomex_cli.cli.context import Connection
from glomex_cli.cli.doctor.account_checks import look_at_sign_in
from glomex_cli.cli.doctor.clock import look_at_clock
from glomex_cli.cli.doctor.finding import Finding, State, Verdict, failed, skipped
from glomex_cli.cli.doctor.local_checks import look_at_store
from glomex_cli.cli.doctor.network_checks import look_at_tls
from glomex_cli.cli.doctor.proxy import look_at_proxy
from glomex_cli.cli.doctor.redaction import redacted
from glomex_cli.cli.doctor.schema import look_at_schema
from glomex_cli.cli.doctor.service import look_at_service
from glomex_cli.cli.doctor.settings import look_at_settings
from glomex_cli.cli.doctor.subject import Subject
from glomex_cli.cli.doctor.versions import look_at_versions
from glomex_cli.errors import GlomexError


@dataclass(frozen=True, slots=True)
class _Check:
    """How to look, and which checks must not have failed before."""

    look: Callable[[Subject], Verdict]
    needs: tuple[str, ...] = ()


_CHECKS = {
    "versions": _Check(look_at_versions),
    "settings": _Check(look_at_settings),
    "proxy": _Check(look_at_proxy, ("settings",)),
    "TLS": _Check(look_at_tls, ("settings",)),
    "service": _Check(look_at_service, ("settings", "proxy", "TLS")),
    "clock": _Check(look_at_clock, ("settings", "proxy", "TLS", "service")),
    "store": _Check(look_at_store, ("settings",)),
    "sign-in": _Check(look_at_sign_in, ("settings", "store")),
    "schema": _Check(look_at_schema, ("settings", "proxy", "TLS", "service", "store", "sign-in")),
}

NAME_WIDTH = max(map(len, _CHECKS))


def examine(connection: Connection) -> Iterator[Finding]:
    """Give each finding as it is made, all within the connection's time."""
    subject = Subject(connection)
    broken: set[str] = set()
    for name, check in _CHECKS.items():
        verdict = _verdict(check, subject, broken)
        if verdict.state is State.FAIL:
            broken.add(name)
        yield Finding(name, redacted(verdict))


def _verdict(check: _Check, subject: Subject, broken: set[str]) -> Verdict:
    for need in check.needs:
        if need in broken:
            return skipped(f"not looked at: it needs what failed above, {need}")
    try:
        return check.look(subject)
    except GlomexError as error:
        return failed(error)
