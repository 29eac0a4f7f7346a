"""Check the way to the service: proxy, TLS, its answer, and the clocks at both ends."""

import sys

from glomex_cli.cli.doctor.finding import Reached, Subject, Verdict, doubtful, failed, fine, skipped
from glomex_cli.concurrency import call_within
from glomex_cli.errors import ConfigurationError, SessionExpiredError


def look_at_proxy(subject: Subject) -> Verdict:
    """Check which proxy is in force; raises where one is not an address. No user, no password."""
    endpoint = subject.context.settings.endpoint
    if not endpoint.is_encrypted:
        return skipped("not used: the endpoint is on this machine")
    from glomex_cli.http.proxies import doubtful_exemptions, proxy_before

    proxy = proxy_before(endpoint, subject.context.runtime.environ)
    if doubtful_exemptions():
        return doubtful(
            "NO_PROXY contains an entry that is not a host name and has no effect",
            "for example: localhost,.example.com",
        )
    if proxy is None:
        return fine(f"none for {endpoint.host}")
    return fine(f"{proxy.shown} for {endpoint.host}, from {proxy.source}")


def look_at_tls(subject: Subject) -> Verdict:
    """Check which store of certificates is used, and whether a handshake works with it."""
    context = subject.context
    endpoint = context.settings.endpoint
    if not endpoint.is_encrypted:
        return skipped("not used: the endpoint is on this machine")
    from glomex_cli.http.client import loaded_trust
    from glomex_cli.http.errors import HandshakeError

    try:
        trust = call_within(subject.deadline, lambda: loaded_trust(context.runtime.environ))
    except TimeoutError:  # such as a named pipe
        raise ConfigurationError(
            "the trusted certificates could not be read in time", "check SSL_CERT_FILE"
        ) from None
    match subject.contact:
        case Reached():
            return fine(f"{endpoint.host} is verified by {trust}")
        case HandshakeError() as error:
            return failed(
                HandshakeError(f"{error.message}; trusted: {trust}", error.hint),
            )
        case _:
            return skipped(f"no connection to check; trusted: {trust}")


def look_at_service(subject: Subject) -> Verdict:
    """Check how fast the service answers; it may refuse those who are not signed in."""
    endpoint = subject.context.settings.endpoint
    if endpoint.is_sandbox:
        return skipped("not used: the embedded sandbox is in this program")
    contact = subject.contact
    if not isinstance(contact, Reached):
        return failed(contact)
    if contact.failure and not isinstance(contact.failure, SessionExpiredError):
        return failed(contact.failure)
    return fine(f"{endpoint.host} answers in {contact.seconds:.2f} s")


# A code lives 30 s, and most services take its two neighbours too (RFC 6238, section 5.2).
_HARMLESS_S = 20


_DEADLY_S = 60


_SET_CLOCK = {"darwin": "sudo sntp -sS time.apple.com", "win32": "w32tm /resync"}


def look_at_clock(subject: Subject) -> Verdict:
    """Check how far the clocks are apart, in seconds, and what that does to MFA codes."""
    if subject.context.settings.endpoint.is_sandbox:
        return skipped("not used: the embedded sandbox has this machine's clock")
    contact = subject.contact
    if not isinstance(contact, Reached) or contact.ahead_s is None:
        return skipped("the response of the service has no date")
    apart = round(abs(contact.ahead_s))
    if apart <= 1 + contact.seconds / 2:  # a date is a whole second, set at some time on the way
        return fine("this clock and that of the service agree to the second")
    side = "ahead of" if contact.ahead_s > 0 else "behind"
    text = f"this clock is {apart} s {side} the service's: MFA codes made here"
    hint = _SET_CLOCK.get(sys.platform, "sudo timedatectl set-ntp true")
    if apart < _HARMLESS_S:
        return fine(f"{text} are accepted")
    if apart < _DEADLY_S:
        return doubtful(f"{text} may be refused", hint)
    return failed(ConfigurationError(f"{text} are refused", hint))
