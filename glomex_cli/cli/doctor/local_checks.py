"""What can be checked on this machine: the versions, the settings, the credential store."""

import platform
from contextlib import suppress

from glomex_cli import __version__
from glomex_cli.auth.account import Account
from glomex_cli.cli.doctor.finding import Verdict, doubtful, fine, skipped
from glomex_cli.cli.doctor.subject import Subject
from glomex_cli.config.profiles import CONFIG_FILE
from glomex_cli.errors import StoreError
from glomex_cli.models import StoreName
from glomex_cli.storage.factory import CREDENTIALS_FILE

_COMMON = "keyring.backends."
_LIBRARIES = ("httpx", "keyring", "plotext", "pyotp", "rich", "typer")


def look_at_versions(_: Subject) -> Verdict:
    """Name the versions that run here, and the system."""
    return verdict_on(installed_versions())


def installed_versions() -> dict[str, str]:
    """Return the versions of glomex, Python and the libraries; one not installed is left out."""
    from importlib import metadata

    found = {"glomex": __version__, "python": platform.python_version()}
    for name in _LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def verdict_on(found: dict[str, str]) -> Verdict:
    """Judge the versions by name: a library without one is a doubt."""
    listed = ", ".join(f"{name} {version}" for name, version in found.items())
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    missing = [name for name in _LIBRARIES if name not in found]
    if missing:
        return doubtful(
            f"{listed} on {system}; unknown: {', '.join(missing)}", "install glomex-cli again"
        )
    return fine(f"{listed} on {system}")


def look_at_settings(subject: Subject) -> Verdict:
    """Name the settings in force; raise the ConfigurationError or UsageError they cause."""
    settings = subject.context.settings
    file = settings.folder / CONFIG_FILE
    source = f"settings in {file}" if file.exists() else f"no settings yet in {file}"
    return fine(f"profile {settings.profile} at {settings.endpoint.name}, {source}")


def look_at_store(subject: Subject) -> Verdict:
    """Keep, read and forget a throw-away item, as `login` does before it asks for a password."""
    context = subject.context
    if context.account.given_token:
        return skipped(f"not opened: {context.account.token_source} is set")
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
