"""Run all checks in their order; turn what they raise into findings, and findings into lines."""

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from glomex_cli.cli.context import Context
from glomex_cli.cli.doctor.account_checks import (
    look_at_learned,
    look_at_schema,
    look_at_sign_in,
)
from glomex_cli.cli.doctor.finding import (
    Finding,
    State,
    Subject,
    Verdict,
    failed,
    redacted,
    skipped,
)
from glomex_cli.cli.doctor.local_checks import (
    look_at_export,
    look_at_settings,
    look_at_store,
    look_at_versions,
)
from glomex_cli.cli.doctor.network_checks import (
    look_at_clock,
    look_at_proxy,
    look_at_service,
    look_at_tls,
)
from glomex_cli.cli.errors import hint_for
from glomex_cli.errors import GlomexError
from glomex_cli.terminal.screen import Screen


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
    "cache": _Check(look_at_learned, ("settings",)),
    "export": _Check(look_at_export),
}


NAME_WIDTH = max(map(len, _CHECKS))


def examine(context: Context, destination: str | None = None) -> Iterator[Finding]:
    """Return each finding as it is made, all within the context's time."""
    subject = Subject(context, destination)
    broken: set[str] = set()
    for name, check in _CHECKS.items():
        verdict = _verdict(check, subject, broken)
        if verdict.state is State.FAIL:
            broken.add(name)
        yield Finding(name, redacted(verdict))


def _verdict(check: _Check, subject: Subject, broken: set[str]) -> Verdict:
    for need in check.needs:
        if need in broken:
            return skipped(f"skipped: depends on {need}")
    try:
        return check.look(subject)
    except GlomexError as error:
        error.hint = hint_for(error, subject.context.runtime.environ)
        return failed(error)


_COLORS = {State.OK: "32", State.WARN: "33", State.FAIL: "31", State.SKIP: "2"}


_STATE_WIDTH = max(map(len, State))


_INDENT = " " * (_STATE_WIDTH + NAME_WIDTH + 4)


_LEAST_ROOM = 20


def finding_lines(finding: Finding, screen: Screen) -> str:
    """Return a finding's line, its hint beneath; on a terminal long ones are broken at spaces."""
    verdict = finding.verdict
    lines = _broken(verdict.text, screen)
    if verdict.hint:
        lines += _broken(f"hint: {verdict.hint}", screen)
    state = verdict.state.ljust(_STATE_WIDTH)
    if screen.color:
        state = f"\x1b[{_COLORS[verdict.state]}m{state}\x1b[0m"
    body = f"\n{_INDENT}".join(lines)
    return f"{state}  {finding.name.ljust(NAME_WIDTH)}  {body}\n"


def _broken(text: str, screen: Screen) -> list[str]:
    if not screen.is_terminal:
        return [text]
    room = max(screen.width - len(_INDENT), _LEAST_ROOM)
    return textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
