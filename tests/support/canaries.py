"""The secrets that tests sign in with, in every disguise, and where they must not be found.

Swept after each test: what every command printed, and every file but the stores.
"""

import base64
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

from glomex_cli.sandbox.mux.access import MUX_TOKEN_SECRET
from glomex_cli.sandbox.sessions import SANDBOX_PASSWORD, SANDBOX_TOTP_SEED
from support.servers import network

PROXY_PASSWORD = "canary-pw"
SECRETS = (
    SANDBOX_PASSWORD,
    SANDBOX_TOTP_SEED,
    MUX_TOKEN_SECRET,
    PROXY_PASSWORD,
    network.PASSWORD,
    network.CHALLENGE,
    "canary-token",
)
# What has to print a secret, or is given out together with the program.
_PRINTERS = {
    ("token",): "prints the token, which is what it is for",
    ("login", "--store", "none"): "prints the token once, since nothing keeps it",
}
_STORES = ("credentials.json",)
# Two objects in base64 with a dot between them: the start of any JWT, known to us or not.
_TOKEN = r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\."


def found_in(text: str) -> str:
    """Return what of `text` is a secret; nothing where there is none."""
    found = _pattern().search(text)
    return found[0] if found else ""


def found_in_output(argv: Sequence[str], text: str) -> str:
    """Return what a command printed that is secret, unless printing it is its job."""
    if any(tuple(argv[:1]) == words[:1] and set(words) <= set(argv) for words in _PRINTERS):
        return ""
    return found_in(text)


def found_in_files(folder: Path) -> dict[str, str]:
    """Return what is secret in the files under a folder, by name, but for those that keep it."""
    files = (path for path in folder.rglob("*") if path.name not in _STORES)
    held = {path.name: found_in(_read(path)) for path in files if path.is_file()}
    return {name: found for name, found in held.items() if found}


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""  # a test may take away the right to read


def disguises(secret: str) -> Iterator[str]:
    """Return a secret plain, in base64 at each offset, in URLs and in JSON."""
    yield secret
    yield quote(secret, safe="")
    yield json.dumps(secret)[1:-1]
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + secret.encode())
        whole = coded[(before * 8 + 5) // 6 : (before + len(secret.encode())) * 8 // 6]
        yield whole.decode()


@cache
def _pattern() -> re.Pattern[str]:
    words = {word for secret in SECRETS for word in disguises(secret)}
    return re.compile("|".join([*map(re.escape, sorted(words)), _TOKEN]))
