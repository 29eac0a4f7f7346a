"""What a finding shows of a person: enough to recognise oneself, too little for others."""

import os
import re
from dataclasses import replace

from glomex_cli.cli.doctor.finding import Verdict
from glomex_cli.terminal.sanitize import clean

_MASK = "***"


def masked(text: str) -> str:
    """Give the first letter of a name or e-mail address, and the address's domain.

    >>> masked("jane@example.com"), masked("t-4711")
    ('j***@example.com', 't***')
    """
    name, at, domain = text.rpartition("@")
    return f"{(name or domain)[:1]}{_MASK}{at}{domain if at else ''}"


def redacted(verdict: Verdict) -> Verdict:
    """Give a verdict that may be shown: safe for a terminal, the home folder as `~`."""
    return replace(verdict, text=_shown(verdict.text), hint=_shown(verdict.hint))


def _shown(text: str) -> str:
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib's fails for a user without an entry
    if home != os.sep:
        text = re.sub(rf"{re.escape(home)}(?![\w.-])", "~", text)
    return clean(text)
