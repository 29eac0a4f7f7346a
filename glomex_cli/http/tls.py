"""Which certificates are trusted, by the library's own rule: two variables, else certifi."""

import os
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from glomex_cli.errors import ConfigurationError

_FILE, _FOLDER = "SSL_CERT_FILE", "SSL_CERT_DIR"
# The names that OpenSSL looks for in a folder: `openssl rehash` makes them.
_HASHED = re.compile(r"[0-9a-f]{8}\.\d+")


@dataclass(frozen=True, slots=True)
class Trust:
    """The source of the trusted certificates, and their number: 0 for a folder, where unknown."""

    source: str
    count: int

    def __str__(self) -> str:
        number = f"{self.count} certificate{'' if self.count == 1 else 's'} of " * bool(self.count)
        return f"{number}{self.source}"


def loaded_trust(environ: Mapping[str, str]) -> Trust:
    """Load what a connection would trust; ConfigurationError where that cannot be used."""
    variable = next((name for name in (_FILE, _FOLDER) if environ.get(name)), None)
    if variable == _FOLDER:
        _check_folders(environ[_FOLDER])
    try:
        count = httpx.create_ssl_context().cert_store_stats()["x509"]
    except (OSError, ValueError) as error:
        problem = _problem(error)
    else:
        return Trust(f"{variable} ({environ[variable]})" if variable else "certifi", count)
    if variable is None:
        raise ConfigurationError(f"the certificates of certifi: {problem}", "install certifi again")
    raise _unusable(variable, environ[variable], problem)


def _check_folders(folders: str) -> None:
    """Look for certificates in each folder, since OpenSSL does so only when it needs one."""
    problem = ""
    for folder in folders.split(os.pathsep):
        try:
            names = os.listdir(folder)  # noqa: PTH208 - the names are all that counts
        except OSError as error:
            problem = _problem(error)
            continue
        if any(map(_HASHED.fullmatch, names)):
            return
        problem = "no certificate has a name made by openssl rehash"
    raise _unusable(_FOLDER, folders, problem)


def _problem(error: Exception) -> str:
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError) and error.errno:
        return os.strerror(error.errno).lower()
    return "there is no certificate in it"


def _unusable(variable: str, value: str, problem: str) -> ConfigurationError:
    return ConfigurationError(
        f"{variable} cannot be used ({value}): {problem}",
        f"name your own authority's certificates, or: unset {variable}",
    )
