"""The service: whether it answers, and as a GraphQL service does."""

from glomex_cli.cli.doctor.finding import Verdict, failed, fine, skipped
from glomex_cli.cli.doctor.subject import Contact, Subject
from glomex_cli.errors import SessionExpiredError


def look_at_service(subject: Subject) -> Verdict:
    """Say how fast it answers; it may well want somebody to be signed in first."""
    endpoint = subject.connection.settings.endpoint
    if endpoint.is_sandbox:
        return skipped("not used: the embedded sandbox is in this program")
    contact = subject.contact
    if not isinstance(contact, Contact):
        return failed(contact)
    if contact.failure and not isinstance(contact.failure, SessionExpiredError):
        return failed(contact.failure)
    return fine(f"{endpoint.host} answers in {contact.seconds:.2f} s")
