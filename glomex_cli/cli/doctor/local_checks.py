"""Checks on this machine: versions, settings, credential store, extras, and exports."""

import platform
from contextlib import suppress

from glomex_cli import __version__
from glomex_cli.auth.account import Account
from glomex_cli.cli.doctor.finding import Subject, Verdict, doubtful, fine, skipped
from glomex_cli.config.profiles import CONFIG_FILE
from glomex_cli.errors import StoreError
from glomex_cli.models import StoreName
from glomex_cli.storage.base import CREDENTIALS_FILE

_COMMON = "keyring.backends."
_LIBRARIES = ("httpx", "keyring", "plotext", "pyotp", "rich", "typer")
_LEAST_S = 0.1  # the checks before may have used up the time
_INSTALL = "pip install 'glomex-cli[export]'"
# Any of the first two writes Parquet; the last speaks to buckets.
_PACKAGES = ("arro3-io", "pyarrow", "obstore")


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
    if not settings.is_store_named and context.sessions.is_public:
        return skipped("not opened: nothing is kept of the sandbox")
    if settings.store is StoreName.NONE:
        return fine("none: nothing is kept, `glomex login` prints the token for GLOMEX_TOKEN")
    try:
        subject.of_store(context.account.store().probe)
    except StoreError as failure:
        raise _with_advice(failure, context.account) from None
    return fine(f"{_place(context.account)} can write, read and delete")


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


def look_at_export(subject: Subject) -> Verdict:
    """Name the installed packages, and read the manifest of the destination that was named.

    Nothing is written. Raises ConfigurationError or NetworkError for a destination that cannot
    be read, a folder that cannot be written, or a package that is not installed.
    """
    found = ", ".join(f"{name} {version}" for name, version in _versions().items())
    destination = subject.destination
    if destination is None:
        return fine(found) if found else skipped(f"not installed: {_INSTALL}")
    return fine(f"{_held(subject, destination)}; {found}" if found else _held(subject, destination))


def _versions() -> dict[str, str]:
    from importlib import metadata

    found: dict[str, str] = {}
    for name in _PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def _held(subject: Subject, destination: str) -> str:
    from glomex_cli.output.parquet import require_parquet
    from glomex_cli.reports.export.manifest import Ledger
    from glomex_cli.storage.destination import open_destination

    require_parquet()
    place = open_destination(
        destination,
        timeout_s=max(subject.deadline.left_s(), _LEAST_S),
        environ=subject.context.runtime.environ,
    )
    manifest = Ledger(place).manifest
    place.check_writable()
    if manifest is None:
        return f"{place.name} contains no export yet"
    months = manifest.months
    settled = sum(month.settled for month in months.values())
    return f"{place.name} holds {len(months)} months since {manifest.first}, {settled} settled"
