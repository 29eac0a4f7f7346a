"""The clock of this machine against that of the service: MFA codes are made from the time."""

import sys

from glomex_cli.cli.doctor.finding import Verdict, doubtful, failed, fine, skipped
from glomex_cli.cli.doctor.subject import Contact, Subject
from glomex_cli.errors import ConfigurationError

# A code lives 30 s, and most services take its two neighbours too (RFC 6238, section 5.2).
_HARMLESS_S = 20
_DEADLY_S = 60
_SET_CLOCK = {"darwin": "sudo sntp -sS time.apple.com", "win32": "w32tm /resync"}


def look_at_clock(subject: Subject) -> Verdict:
    """Say how far the clocks are apart, in seconds, and what that does to MFA codes."""
    if subject.connection.settings.endpoint.is_sandbox:
        return skipped("not used: the embedded sandbox has this machine's clock")
    contact = subject.contact
    if not isinstance(contact, Contact) or contact.ahead_s is None:
        return skipped("the service's answer has no date")
    apart = round(abs(contact.ahead_s))
    if apart <= 1 + contact.seconds / 2:  # a date is a whole second, set at some time on the way
        return fine("this clock and the service's are the same to the second")
    side = "ahead of" if contact.ahead_s > 0 else "behind"
    text = f"this clock is {apart} s {side} the service's: MFA codes made here"
    hint = _SET_CLOCK.get(sys.platform, "sudo timedatectl set-ntp true")
    if apart < _HARMLESS_S:
        return fine(f"{text} are taken")
    if apart < _DEADLY_S:
        return doubtful(f"{text} may be refused", hint)
    return failed(ConfigurationError(f"{text} are refused", hint))
