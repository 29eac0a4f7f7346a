"""Which MFA codes were sent, for all processes: a code that is sent twice is refused.

The file holds a number for each seed, found by a fingerprint that leads back to no seed.
"""

import hmac
import json
from pathlib import Path
from typing import cast

from glomex_cli.auth.totp import Seed
from glomex_cli.storage.file_errors import explained_files
from glomex_cli.storage.files import locked, replace_file

_FILE = "mfa-windows"
_LABEL = b"glomex: MFA codes that were sent"
_MOST_SEEDS = 64
_MOST_BYTES = 64 * 1024
# A window further ahead was claimed while the clock was wrong: to obey it would bar every code
# until then.
_FAR_AHEAD = 10


def claim_window(folder: Path, seed: Seed, window: int, *, wait_s: float = 10.0) -> bool:
    """Claim a time window of a seed, and say whether it is ours: of all who ask, one is told so.

    A service accepts no code twice (RFC 6238, section 5.2), and need not accept an older one
    after a newer: windows before the last claimed one are refused too. Raises
    ConfigurationError where the settings folder cannot be written.
    """
    path, name = folder / _FILE, _fingerprint(seed)
    with explained_files(path), locked(path, wait_s=wait_s):
        claimed = _claimed(path)
        last = claimed.pop(name, -1)
        if window <= last <= window + _FAR_AHEAD:
            return False
        kept = list(claimed.items())[1 - _MOST_SEEDS :]
        text = json.dumps({**dict(kept), name: window})
        replace_file(path, text.encode(), mode=0o600)
        return True


def _fingerprint(seed: Seed) -> str:
    return hmac.digest(seed.secret.reveal().encode(), _LABEL, "sha256").hex()[:16]


def _claimed(path: Path) -> dict[str, int]:
    """Give the last window of each seed; a file that is damaged holds nothing to be kept."""
    try:
        with path.open("rb") as stream:
            found: object = json.loads(stream.read(_MOST_BYTES))
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    pairs = cast("dict[str, object]", found)
    return {name: last for name, last in pairs.items() if type(last) is int}
