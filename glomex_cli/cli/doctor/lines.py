"""Findings as lines for people; the first word of each says how it went, coloured or not."""

import textwrap

from glomex_cli.cli.doctor.finding import Finding, State
from glomex_cli.cli.doctor.runner import NAME_WIDTH
from glomex_cli.terminal.screen import Screen

_COLORS = {State.OK: "32", State.WARN: "33", State.FAIL: "31", State.SKIP: "2"}
_STATE_WIDTH = max(map(len, State))
_INDENT = " " * (_STATE_WIDTH + NAME_WIDTH + 4)
_LEAST_ROOM = 20


def lines_of(finding: Finding, screen: Screen) -> str:
    """Give a finding's line, its hint beneath; on a terminal long ones are broken at spaces."""
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
