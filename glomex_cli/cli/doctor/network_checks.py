"""TLS: whose certificates are trusted, and whether they vouch for the endpoint."""

from glomex_cli.cli.doctor.finding import Verdict, failed, fine, skipped
from glomex_cli.cli.doctor.subject import Contact, Subject
from glomex_cli.concurrency import call_within
from glomex_cli.errors import ConfigurationError


def look_at_tls(subject: Subject) -> Verdict:
    """Say which store of certificates is used, and whether a handshake works with it."""
    connection = subject.connection
    endpoint = connection.settings.endpoint
    if not endpoint.is_encrypted:
        return skipped("not used: the endpoint is on this machine")
    from glomex_cli.http.errors import HandshakeError
    from glomex_cli.http.tls import loaded_trust

    try:
        trust = call_within(subject.deadline, lambda: loaded_trust(connection.runtime.environ))
    except TimeoutError:  # such as a named pipe
        raise ConfigurationError(
            "the trusted certificates could not be read in time", "check SSL_CERT_FILE"
        ) from None
    match subject.contact:
        case Contact():
            return fine(f"{endpoint.host} is vouched for by {trust}")
        case HandshakeError() as error:
            return failed(
                HandshakeError(f"{error.message}; trusted: {trust}", error.hint),
            )
        case _:
            return skipped(f"no connection to try; trusted: {trust}")
