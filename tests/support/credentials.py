"""What somebody signs in to Glomex with."""

from glomex_cli.interfaces import Credentials
from glomex_cli.models import Secret


def credentials_of(login: str, tenant: str, password: str) -> Credentials:
    """Return the values of the fields that Glomex asks for."""
    return Credentials({"login": login, "tenant": tenant}, {"password": Secret(password)})
