"""How long a keyring may take: a dialog waits for a person, a script does not."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import NamedTuple

from glomex_cli.concurrency import Deadline

UNATTENDED_S = 5.0
ATTENDED_S = 60.0
NOTICE_AFTER_S = 2.0


class Patience(NamedTuple):
    """A limit in seconds for one operation, and whom to tell when it takes noticeably long."""

    limit_s: float = UNATTENDED_S
    notify: Callable[[str], None] | None = None
    notice_after_s: float = NOTICE_AFTER_S

    @contextmanager
    def deadline(self) -> Generator[Deadline]:
        """Start the clock of one operation; `notify` is called from another thread."""
        if self.notify is None:
            yield Deadline(self.limit_s)
            return
        notice = threading.Timer(self.notice_after_s, self.notify, ["waiting for your keyring"])
        notice.daemon = True
        notice.start()
        try:
            yield Deadline(self.limit_s)
        finally:
            notice.cancel()


def patience_for(notify: Callable[[str], None], *, interactive: bool) -> Patience:
    """Give a person a minute to answer the keyring's dialog, and a script five seconds."""
    return Patience(ATTENDED_S, notify) if interactive else Patience()
