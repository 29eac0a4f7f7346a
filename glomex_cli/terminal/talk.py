"""Talk with the person: notes and warnings on stderr, questions on the terminal."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from glomex_cli.terminal.runtime import Ask


class Talk:
    """What one command tells the person, and asks of them.

    `paused` opens a block whose time does not count against the deadline: a person types.
    """

    def __init__(
        self,
        stderr: TextIO,
        ask: Ask | None,
        *,
        quiet: bool = False,
        paused: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Write to `stderr`; without `ask` there is nobody to answer."""
        self._stderr = stderr
        self._ask = ask
        self._quiet = quiet
        self.paused = paused

    @property
    def is_interactive(self) -> bool:
        """Whether a person may be asked, and sees stderr."""
        return self._ask is not None and self._stderr.isatty()

    def say(self, text: str) -> None:
        """Write a note to stderr, unless --quiet."""
        if not self._quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """Write what must not be missed to stderr, --quiet or not.

        Where stderr takes no output, the work goes on.
        """
        from glomex_cli.terminal.masking import mask_secrets
        from glomex_cli.terminal.sanitize import clean

        with suppress(OSError):
            self._stderr.write(f"{clean(mask_secrets(text))}\n")
            self._stderr.flush()

    def ask(self, label: str, *, option: str, hidden: bool = False) -> str:
        """Return the answer; raise UsageError, naming `option`, where nobody can answer."""
        missing = UsageError(f"the {_in_a_sentence(label)} is missing", f"give it with {option}")
        if self._ask is None:
            raise missing
        try:
            with self.paused():
                return self._ask(label, hidden=hidden)
        except UsageError:
            raise missing from None


def _in_a_sentence(label: str) -> str:
    """Return a prompt's label without its explanation, in lower case but for `MFA`.

    >>> [_in_a_sentence(label) for label in ("E-mail", "MFA seed (empty if you have none)")]
    ['e-mail', 'MFA seed']
    """
    name = label.partition(" (")[0]
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
