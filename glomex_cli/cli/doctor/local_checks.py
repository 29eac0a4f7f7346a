"""The versions that matter.

The settings: which file, which profile, which endpoint.

The credential store: which one, and whether it keeps what it is given.
"""

import platform

from glomex_cli.auth.account import Account
from glomex_cli.cli.doctor.finding import Verdict, doubtful, fine, skipped
from glomex_cli.cli.doctor.subject import Subject
from glomex_cli.cli.version import LIBRARIES, versions
from glomex_cli.config.profiles import CONFIG_FILE
from glomex_cli.errors import StoreError
from glomex_cli.models import StoreName
from glomex_cli.storage.factory import CREDENTIALS_FILE

_COMMON = "keyring.backends."


def look_at_versions(_: Subject) -> Verdict:
    """Say which versions run here, and on what."""
    return verdict_on(versions())


def verdict_on(found: dict[str, str]) -> Verdict:
    """Name the versions; a library without one is a doubt."""
    listed = ", ".join(f"{name} {version}" for name, version in found.items())
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    missing = [name for name in LIBRARIES if name not in found]
    if missing:
        return doubtful(
            f"{listed} on {system}; unknown: {', '.join(missing)}", "install glomex-cli again"
        )
    return fine(f"{listed} on {system}")


def look_at_settings(subject: Subject) -> Verdict:
    """Say what holds for this run; raises what is wrong with it."""
    settings = subject.context.settings
    file = settings.folder / CONFIG_FILE
    source = f"settings in {file}" if file.exists() else f"no settings yet in {file}"
    return fine(f"profile {settings.profile} at {settings.endpoint.name}, {source}")


def look_at_store(subject: Subject) -> Verdict:
    """Keep, read and forget a throw-away item, as `login` does before it asks for a password."""
    context = subject.context
    if context.account.given_token:
        return skipped("not opened: GLOMEX_TOKEN is set")
    settings = context.settings
    if settings.store is StoreName.NONE:
        return fine("none: nothing is kept, `glomex login` prints the token for GLOMEX_TOKEN")
    try:
        subject.of_store(context.account.store().probe)
    except StoreError as failure:
        raise _with_advice(failure, context.account) from None
    return fine(f"{_place(context.account)} keeps, reads and forgets")


def _place(account: Account) -> str:
    settings = account.settings
    if settings.store is StoreName.FILE:
        return f"the file {settings.folder / CREDENTIALS_FILE}, plain text for its owner only,"
    from glomex_cli.storage.keyring_backends import known_backend

    name = known_backend(settings.folder, account.environ)
    return f"the keyring ({name.removeprefix(_COMMON)})" if name else "the keyring"


def _with_advice(failure: StoreError, account: Account) -> StoreError:
    """Name the store; KDE's wallet is only reached where it plays a Secret Service."""
    settings, environ = account.settings, account.environ
    hint = failure.hint
    if settings.store is StoreName.KEYRING and "KDE" in environ.get("XDG_CURRENT_DESKTOP", ""):
        hint += "; KWallet has to offer the Secret Service, which its settings switch on"
    return StoreError(f"store {settings.store}: {failure.message}", hint)
